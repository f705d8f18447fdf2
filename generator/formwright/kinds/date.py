"""A date."""

from __future__ import annotations

from typing import ClassVar, Literal

from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Lowering
from formwright.kinds._dates import read_date, show_date
from formwright.kinds._leaf import Leaf
from formwright.kinds._raw import line_of
from formwright.layout import Control, Line, Value
from formwright.text import say


class Date(Leaf):
    """A date, asked as month / day / year.

    Controls: one Line.
    Value: ISO, `2027-02-26`.
    Read: 2/26/2027, 02-26-2027, 2027-02-26, Feb 26, 2027, 26 February 2027 (months in English and Spanish).
    3/4/2027 is March 4 if no date of the return is written day first, else invalid. 3-4-2027, 3.4.2027, years of two
    digits, and days that do not exist are invalid. 26/2/2027 is read, with a doubt.
    Shown: 02/26/2027.
    """

    datatype: ClassVar[Datatype] = "date"
    summary: ClassVar[str] = "A date, asked as month / day / year."
    twelfths: ClassVar[int] = 3
    weight: ClassVar[int] = 3

    kind: Literal["date"] = "date"

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        return (self.place(Line, at, out, hint="date"),)

    def unit_words(self, language: str) -> str:
        return say("date_format", language)

    def dates(self, cell: Cell) -> bool:
        return True

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_date(raw)

    def show(self, value: Json) -> dict[str, Value]:
        return {"": shown_date(value)}


def parse_date(raw: Value) -> Answer:
    """Return the ISO date that `raw` says. Raises Invalid."""
    return Answer(*read_date(line_of(raw)))


def shown_date(value: Json) -> str:
    """Return a prefilled date as the form shows it. Raises ValueError."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date such as 2027-02-26 (put it in quotes)")
    try:
        return show_date(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a date such as 2027-02-26") from None
