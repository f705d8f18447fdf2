"""Dates as people write them on a form that asks for month / day / year.

What can be read one way only is read. The printed order holds for what is written with slashes, as printed: 3/4/2027
is March 4. Dots and hyphens between two numbers that may both be months say no order, since many write the day first
with them; that cannot be read, nor can a year of two digits. Day before month is kept with a doubt where the day cannot
be a month, and is a sign of how its writer puts dates (`day_first`): `returns.habits` holds it against the other dates.
A year that was mistyped (1027, 2127) can be read, and is told by how `far` it is from the day of issue.
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
_AMONG: Final = re.compile(r"(?<![0-9/.-])([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
"""A date in numbers among other words."""
_MONTH_DAY: Final = re.compile(r"[0-9]{2}-[0-9]{2}\Z")
_SPLIT: Final = re.compile(r"[\s,/.-]+")
_DAY: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|º|o)?\Z")
_FILLERS: Final = frozenset({"of", "the", "de", "del", ""})
LANGUAGES: Final = ("en", "es")
_SIGNED: Final = 2
"""Years between issue and signature that nobody wonders about."""
_AHEAD: Final = 50
"""Years after the issue up to which a lease, a bond or a plan may run."""
_OLDEST: Final = "1776-01-01"
"""What is older than the country whose Customs asks is no business of the account's."""
_LEAP: Final = 2028
"""A year in which every day can be."""


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


def day_first(text: str) -> str:
    """Return the date in a line that can only be written day first (`25/3/2027`), "" if there is none.

    One among other words counts too: such an answer is not read, and still shows how its writer puts dates.
    """
    for match in filter(None, (_NUMBERS.match(text), *_AMONG.finditer(text))):
        if 12 < int(match[1]) <= 31 and 1 <= int(match[3]) <= 12:
            return match[0]
    return ""


def either(text: str) -> str:
    """Return the two days that a date in numbers may mean ("March 4 or April 3, 2027"), "" where it is one only."""
    match = _NUMBERS.match(text)
    first, second = (int(match[1]), int(match[3])) if match else (0, 0)
    if match is None or first == second or not (1 <= first <= 12 and 1 <= second <= 12):
        return ""
    names = get_month_names("wide", locale="en")
    year = f", {match[4]}" if match[4] else ""
    return f"{names[first]} {second} or {names[second]} {first}{year}"


def far(iso: str, issued_on: str, *, signed: bool) -> str:
    """Return why a date is hardly meant, going by the day of issue (both in ISO form); "" for nothing to wonder about.

    signed: it is the day of a signature.
    """
    if signed:
        near = _shifted(issued_on, -_SIGNED) <= iso <= _shifted(issued_on, _SIGNED)
        return "" if near else f"This is more than {_SIGNED} years from the day of issue, {issued_on}."
    if iso < _OLDEST:
        return f"This is before {_OLDEST[:4]}."
    late = iso > _shifted(issued_on, _AHEAD)
    return f"This is more than {_AHEAD} years after the day of issue, {issued_on}." if late else ""


def _shifted(iso: str, years: int) -> str:
    """Return a day of another year; February 29 stays, since it only serves to compare texts."""
    return f"{int(iso[:4]) + years:04}{iso[4:]}"


def show_day(day: str) -> str:
    """Return a known month and day (`10-01`) as month / day. Raises ValueError for anything else."""
    if not _MONTH_DAY.match(day):
        raise ValueError(f"{day!r} is not a month and day such as 10-01")
    date.fromisoformat(f"{_LEAP}-{day}")
    return day.replace("-", "/")


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
        return _ordered(match, _year(match[4], how), how)
    return _named(_SPLIT.split(text.casefold()), how)


def _year(digits: str | None, how: str) -> int | None:
    if digits is None:
        return None
    if len(digits) == 2:
        raise Invalid("The year has two digits only.", "Write the year with four digits. " + how)
    if len(digits) != 4 or int(digits) < 1000:
        raise Invalid(f"{digits} is not a year.", how)
    return int(digits)


def _ordered(match: re.Match[str], year: int | None, how: str) -> _Parts:
    """Month first, as the form says; day first where only that can be; dots and hyphens say neither."""
    first, second = int(match[1]), int(match[3])
    if first > 12 >= second:
        return _Parts(year, second, first, _BACKWARDS)
    if match[2] != "/" and (both := either(match[0])):
        raise Invalid(f"“{match[0]}” can be {both}.", how)
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
    last = monthrange(parts.year or _LEAP, parts.month)[1]
    if not 1 <= parts.day <= last:
        month = get_month_names("wide", locale="en")[parts.month]
        yield f"There is no {month} {parts.day}{f', {parts.year}' if parts.year else ''}."
