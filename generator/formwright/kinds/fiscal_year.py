"""When a company's year begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, Final, Literal

from formwright.kinds._base import Answer, Cell, Datatype, Finding, Json
from formwright.kinds._dates import read_day, show_day
from formwright.kinds._from_to import FromTo
from formwright.kinds._raw import line_of
from formwright.layout import Hint, Value

_YEARS: Final = (2027, 2028)
"""A common year and a leap year: to is the day before from in one of them."""


class FiscalYear(FromTo):
    """When a company's year begins and ends, each asked as month / day.

    Controls: two Lines, `from` and `to`.
    Value: `{from: "10-01", to: "09-30"}`; null for what is not given.
    Read: like date, without the year: 10/1, October 1, 1 de octubre. 10-01 and 10.1 are invalid: they can be
    October 1 or January 10. 15/10 is read, with a doubt, and so is a day with a year.
    Findings: `not_twelve_months`.
    """

    datatype: ClassVar[Datatype] = "fiscal_year"
    summary: ClassVar[str] = "When a company's year begins and ends."
    format_words: ClassVar[str] = "month_day"
    hint: ClassVar[Hint] = "day"

    kind: Literal["fiscal_year"] = "fiscal_year"

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return Answer(*read_day(line_of(raw)))

    def shown_piece(self, day: Json) -> str:
        return _shown(day)

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        start, end = answers.get(f"{key}.from"), answers.get(f"{key}.to")
        if start and end and not any(_before(start, year) == end for year in _YEARS):
            said = f"From {start} to {end} is not twelve months."
            yield Finding("not_twelve_months", f"{key}.to", said, "Ask which day is wrong.")


def _before(day: str, year: int) -> str:
    """Return the day before a month and day, in `year`; "" for 29 February in a common year."""
    try:
        return f"{date.fromisoformat(f'{year}-{day}') - timedelta(days=1):%m-%d}"
    except ValueError:
        return ""


def _shown(day: Json) -> str:
    try:
        return show_day(day if isinstance(day, str) else "")
    except ValueError:
        raise ValueError(f"{day!r} is not a month and day such as 10-01") from None
