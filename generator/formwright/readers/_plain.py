"""What pikepdf's objects say, in plain values: texts, names, numbers, never an error on broken encodings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pikepdf

from formwright.readers import _seen
from formwright.readers._attached import Library
from formwright.readers._seen import SeenValue
from formwright.readers._streams import TEXT_LIMIT, bounded
from formwright.readers._streams import text_of as decoded

DIRECT: Final = (0, 0)
"""The number of an object that stands where it is used."""
_COMPOUND: Final = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)


def words_of(value: Any, pdf: pikepdf.Pdf) -> str:
    """Return a value of any sort as text; "" for what is longer than is read."""
    text, _ = value_of(value, pdf)
    return ", ".join(text) if isinstance(text, tuple) else text or ""


def value_of(value: Any, pdf: pikepdf.Pdf) -> tuple[SeenValue, str]:
    """Return a /V in plain form and a note where it could not be taken as it stands."""
    if value is None or isinstance(value, str):
        return value, ""
    if isinstance(value, pikepdf.String):
        return _whole(value), ""
    if isinstance(value, pikepdf.Name):
        return name_of(value), ""
    if isinstance(value, pikepdf.Array):
        return tuple(_part(part) for part in list(value)[:100]), "" if len(value) <= 100 else "too_long"
    if isinstance(value, pikepdf.Stream):
        data = bounded(value, TEXT_LIMIT * 4, encrypted=pdf.is_encrypted)
        return ("", "too_long") if data is None else (decoded(data), "")
    if isinstance(value, pikepdf.Dictionary):
        return "", "odd_value"
    return str(value), ""


def text_of(value: Any) -> str:
    """Return the text of a string, name or number; "" for anything else. Never raises on broken encodings."""
    if value is None or (not isinstance(value, pikepdf.String) and isinstance(value, _COMPOUND)):
        return ""
    try:
        return str(value)
    except UnicodeDecodeError:
        return decoded(bytes(value))


def _whole(value: Any) -> str:
    """Return a text in which halves of a UTF-16 pair are U+FFFD: the library leaves them out in silence."""
    data = bytes(value) if isinstance(value, pikepdf.String) else b""
    return decoded(data) if data.startswith((b"\xfe\xff", b"\xff\xfe")) else text_of(value)


def _part(value: Any) -> str:
    """Return one part of an array: a name without its slash, or a text."""
    return name_of(value) if isinstance(value, pikepdf.Name) else _whole(value)


def name_of(value: Any) -> str:
    """Return a name without its slash (#xx is decoded), or a string that stands in its place."""
    return (str(value) if isinstance(value, pikepdf.Name) else text_of(value)).removeprefix("/")


def numbers_of(holder: Any, entry: str) -> list[list[float]]:
    """Return the numbers of an array, or of each array in it; one empty list for what is none."""
    value = holder.get(entry)
    parts = list(value)[: _seen.MAX_FIELDS] if isinstance(value, pikepdf.Array) else []
    nested = [list(part) for part in parts if isinstance(part, pikepdf.Array)] or [parts]
    return [[float(one) for one in part if isinstance(one, (int, float, Decimal))] for part in nested]


def _entry(holder: Any, entry: str) -> Any:
    return holder.get(entry) if isinstance(holder, pikepdf.Dictionary) else None


def _identity(value: Any) -> object:
    key = value.objgen if isinstance(value, pikepdf.Object) else DIRECT
    return None if key == DIRECT else key


PIKEPDF: Final = Library(
    entry=_entry,
    listed=lambda value: list(value) if isinstance(value, pikepdf.Array) else [],
    text=lambda value: text_of(value) if isinstance(value, pikepdf.String) else "",
    identity=_identity,
)
