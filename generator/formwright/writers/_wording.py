"""Wording as every format sets it: which words stay together, where a title breaks."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from formwright.layout import Runs

NO_BREAK: Final = "\u00a0"
_SHORT: Final = re.compile(r"(?<!\S)([^\s/]{1,2}) ")
_SLASH: Final = re.compile(r" (?=/(?:\s|$))")


def last_two(text: str) -> str:
    """Join the last two words by a no-break space, so that no word stands alone on the last line."""
    text = text.rstrip(" ")
    head, gap, tail = text.rpartition(" ")
    long_enough = len(head.split()) >= 2 and len(tail) < 16
    return f"{head}{NO_BREAK}{tail}" if gap and long_enough else text


def joined(runs: Runs) -> Runs:
    """Apply `last_two` to the last run that holds a space; shorter runs behind it are left as they are."""
    if runs and " " in runs[-1].text.strip():
        return (*runs[:-1], replace(runs[-1], text=last_two(runs[-1].text)))
    return runs


def head(title: str) -> str:
    """Return a column's head with no break after a word of one or two characters, nor before the last one.

    Before a slash no line breaks in any case (Unicode UAX 14, LB13); here it is said, for what measures the head.
    """
    joined = _SLASH.sub(NO_BREAK, _SHORT.sub(rf"\1{NO_BREAK}", title))
    first, gap, last = joined.rpartition(" ")
    return f"{first}{NO_BREAK}{last}" if gap and " " in first and len(last) < 16 else joined


_BEFORE: Final = re.compile(r" (?=(?:for|of|and|to|on|in|with)\b)", re.IGNORECASE)


def balanced(text: str, level: int) -> tuple[str, ...]:
    """Break a title in two lines of like length, before a small word where there is one; other headings in none."""
    if level > 1 or not 30 < len(text) <= 66:
        return (last_two(text),)
    breaks = [found.start() for found in _BEFORE.finditer(text)] or [found.start() for found in re.finditer(" ", text)]
    at = min(breaks, key=lambda place: abs(place - len(text) / 2), default=0)
    return (text[:at], text[at + 1 :]) if at and max(at, len(text) - at) <= 36 else (last_two(text),)
