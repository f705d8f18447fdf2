"""A date, asked as month / day / year.

1. One Line, a quarter of the column wide, that says "Month / day / year"; in a grid the head says it.
2. What can be read one way only is read: numbers month first, year first, months by name in English and Spanish.
3. A day that cannot be a month is read as the day wherever it stands, with a doubt.
4. Years of two digits, dots between numbers that may both be months, days that do not exist: invalid, with the cure.
5. Known dates are shown as 02/26/2027, and read back as they were.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, attempt, doubted, make, only, parse, refusal, there_and_back

DAY = "2027-02-26"


def test_line() -> None:  # 1
    line = only(Lowered(make("date")))
    assert isinstance(line, layout.Line)
    assert (line.hint, line.width, line.label) == ("date", 3, "Month / day / year")
    assert line.name == "A.1, What is asked?, month / day / year"
    assert only(Lowered(make("date"), in_grid=True)).label == ""
    assert make("date", text="Since").head("en") == "Since (month / day / year)"


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-26", "2/26/2027", "02/26/2027", "2 / 26 / 2027", "02-26-2027", "2.26.2027", "2027/2/26", "2027. 2. 26",
        "Feb 26, 2027", "February 26 2027", "26 February 2027", "26-Feb-2027", "Feb. 26th, 2027", "2027 Feb 26",
        "26 de febrero de 2027", "26 FEB 2027", "２/２６/２０２７", "26th of February, 2027",
    ],
)  # fmt: skip
def test_is_read(text: str) -> None:  # 2
    assert parse(make("date"), text) == DAY


@pytest.mark.parametrize(
    ("text", "iso"), [("4/3/2027", "2027-04-03"), ("4.4.2027", "2027-04-04"), ("2/29/2028", "2028-02-29")]
)
def test_month_first(text: str, iso: str) -> None:  # 2
    assert parse(make("date"), text) == iso


@pytest.mark.parametrize("text", ["26/2/2027", "26.2.2027", "26-02-2027"])
def test_day_first(text: str) -> None:  # 3
    assert doubted(make("date"), text) == (DAY, "The day stands before the month.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2/26/27", "The year has two digits only."),
        ("26 Feb 27", "The year has two digits only."),
        ("31/2/27", "The year has two digits only."),
        ("4.3.2027", "It is not clear which number is the month."),
        ("2/30/2027", "There is no February 30, 2027."),
        ("2/29/2027", "There is no February 29, 2027."),
        ("13/14/2027", "There is no month 13."),
        ("2027-26-02", "There is no month 26."),
        ("0/5/2027", "There is no month 0."),
        ("2/26/0027", "0027 is not a year."),
        ("2/2027", "This cannot be read as a date."),
        ("2/26", "This cannot be read as a date."),
        ("May 2027", "This cannot be read as a date."),
        ("February 2, March 3, 2027", "This cannot be read as a date."),
        ("20270226", "This cannot be read as a date."),
        ("next spring", "This cannot be read as a date."),
        ("²/26/2027", "This cannot be read as a date."),
    ],
)  # fmt: skip
def test_is_invalid(text: str, said: str) -> None:  # 4
    told = refusal(make("date"), text)
    assert told.startswith(said)
    assert told.endswith("such as 02/26/2027.")


def test_is_shown() -> None:  # 5
    assert Lowered(make("date"), prefill=DAY).values == {"q": "02/26/2027"}


@pytest.mark.parametrize(
    "value", ["2/26/2027", "2027-02-30", "20270226", 20270226, "0999-01-01", None, date(2027, 2, 26)]
)
def test_prefill_faults(value: Any) -> None:  # 5
    assert len(list(make("date").prefill_faults(value))) == 1


@given(st.dates(min_value=date(1000, 1, 1)))
def test_there_and_back(day: date) -> None:  # 5
    assert there_and_back(make("date"), day.isoformat()) == day.isoformat()


@given(st.text() | st.from_regex(r"[0-9]{0,5}[-/. ][0-9A-Za-z]{0,5}[-/. ][0-9]{0,5}", fullmatch=True))
def test_never_fails_otherwise(text: str) -> None:
    answer = attempt(make("date"), text)
    assert answer is None or date.fromisoformat(answer.value)
