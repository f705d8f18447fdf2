"""Dates as people write them on a form that asks for month / day / year.

What can be read one way only is read. Day before month is kept with a doubt where the day cannot be a month;
a year of two digits, and dots between numbers that may both be months, cannot be read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from babel.dates import get_month_names

from formwright.kinds._base import Invalid

HOW: Final = "Write it as month / day / year, such as 02/26/2027."
HOW_DAY: Final = "Write it as month / day, such as 10/01."
_BACKWARDS: Final = "The day stands before the month."

_ISO: Final = re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})\Z")
_NUMBERS: Final = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{1,4}))?\.?\Z")
_SPLIT: Final = re.compile(r"[\s,/.-]+")
_DAY: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|º|o)?\Z")
_FILLERS: Final = frozenset({"of", "the", "de", "del", ""})
LANGUAGES: Final = ("en", "es")


class Read(NamedTuple):
    """A date in ISO form, and why a person should look at it."""

    iso: str
    doubt: str = ""


class _Parts(NamedTuple):
    year: int | None
    month: int
    day: int
    doubt: str = ""


@cache
def months() -> dict[str, int]:
    """Return the names of the months, whole and short, in the languages we read. No two clash."""
    found: dict[str, int] = {"sept": 9, "set": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context=context, locale=language)
                found |= {str(name).casefold().strip("."): number for number, name in names.items()}
    return found


def read_date(text: str) -> Read:
    """Return the date that a line says. Raises Invalid, with how to write it."""
    parts = _parts(text, HOW)
    if parts is None or parts.year is None:
        raise Invalid("This cannot be read as a date.", HOW)
    _check(parts, HOW)
    return Read(date(parts.year, parts.month, parts.day).isoformat(), parts.doubt)


def read_day(text: str) -> Read:
    """Return the month and day that a line says, as `10-01`. Raises Invalid, with how to write it."""
    parts = _parts(text, HOW_DAY)
    if parts is None:
        raise Invalid("This cannot be read as a month and a day.", HOW_DAY)
    _check(parts, HOW_DAY)
    doubt = parts.doubt or ("A year stands with the day." if parts.year is not None else "")
    return Read(f"{parts.month:02}-{parts.day:02}", doubt)


def show_date(iso: str) -> str:
    """Return an ISO date as month / day / year. Raises ValueError for no date, or one before the year 1000."""
    found = date.fromisoformat(iso)
    if found.year < 1000 or iso != found.isoformat():
        raise ValueError(f"{iso!r} is not a date such as 2027-02-26")
    return f"{found.month:02}/{found.day:02}/{found.year}"


def _parts(text: str, how: str) -> _Parts | None:
    if match := _ISO.match(text):
        return _Parts(int(match[1]), int(match[3]), int(match[4]))
    if match := _NUMBERS.match(text):
        return _ordered(int(match[1]), int(match[3]), match[2], _year(match[4], how), how)
    return _named(_SPLIT.split(text.casefold()), how)


def _year(digits: str | None, how: str) -> int | None:
    if digits is None:
        return None
    if len(digits) == 2:
        raise Invalid("The year has two digits only.", "Write the year with four digits. " + how)
    if len(digits) != 4 or int(digits) < 1000:
        raise Invalid(f"{digits} is not a year.", how)
    return int(digits)


def _ordered(first: int, second: int, mark: str, year: int | None, how: str) -> _Parts:
    """Month first, as the form says; day first where only that can be; dots say neither."""
    if first > 12 >= second:
        return _Parts(year, second, first, _BACKWARDS)
    if mark == "." and second <= 12 and first != second:
        raise Invalid("It is not clear which number is the month.", how)
    return _Parts(year, first, second)


def _named(words: list[str], how: str) -> _Parts | None:
    """Read a month by name with a day, and a year or none, in any order."""
    words = [word for word in words if word not in _FILLERS]
    named = [months()[word] for word in words if word in months()]
    rest = [word for word in words if word not in months()]
    if len(named) != 1 or not 1 <= len(rest) <= 2:
        return None
    years = [word for word in rest if len(word) == 4 and word.isascii() and word.isdigit()]
    days = [match for word in rest if word not in years and (match := _DAY.match(word))]
    if len(days) == 2:
        raise Invalid("The year has two digits only.", "Write the year with four digits. " + how)
    if len(days) != 1 or len(days) + len(years) != len(rest):
        return None
    return _Parts(_year(years[0], how) if years else None, named[0], int(days[0][1]))


def _check(parts: _Parts, how: str) -> None:
    for fault in _impossible(parts):
        raise Invalid(fault, how)


def _impossible(parts: _Parts) -> Iterator[str]:
    if not 1 <= parts.month <= 12:
        yield f"There is no month {parts.month}."
        return
    if parts.year is not None and parts.year < 1000:
        yield f"{parts.year} is not a year."
        return
    last = monthrange(parts.year or 2028, parts.month)[1]
    if not 1 <= parts.day <= last:
        month = get_month_names("wide", locale="en")[parts.month]
        yield f"There is no {month} {parts.day}{f', {parts.year}' if parts.year else ''}."
