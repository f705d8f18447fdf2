"""A length of time.

1. A Line for the number and a list of units, those of the definition in its order.
2. The number like a decimal, from 0; the unit as code or word.
3. A number without unit, and a unit without number, are findings.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kind_support import Lowered, attempt, findings, make, parse, refusal, there_and_back


def test_controls() -> None:  # 1
    lowered = Lowered(make("duration", units=["months", "years"]))
    assert lowered.names() == {"q.number": "A.1, Number", "q.unit": "A.1, Unit"}
    unit = lowered.controls["q.unit"]
    assert [(option.code, option.label) for option in unit.options] == [("months", "months"), ("years", "years")]
    assert unit.style == "list"


@pytest.mark.parametrize(("raw", "unit"), [("years", "years"), ("Year", "years"), ("MONTHS", "months")])
def test_unit(raw: str, unit: str) -> None:  # 2
    assert parse(make("duration"), (raw,), "unit") == unit


def test_number() -> None:  # 2
    assert parse(make("duration"), "7.50", "number") == "7.5"
    assert "less than 0" in refusal(make("duration"), "-1", "number")
    told = refusal(make("duration"), "5 years", "number")
    assert told == "This holds more than a number. Write the number alone in plain digits, such as 30."
    assert "Choose one of: months." in refusal(make("duration", units=["months"]), ("years",), "unit")


def test_halves() -> None:  # 3
    kind = make("duration")
    assert findings(kind, {"q.number": "5"}) == [("not_exactly_one", "q.unit")]
    assert findings(kind, {"q.unit": "years"}) == [("not_exactly_one", "q.number")]
    assert findings(kind, {"q.number": "5", "q.unit": "years"}) == []
    assert kind.value("q", {"q.number": "5"}) == {"number": "5", "unit": None}


@pytest.mark.parametrize(
    "value", [{"number": "5"}, {"number": "5", "unit": "ages"}, {"number": "-5", "unit": "years"}, "5 years"]
)
def test_prefill_faults(value: object) -> None:
    assert len(list(make("duration").prefill_faults(value))) == 1


@given(st.decimals(min_value=0, max_value=10**6, places=3), st.sampled_from(["days", "weeks", "months", "years"]))
def test_there_and_back(number: Decimal, unit: str) -> None:
    found = there_and_back(make("duration"), {"number": f"{number:f}", "unit": unit})
    assert (Decimal(found["number"]), found["unit"]) == (number, unit)


@given(st.text(), st.sampled_from(["number", "unit"]))
def test_never_fails_otherwise(text: str, field: str) -> None:
    answer = attempt(make("duration"), text, field)
    assert answer is None or answer.value
