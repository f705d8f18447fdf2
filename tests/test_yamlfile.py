"""YAML 1.2 with places: what we take, and what is a located fault."""

from __future__ import annotations

import pytest

from form_cases import faults_of
from formwright import yamlfile


def faults(data: bytes | str) -> list[tuple[str, int, int]]:
    """Return code, line and column of what is wrong, whether or not it stopped the reading."""
    try:
        found = yamlfile.parse(data, "q.yaml").faults
    except Exception:  # what stops the reading
        found = faults_of(yamlfile.parse, data, "q.yaml")
    assert all(fault.file == "q.yaml" and fault.message and fault.fix for fault in found)
    return [(fault.code, fault.line, fault.column) for fault in found]


def test_scalars_follow_yaml_1_2_and_dates_stay_text() -> None:
    data = yamlfile.parse(
        'a: no\nb: 12:30\nc: 1998.8\nd: 2027-01-11\ne: [1, "2", true, ~, 010, 0x1F, -3]\nf: NO\ng: |\n  two\n  lines\n',
        "q",
    ).data
    assert data == {
        "a": "no",
        "b": "12:30",
        "c": 1998.8,
        "d": "2027-01-11",
        "e": [1, "2", True, None, 10, 31, -3],
        "f": "NO",
        "g": "two\nlines\n",
    }


def test_every_value_and_key_has_its_place() -> None:
    document = yamlfile.parse("items:\n  - id: a\n    text: x\n  - id: b\n", "q.yaml")
    assert document.mark(("items", 0, "text")) == (3, 11)
    assert document.mark(("items", 0, "text"), key=True) == (3, 5)
    assert document.mark(("items", 1, "label")) == (4, 5)  # its holder
    fault = document.fault(("items", 1, "id"), "code", "wrong.", "Mend it.")
    assert str(fault) == 'q.yaml:4:9, item "b": wrong. Mend it.'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: &x 3\nb: *x\n", [("anchor", 1, 4), ("alias", 2, 4)]),
        ("a: !!str 5\n", [("tag", 1, 4)]),
        ("a: !python/object:os.system x\n", [("tag", 1, 4)]),
        ("<<: {q: 1}\na: 1\n", [("merge", 1, 1)]),
        ("a: 1\nb: 2\na: 3\n", [("duplicate_key", 3, 1)]),
        ("a:\n\t- b\n", [("tab", 2, 1)]),
        ("a: b: c\n", [("yaml", 1, 5)]),
        ('a: "x\n', [("yaml", 2, 1)]),
        ("items:\n  - id: x\n   kind: y\n", [("yaml", 3, 4)]),
        ("a: @x\n", [("yaml", 1, 4)]),
        ("{a: 1}: 2\n", [("key", 1, 1)]),
        ("", [("empty", 1, 1)]),
        ("# nothing\n", [("empty", 1, 1)]),
        ("a: 1\n---\nb: 2\n", [("documents", 2, 1)]),
        (b"a: \xff\n", [("encoding", 1, 4)]),
        ("a: \x07\n", [("character", 1, 4)]),
        ('a: "\\ud800"\n', [("character", 1, 4)]),  # JSON writes pairs so; YAML has \\U0001f600
        ('a: b\n"\\x1b[2J": c\n', [("character", 2, 1)]),
        ('- {code: a, text: "N\\udfff"}\n', [("character", 1, 19)]),
        ('- "\\0"\n- "\\uffff"\n', [("character", 1, 3), ("character", 2, 3)]),
        ("[" * 20_000, [("too_deep", 1, 51)]),
        ("a: " * 20_000, [("yaml", 1, 5)]),
        ("a: 1\n" + "#" * yamlfile.SIZE_LIMIT, [("too_large", 1, 1)]),
    ],
)
def test_what_is_not_taken_is_located(data: bytes | str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(data) == expected


def test_what_a_text_may_not_have_is_named_and_is_not_in_the_data() -> None:
    document = yamlfile.parse('a: "N\\ud800o"\n', "q.yaml")
    assert document.data == {"a": "N o"}
    said = "q.yaml:1:4: the character U+D800 is not allowed. Write what is meant without it."
    assert [str(fault) for fault in document.faults] == [said]


def test_several_faults_are_told_at_once() -> None:
    assert faults("a: 1\na: 2\nb: &x 3\nc: *x\n") == [("duplicate_key", 2, 1), ("anchor", 3, 4), ("alias", 4, 4)]


def test_a_bomb_of_aliases_makes_nothing() -> None:
    bomb = 'a: &a ["x"]\n' + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    assert {code for code, _, _ in faults(bomb)} == {"anchor", "alias"}


def test_too_many_values_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "VALUE_LIMIT", 5)
    assert faults("[a, b, c, d]") == []
    assert faults("[a, b, c, d, e, f]") == [("too_large", 1, 14)]
