"""When a company's year begins and ends.

1. Two Lines side by side, month / day.
2. Months by number first with a slash, or by name; the day first with a doubt where it can be no month; with a year, a
   doubt. Dots and hyphens between numbers that may both be months: invalid.
3. A year that is not twelve months is a finding; 28 and 29 February both end a year that begins on 1 March.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kind_support import Lowered, attempt, doubted, findings, make, parse, refusal, there_and_back

KIND = make("fiscal_year")


def test_controls() -> None:  # 1
    assert Lowered(KIND).names() == {"q.from": "A.1, From (month / day)", "q.to": "A.1, To (month / day)"}


@pytest.mark.parametrize("text", ["10/1", "10/01", "10 / 01", "October 1", "1 Oct.", "1 de octubre", "Oct 1st"])
def test_is_read(text: str) -> None:  # 2
    assert parse(KIND, text, "from") == "10-01"


def test_doubts() -> None:  # 2
    assert doubted(KIND, "15/10", "from") == ("10-15", "The day stands before the month.")
    assert parse(KIND, "09-30", "to") == "09-30"
    assert doubted(KIND, "10/1/2026", "from") == ("10-01", "A year stands with the day.")


@pytest.mark.parametrize("text", ["1.10", "10-01", "2/30", "13/13", "October", "calendar year", "Oct 1 26", "0/1"])
def test_is_invalid(text: str) -> None:  # 2
    assert refusal(KIND, text, "from").endswith("such as 10/01.")


@pytest.mark.parametrize(
    ("start", "end", "twelve"),
    [
        ("10-01", "09-30", True), ("01-01", "12-31", True), ("03-01", "02-28", True), ("03-01", "02-29", True),
        ("02-29", "02-28", True), ("10-01", "10-01", False), ("10-01", "12-31", False), ("01-01", "12-30", False),
    ],
)  # fmt: skip
def test_twelve_months(start: str, end: str, twelve: bool) -> None:  # 3
    expected = [] if twelve else [("not_twelve_months", "q.to")]
    assert findings(KIND, {"q.from": start, "q.to": end}) == expected


@pytest.mark.parametrize(
    "value",
    [
        "10-01",
        {"from": "10-01"},
        {"from": "13-01", "to": "09-30"},
        {"from": "10/1", "to": "09-30"},
        {"from": "02-30", "to": "09-30"},
        {"from": "W01-1", "to": "09-30"},
    ],
)
def test_prefill_faults(value: object) -> None:
    assert len(list(KIND.prefill_faults(value))) == 1


@given(st.dates(min_value=date(2028, 1, 1), max_value=date(2028, 12, 31)))
def test_there_and_back(day: date) -> None:
    value = {"from": f"{day:%m-%d}", "to": f"{day:%m-%d}"}
    assert there_and_back(KIND, value) == value


@given(st.text() | st.text("0123456789/-. "))
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(KIND, text, "to")
    assert answer is None or date.fromisoformat(f"2028-{answer.value}")
