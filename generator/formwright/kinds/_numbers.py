"""Numbers as people write them, in plain decimal text.

Commas, blanks and apostrophes between groups of three are read; so is one dot before decimals. A lone dot or comma
that may be either is not read: `1.000`, `1,5`. Groups by dots with a decimal comma can be read one way only, and are
kept with a doubt; they also show how their writer puts numbers (`decimal_comma`): `returns.habits` holds it against the
other numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from formwright.kinds._base import Invalid

LIMIT: Final = 40
"""Characters of a number; longer ones are not read."""
_DIGITS: Final = 25

_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?\Z|\.[0-9]+\Z")
_GROUPS: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[,' ])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:\.[0-9]*)?\Z")
_FOREIGN: Final = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:[ '][0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})\Z")
_EITHER: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_AMONG: Final = re.compile(r"(?<![0-9.,'])[0-9]+(?:[.,' ][0-9]+)*(?![0-9])")
"""A number among words and signs."""
_COMMA: Final = re.compile(r"(?:[0-9]+,[0-9]{1,2}|0[0-9]*,[0-9]+)\Z")
"""A comma that can only stand before decimals."""
_EITHER_MARK: Final = re.compile(r"[^0-9]*(?P<whole>[1-9][0-9]{0,2})[.,](?P<three>[0-9]{3})[^0-9]*\Z")

PLAINLY: Final = "Write plain digits with a point before decimals, such as 1250.50."
LIKE: Final = "a number such as 1250.5 (decimals in quotes)"


class Read(NamedTuple):
    """A number in canonical text, and why a person should look at it."""

    number: str
    doubt: str = ""


def read_number(text: str, *, either: bool = False, how: str = PLAINLY) -> Read:
    """Return the number that a line says, in canonical text: no sign but minus, no group marks, no outer zeros.

    `either`: a lone dot before three digits is taken for decimals (shares, where thousands cannot be meant).
    Raises Invalid, with `how` to write it.
    """
    body, negative = _sign(text)
    if len(body) > LIMIT or sum(char.isdigit() for char in body) > _DIGITS:
        raise Invalid("This is too long for a number.", how)
    doubt = ""
    if _EITHER.match(body) and not either:
        raise Invalid(f"In “{body}” the dot may stand before decimals or between thousands.", how)
    if _PLAIN.match(body) or _GROUPS.match(body):
        plain = re.sub(r"[,' ]", "", body)
    elif _FOREIGN.match(body):
        plain = re.sub(r"[.' ]", "", body).replace(",", ".")
        doubt = "The number is written with dots between thousands or with a decimal comma."
    else:
        raise Invalid(_fault(body), how)
    number = canonical(plain)
    return Read(f"-{number}" if negative and number != "0" else number, doubt)


def decimal_comma(text: str) -> str:
    """Return the number in a line that can only be written with a decimal comma or with dots between thousands
    (`3.250,50`, `1.234.567`, `12,5`), "" if there is none."""
    found = (match[0] for match in _AMONG.finditer(text))
    return next((one for one in found if _FOREIGN.match(one) or _COMMA.match(one)), "")


def either_number(text: str) -> str:
    """Return the two numbers that a line may say ("1250 or 1.25"), "" where its mark is no lone comma or dot before
    three digits."""
    match = _EITHER_MARK.match(text)
    if match is None:
        return ""
    whole, three = match["whole"], match["three"]
    return f"{whole}{three} or {canonical(f'{whole}.{three}')}"


def _fault(body: str) -> str:
    """Return why a text is no number that can be read."""
    if re.fullmatch(r"[0-9]+,[0-9]+", body):
        return f"In “{body}” the comma may stand before decimals or between thousands."
    if re.fullmatch(r"[0-9]+(?:[.,' ]+[0-9]+)+[.,]?", body):
        return f"The digits of “{body}” are not in groups of three."
    return "This holds more than a number." if re.search(r"[0-9]", body) else "This is not a number."


def canonical(plain: str) -> str:
    """Return digits with at most one dot without outer zeros."""
    whole, _, decimals = plain.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def canonical_value(value: object, like: str = LIKE) -> str:
    """Return a prefilled number (integer or text) in canonical text. Raises ValueError for anything not `like` it."""
    text = str(value) if isinstance(value, int | str | Decimal) and not isinstance(value, bool) else ""
    negative, body = text.startswith("-"), text.removeprefix("-")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", body) or len(body) > _DIGITS:
        raise ValueError(f"{value!r} is not {like}")
    number = canonical(body)
    return f"-{number}" if negative and number != "0" else number


def show_number(number: str) -> str:
    """Return a canonical number with commas between thousands, so that it can be read one way only."""
    whole, dot, decimals = number.partition(".")
    shown = f"{int(whole):,}" if whole != "-0" else "-0"
    if len(decimals) == 3 and "," not in shown:
        decimals += "0"
    return shown + dot + decimals


def check_bounds(number: str, least: Decimal | None, most: Decimal | None) -> None:
    """Raise Invalid for a number outside of its bounds."""
    found = Decimal(number)
    if least is not None and found < least:
        raise Invalid(f"This is less than {least:f}.", _within(least, most))
    if most is not None and found > most:
        raise Invalid(f"This is more than {most:f}.", _within(least, most))


def _within(least: Decimal | None, most: Decimal | None) -> str:
    """Return which numbers are asked for; one of the bounds is given."""
    if least is None or most is None:
        return f"Write at least {least:f}." if least is not None else f"Write at most {most:f}."
    return f"Write a number from {least:f} to {most:f}."


def bounds_fault(least: Decimal | None, most: Decimal | None) -> tuple[str, ...]:
    """Return what is wrong with a pair of bounds."""
    if least is not None and most is not None and least > most:
        return (f"min {least:f} is more than max {most:f}\nExchange them, or take one out.",)
    return ()


def _sign(text: str) -> tuple[str, bool]:
    """Split off a minus, a plus, or the brackets of bookkeeping."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith("-"):
        return text[1:].strip(), True
    return text.removeprefix("+").strip(), False
