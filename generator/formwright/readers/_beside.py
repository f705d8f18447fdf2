"""What stands in a field or a comment elsewhere than in its value: rich text, a default value, a chosen number.

No program that we know leaves an answer there alone, and viewers differ in what they show of it. So it is never taken
for an answer: a place with nothing else in it is left to a person (`unread`), and a comment is reported with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

RICH: Final = 1 << 25
"""Bit of /Ff: the rich text of a field is what is shown (ISO 32000 12.7.5.3, table 231)."""
BESIDE: Final = frozenset({"/DV", "/RV", "/I", "/Contents"})
"""Entries of a field or widget beside /V that may hold words of the sender (ISO 32000 12.5.2, 12.7.4.1, 12.7.5)."""
_TAG: Final = re.compile(r"<[^<>]*>")


def visible_of(rich: str) -> str:
    """Return the words of a rich text string, XHTML without its tags (ISO 32000 12.7.4.4), on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", rich)).split())


def with_rich(contents: str, rich: str) -> str:
    """Return the text of a comment, with that of its rich form where this says more."""
    words = visible_of(rich) if rich else ""
    if not words or squeezed(words) in squeezed(contents):
        return contents
    return f"{contents} | {words}" if contents.strip() else words


def joined(texts: Iterable[str]) -> str:
    """Return all that stands beside a value as one text, each part once."""
    return " | ".join(dict.fromkeys(text for text in texts if text.strip()))


def squeezed(text: str) -> str:
    """Return a text without blanks, for comparing."""
    return "".join(text.split())
