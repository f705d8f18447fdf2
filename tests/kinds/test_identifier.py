"""A number of one of several families: IRS number, Social Security number, Customs-assigned number (CBP Form 5106).

1. Style `line`: one Line; the type follows from the number, which must fit exactly one pattern.
2. Small letters, full-width digits and long dashes are made plain before it is matched.
3. Style `choose`: a list of types and a Line; a type without number, a number without type, and a number that does
   not fit its type are findings.
4. A pattern that does not compile, or may take for ever, is a fault.
5. Prefilled as `{type, number}`, or as the number alone; what fits no pattern is a fault.
"""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, attempt, findings, make, only, parse, refusal, there_and_back

SCHEMES = [
    {"code": "irs", "text": "IRS number", "pattern": "[0-9]{2}-[0-9]{7}[0-9A-Z]{0,2}", "example": "00-0000000"},
    {"code": "ssn", "text": "Social Security number", "pattern": "[0-9]{3}-[0-9]{2}-[0-9]{4}"},
    {"code": "customs", "text": "Customs-assigned number", "pattern": "[0-9]{6}-[0-9]{5}"},
]


def identifier(**fields: Any) -> Any:
    return make("identifier", **{"schemes": SCHEMES, **fields})


def test_line() -> None:  # 1
    line = only(Lowered(identifier()))
    assert isinstance(line, layout.Line)
    assert (line.hint, line.width) == ("identifier", 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [("00-000000000", "irs"), ("00-0000000", "irs"), ("000-00-0000", "ssn"), ("000000-00000", "customs")],
)
def test_type_follows(text: str, code: str) -> None:  # 1
    assert parse(identifier(), text) == {"type": code, "number": text}


def test_fits_none() -> None:  # 1
    told = refusal(identifier(), "12345")
    assert told == (
        "This does not have the form of: IRS number (such as 00-0000000), or Social Security number, or "
        "Customs-assigned number. Check the digits and the hyphens."
    )


def test_fits_two() -> None:  # 1
    kind = identifier(
        schemes=[*SCHEMES, {"code": "old", "text": "Old number", "pattern": "[0-9]{3}-[0-9]{2}-[0-9]{4}"}]
    )
    told = refusal(kind, "000-00-0000")
    assert told == "This has the form of several: Social Security number, or Old number. Ask which of them it is."


@pytest.mark.parametrize("text", ["00-0000000ab", "００-0000000AB", "00–0000000AB", " 00-0000000AB "])
def test_is_made_plain(text: str) -> None:  # 2
    assert parse(identifier(), text) == {"type": "irs", "number": "00-0000000AB"}


def test_choose() -> None:  # 3
    kind = identifier(style="choose")
    lowered = Lowered(kind)
    assert isinstance(lowered.controls["q.type"], layout.OneOf)
    assert lowered.names() == {"q.type": "A.1, Type", "q.number": "A.1, Number"}
    assert (parse(kind, ("IRS number",), "type"), parse(kind, "00-0000000", "number")) == ("irs", "00-0000000")
    assert kind.value("q", {"q.type": "irs", "q.number": "00-0000000"}) == {"type": "irs", "number": "00-0000000"}
    assert kind.value("q", {}) is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"q.type": "irs"}, [("not_exactly_one", "q.number")]),
        ({"q.number": "00-0000000"}, [("not_exactly_one", "q.type")]),
        ({"q.type": "ssn", "q.number": "00-0000000"}, [("not_of_type", "q.number")]),
        ({"q.type": "irs", "q.number": "00-0000000"}, []),
        ({}, []),
    ],
)
def test_findings(answers: dict[str, str], expected: list[tuple[str, str]]) -> None:  # 3
    assert findings(identifier(style="choose"), answers) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|aa)+",
        "(a*)*",
        "[0-9]*[0-9]*[0-9]*[0-9]*x",
        "(a?){30}b",
        "(x+x+)+y",
        "(a)\\1",
        "(?=a)a",
        "[0-9",
        "a{5,2}",
        "*",
    ],
)
def test_dangerous_patterns(pattern: str) -> None:  # 4
    (fault,) = list(identifier(schemes=[{"code": "x", "text": "X", "pattern": pattern}]).faults())
    assert "the pattern" in fault


@pytest.mark.parametrize(
    "pattern", ["[A-Z]{3}[0-9]{5,9}-?[0-9]*", "([0-9]{2}-)?[0-9]{7,9}(XX|YY)?", "[A-Z]+[0-9]+", "A|B|C[0-9]"]
)
def test_good_patterns_are_quick(pattern: str) -> None:  # 4
    kind = identifier(schemes=[{"code": "x", "text": "X", "pattern": pattern}])
    assert list(kind.faults()) == []
    started = time.perf_counter()
    for text in ("A" * 64, "0" * 64, "A0" * 32, "x" * 10**6):
        attempt(kind, text)
    assert time.perf_counter() - started < 0.1


def test_example_must_fit() -> None:  # 4
    (fault,) = identifier(schemes=[{**SCHEMES[0], "example": "none"}]).faults()
    assert fault == "the example 'none' does not fit the pattern of 'irs'\nMend the one or the other."


def test_prefill() -> None:  # 5
    assert Lowered(identifier(), prefill="00-0000000").values == {"q": "00-0000000"}
    assert Lowered(identifier(style="choose"), prefill="00-0000000").values == {
        "q.type": "irs",
        "q.number": "00-0000000",
    }


@pytest.mark.parametrize("value", ["12345", 7, {"number": "00-0000000"}, {"type": "ssn", "number": "00-0000000"}])
def test_prefill_faults(value: Any) -> None:  # 5
    assert len(list(identifier().prefill_faults(value))) == 1


@given(
    st.from_regex("[0-9]{2}-[0-9]{7}[0-9A-Z]{0,2}", fullmatch=True).filter(str.isascii),
    st.sampled_from(["line", "choose"]),
)
def test_there_and_back(number: str, style: str) -> None:
    value = {"type": "irs", "number": number}
    assert there_and_back(identifier(style=style), value) == value


@given(st.text())
def test_never_fails_otherwise(text: str) -> None:
    for field in ("", "number"):
        answer = attempt(identifier(), text, field)
        assert answer is None or answer.value
