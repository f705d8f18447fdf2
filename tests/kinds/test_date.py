"""A date, asked as month / day / year.

1. One Line, a quarter of the column wide, that says "Month / day / year"; in a grid the head says it.
2. What can be read one way only is read: numbers month first, year first, months by name in English and Spanish.
3. A day that cannot be a month is read as the day wherever it stands, with a doubt.
4. Years of two digits, dots and hyphens between numbers that may both be months, days that do not exist: invalid, with
   the cure.
5. Known dates are shown as 02/26/2027, and read back as they were.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from formwright.kinds._dates import day_first, either
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
    ("text", "iso"), [("4/3/2027", "2027-04-03"), ("4.4.2027", "2027-04-04"), ("4-4-2027", "2027-04-04"),
     ("4-13-2027", "2027-04-13"), ("2027-4-3", "2027-04-03"), ("2027.4.3", "2027-04-03"), ("2/29/2028", "2028-02-29")],
)  # fmt: skip
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
        ("4.3.2027", "“4.3.2027” can be April 3 or March 4, 2027."),
        ("04-03-2027", "“04-03-2027” can be April 3 or March 4, 2027."),
        ("0.5.2027", "There is no month 0."),
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("25/3/2027", "25/3/2027"), ("13-12-2027", "13-12-2027"), ("31.1.27", "31.1.27"), ("25/3", "25/3"),
        ("about 25/3/2027, or later", "25/3/2027"), ("1/4/2027 to 25/4/2027", "25/4/2027"), ("30/2/2027", "30/2/2027"),
        ("3/25/2027", ""), ("12/12/2027", ""), ("32/3/2027", ""), ("25/13/2027", ""), ("25/0/2027", ""),
        ("2027-25-03", ""), ("2027/25/03", ""), ("25 March 2027", ""), ("section 14.2", ""),
        ("3/25/2027/4", ""), ("", ""),
    ],
)  # fmt: skip
def test_sign_of_day_first(text: str, found: str) -> None:  # 3
    assert day_first(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3/4/2027", "March 4 or April 3, 2027"), ("03-04-2027", "March 4 or April 3, 2027"),
        ("3/4", "March 4 or April 3"), ("4/4/2027", ""), ("3/13/2027", ""), ("13/3/2027", ""), ("0/3/2027", ""),
        ("2027-03-04", ""), ("2027/3/4", ""), ("4 March 2027", ""), ("soon", ""),
    ],
)  # fmt: skip
def test_either_way(text: str, said: str) -> None:  # 4
    assert either(text) == said


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
