"""Currencies as people write them: codes, signs, names (ISO 4217, names from CLDR)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel.numbers import get_currency_name, list_currencies

from formwright.kinds._base import Invalid
from formwright.kinds._dates import LANGUAGES

_SIGNS: Final = {"€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD"}
_MANY: Final = {"$": "several dollars and pesos", "¥": "yen and yuan"}
_BEFORE: Final = re.compile(
    r"(?P<sign>[(+-]?) ?(?P<name>[A-Za-z]{1,3}\$|[A-Za-z]{3}(?![A-Za-z])|[$€£¥₩₹]) ?(?P<rest>.*)\Z"
)
_AFTER: Final = re.compile(r"(?P<rest>.*[0-9.)]) ?(?P<name>[A-Za-z]{3}|[$€£¥₩₹])(?P<close>\)?)\Z")


@cache
def codes() -> frozenset[str]:
    """Return all currency codes."""
    return frozenset(list_currencies())


@cache
def _names() -> dict[str, frozenset[str]]:
    """Return name -> codes, in the languages we read, one and several ("euro", "euros")."""
    found: dict[str, set[str]] = {}
    for code in codes():
        for language in LANGUAGES:
            for count in (None, 1, 2):
                name = get_currency_name(code, count=count, locale=language).casefold()
                found.setdefault(name, set()).add(code)
    return {name: frozenset(of) for name, of in found.items()}


def read_currency(text: str) -> str:
    """Return the code of the currency that a line says. Raises Invalid."""
    if text.upper() in codes():
        return text.upper()
    if text.upper() in _SIGNS:
        return _SIGNS[text.upper()]
    if text in _MANY:
        raise Invalid(f"“{text}” is the sign of {_MANY[text]}.", "Write the code of three letters, such as USD.")
    named = _names().get(text.casefold().replace(".", ""), frozenset()) | _names().get(text.casefold(), frozenset())
    if len(named) == 1:
        return next(iter(named))
    raise Invalid("This currency is not known.", "Write its code of three letters, such as USD.")


def split(text: str) -> tuple[str, str]:
    """Return a line's amount and the currency that stands before or after it ("" if none does)."""
    if match := _BEFORE.match(text):
        return match["sign"] + match["rest"], match["name"]
    if match := _AFTER.match(text):
        return match["rest"] + match["close"], match["name"]
    return text, ""


def is_called(name: str, code: str) -> bool:
    """Tell whether a sign or code beside an amount may mean the currency `code`."""
    if name == "$":
        return get_currency_name(code, locale="en").endswith(("Dollar", "Peso"))
    if name == "¥":
        return code in ("JPY", "CNY")
    return _SIGNS.get(name.upper(), name.upper()) == code
