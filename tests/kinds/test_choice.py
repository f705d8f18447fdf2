"""One of several answers.

1. Ticks side by side; stacked where their words are long; a list if asked, and in a grid above three options.
2. `other` adds an option and a Line that is asked only after it.
3. A text that equals an option's words (in any of its languages) is its code; anything else is invalid.
4. "Other" without words, and words without "Other", are findings.
5. No options, doubled codes or words, a reserved code, an unknown code to explain: faults.
6. With `other` the value is the code and the words of "Other", and both can be prefilled.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from formwright import layout
from kind_support import Lowered, attempt, findings, make, only, parse, refusal, there_and_back

OPTIONS = [{"code": "weekly", "text": {"en": "Weekly", "es": "Cada semana"}}, {"code": "monthly", "text": "Monthly"}]


def choice(**fields: Any) -> Any:
    return make("choice", **{"options": OPTIONS, **fields})


def test_ticks() -> None:  # 1
    one = only(Lowered(choice()))
    assert isinstance(one, layout.OneOf)
    assert (one.style, one.stacked) == ("ticks", False)
    assert [option.label for option in one.options] == ["Weekly", "Monthly"]


def test_long_words_are_stacked() -> None:  # 1
    options = [{"code": code, "text": f"{code}: " + "words and words " * 3} for code in ("a", "b")]
    assert only(Lowered(choice(options=options))).stacked  # type: ignore[attr-defined]
    assert not only(Lowered(choice(options=options, stacked=False))).stacked  # type: ignore[attr-defined]


@pytest.mark.parametrize(("count", "in_grid", "style"), [(3, True, "ticks"), (4, True, "list"), (9, False, "ticks")])
def test_list_in_a_grid(count: int, in_grid: bool, style: str) -> None:  # 1
    options = [{"code": f"c{n}", "text": f"Option {n}"} for n in range(count)]
    assert only(Lowered(choice(options=options), in_grid=in_grid)).style == style  # type: ignore[attr-defined]


def test_other() -> None:  # 2
    lowered = Lowered(choice(other=True))
    assert lowered.controls["q"].options[-1] == layout.Option(code="other", label="Other (please specify)")
    line, place = lowered.controls["q_other"], lowered.cells["q_other"]
    assert (line.name, line.label, line.required) == ("A.1, Other, specified", "Other, specified", False)
    assert (place.role, place.follows, place.on, place.required) == ("other", "q", ("other",), True)


@pytest.mark.parametrize(("raw", "code"), [("weekly", "weekly"), (" WEEKLY", "weekly"), ("cada Semana", "weekly")])
def test_words_count_as_code(raw: str, code: str) -> None:  # 3
    assert parse(choice(), (raw,)) == code


def test_anything_else() -> None:  # 3
    assert refusal(choice(), ("daily",)) == "“daily” is not one of the answers. Choose one of: Weekly, Monthly."
    assert parse(choice(other=True), ("Other (please specify)",)) == "other"


def test_other_findings() -> None:  # 4
    kind = choice(other=True)
    assert findings(kind, {"q": "other"}) == [("other_unspecified", "q_other")]
    assert findings(kind, {"q": "weekly", "q_other": "daily"}) == [("other_not_chosen", "q")]
    assert findings(kind, {"q": "other", "q_other": "daily"}) == []
    assert findings(kind, {}) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"options": []}, "at least 2 options"),
        ({"options": [OPTIONS[0], {"code": "weekly", "text": "Each week"}]}, "the code 'weekly' occurs twice"),
        ({"options": [*OPTIONS, {"code": "x", "text": "monthly"}]}, "the text 'monthly' occurs twice"),
        ({"options": [*OPTIONS, {"code": "other", "text": "Else"}], "other": True}, "taken by `other: true`"),
        (
            {"options": [{"code": "a", "text": "b"}, {"code": "b", "text": "a"}]},
            "the words 'b' of 'a' also stand for 'b'",
        ),
        (
            {"options": [{"code": "a", "text": {"en": "One", "es": "Uno"}}, {"code": "b", "text": "uno "}]},
            "the words 'Uno' of 'a' also stand for 'b'",
        ),
        ({"options": [*OPTIONS, {"code": "x", "text": "Other"}], "other": True}, "also stand for 'other'"),
        ({"explain_on": "daily"}, "'daily', which is not one of weekly, monthly"),
    ],
)
def test_faults(fields: dict[str, Any], said: str) -> None:  # 5
    assert any(said in fault for fault in choice(**fields).faults())


@pytest.mark.parametrize("code", ["Weekly", "", "a b", "off", "a" * 33])
def test_bad_codes(code: str) -> None:  # 5
    with pytest.raises(ValidationError, match="the code"):
        choice(options=[{"code": code, "text": "x"}, *OPTIONS])


@given(st.text())
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(choice(other=True), (text,))
    assert answer is None or answer.value in ("weekly", "monthly", "other")


@pytest.mark.parametrize("code", ["weekly", "monthly"])
def test_there_and_back(code: str) -> None:
    assert there_and_back(choice(), code) == code
    assert there_and_back(choice(other=True), code) == {"code": code, "other": None}


def test_other_there_and_back() -> None:  # 6
    value = {"code": "other", "other": "When goods arrive"}
    assert there_and_back(choice(other=True), value) == value
    lowered = Lowered(choice(other=True), prefill=value)
    assert lowered.values == {"q": "other", "q_other": "When goods arrive"}
    assert {cell.confirm for cell in lowered.cells.values() if cell.key in lowered.values} == {"q_confirm"}


@pytest.mark.parametrize(
    ("other", "value"),
    [
        (True, {"code": "daily"}),
        (True, {"code": "other", "other": 5}),
        (True, {"code": "other", "words": "x"}),
        (True, {"other": "x"}),
        (False, {"code": "weekly", "other": None}),
        (False, ["weekly"]),
    ],
)
def test_bad_prefill(other: bool, value: Any) -> None:  # 6
    assert list(choice(other=other).prefill_faults(value))
