"""The grammar of ids and keys: the one place that writes and checks them.

A control's key is `item[.part][.row.column][.field]`, with an ending on the last segment (or on a row) where it
belongs to another control: `officers.r1_confirm`, `invoice_remittance.full_value_explain`. The key is the same in
every format and in the record. A PDF partial name may hold no dot (ISO 32000 12.7.4.2), so there `.` is written `:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ITEM_LIMIT: Final = 32
KEY_LIMIT: Final = 64
ENDINGS: Final = ("_confirm", "_explain", "_other", "_enclosed")
FORM: Final = "form"
"""Reserved first segment of keys that belong to no item: facts, token, continuation sheets."""

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_ROW = re.compile(r"r[0-9]+\Z")
_ROW_DIGITS: Final = 9
"""More of them in the number of a row are none: Python makes no number of thousands."""


def id_faults(text: str, *, limit: int = ITEM_LIMIT) -> Iterator[str]:
    """Yield what is wrong with an id, in words, the cure on a line of its own; nothing for a good one."""
    if not _ID.match(text):
        yield (
            f"the id {text!r} must start with a lower-case letter and hold lower-case letters, digits and _ only"
            f"\nWrite it like this: {_tidy(text)}."
        )
    if len(text) > limit:
        yield f"the id {text!r} has {len(text)} characters, {limit} are allowed\nShorten it."
    if _ROW.match(text):
        word = f"row_{text[1:]}"
        yield f"the id {text!r} looks like a row number (r and digits), which is reserved\nTake a word, such as {word}."
    if text == FORM:
        yield f"the id {text!r} is reserved for the form's own fields\nTake another word, such as form_number."
    for ending in ENDINGS:
        if text.endswith(ending):
            yield f"the id {text!r} ends in {ending}, which is reserved\nTake {ending} off, or write it in front."


def _tidy(text: str) -> str:
    """Return the good id that is nearest to a bad one."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_").lstrip("0123456789_") or "last_entry"


def join(*segments: str) -> str:
    """Return the key of `segments`, leaving out empty ones."""
    return ".".join(filter(None, segments))


def option_key(key: str, code: str) -> str:
    """Return the key of one widget of a OneOf or ManyOf."""
    return f"{key}#{code}"


def row_number(segment: str) -> int | None:
    """Return N of a repeating row's `rN`, or None for any other segment."""
    return int(segment[1:]) if _ROW.match(segment) and len(segment) <= _ROW_DIGITS + 1 else None


def field_name(key: str) -> str:
    """Return the PDF partial name of a key: ISO 32000 12.7.4.2 allows no full stop in it."""
    return key.replace(".", ":")
