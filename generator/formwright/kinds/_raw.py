"""What a cell of a return holds, taken as text or as codes, before a kind judges it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from formwright.kinds._base import Invalid
from formwright.layout import Value
from formwright.text import clean
from formwright.ticks import ticked

LONGEST: Final = 100_000
"""Characters of one answer: about forty pages."""
_MARKS: Final = 30
"""Combining marks in a row; more is no writing, and makes normalising slow (UAX 15, stream-safe text)."""

_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    **dict.fromkeys((0x00A0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009), 0x20),
    **dict.fromkeys((0x200A, 0x202F, 0x205F, 0x3000, 0x09, 0x0A, 0x0D), 0x20),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), 0x2D),
    **dict.fromkeys((0x2019, 0x02BC), 0x27),
}


def text_of(raw: Value, limit: int = LONGEST) -> str:
    """Return `raw` as clean text. Raises Invalid for a tick, and for more than `limit` characters."""
    if isinstance(raw, bool):
        raise Invalid("There is a tick where text is asked.", "Write the answer in words.")
    text = raw if isinstance(raw, str) else ", ".join(raw)
    if len(text) > limit:
        raise Invalid(f"This has {len(text):,} characters; at most {limit:,} are read here.", "Shorten it.")
    if not text.isascii():
        _check_marks(text)
    return clean(text)


def _check_marks(text: str) -> None:
    run = 0
    for char in text:
        run = run + 1 if char > "\u02ff" and unicodedata.combining(char) else 0
        if run > _MARKS:
            raise Invalid("There are more marks on one letter than any writing has.", "Type the answer again.")


def line_of(raw: Value, limit: int = 80) -> str:
    """Return a short answer on one line: full-width characters, odd blanks, dashes and quotes made plain."""
    return " ".join(text_of(raw, limit).translate(_FOLD).split())


def tick_of(raw: Value) -> bool:
    """Return whether a tick is on, from the tick itself or from a word for it. Raises Invalid for other words."""
    found = raw if isinstance(raw, bool) else ticked(line_of(raw))
    if found is None:
        raise Invalid("There are words where a tick is asked.", "Tick it, or leave it empty.")
    return found


def codes_of(raw: Value, words: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the codes that `raw` names: codes, in any case, or a text that equals an option's words.

    `words`: code -> its words in every language. Raises Invalid for anything else.
    """
    if isinstance(raw, bool):
        raise Invalid("There is a lone tick where one of several answers is asked.", "Tick one of the answers.")
    return tuple(_code(text, words) for text in ((raw,) if isinstance(raw, str) else raw))


def _code(text: str, words: Mapping[str, Iterable[str]]) -> str:
    if text in words:
        return text
    line = line_of(text, 1000)
    said = as_words(line)
    found = [code for code, forms in words.items() if said in map(as_words, forms)]
    if not found and said in words:
        return said
    if len(found) == 1:
        return found[0]
    shown = line if len(line) <= 40 else f"{line[:40]}..."
    raise Invalid(f"“{shown}” is not one of the answers.", f"Choose one of: {_list(words)}.")


def as_words(text: str) -> str:
    """Return words as they are compared: on one line, in any case, odd blanks, dashes and quotes made plain."""
    return " ".join(clean(text).translate(_FOLD).split()).casefold()


def _list(words: Mapping[str, Iterable[str]]) -> str:
    return ", ".join(next(iter(forms), code) for code, forms in words.items())


def one_code(raw: Value, words: Mapping[str, Iterable[str]]) -> str:
    """Return the one code that `raw` names. Raises Invalid for none and for several."""
    codes = codes_of(raw, words)
    if len(codes) != 1:
        raise Invalid("There are several answers where one is asked.", "Leave one of them.")
    return codes[0]
