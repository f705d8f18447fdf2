"""Words that only a field's appearance shows, typed by a program that left the value behind it empty.

    empty text or list -> its normal appearance -> text or a picture in it?     (ISO 32000 12.5.5, 9.4.3, 8.8)

The object behind each appearance has to be parsed for this, some ten microseconds each: most of what it costs. Nearly
every empty field has the one that it was issued with, which is known by its packed bytes. One that several fields share
is looked at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import Any, Final

import pikepdf

from formwright.readers._streams import TEXT_LIMIT, bounded

DEEPEST: Final = 3
"""Appearances within appearances that are looked into; what is deeper counts as drawn."""
_LEFT: Final = 8_000_000
"""Bytes of appearances that are looked at in one file; beyond, each counts as drawn."""
_WORDS: Final = 1_000
"""Characters of what is shown that are kept."""
_SHOWING: Final = (b"Tj", b"TJ", b"'", b'"', b"Do", b"BI")
_STRINGS: Final = ("Tj", "TJ", "'", '"')
_EMPTY: Final = b"/Tx BMC EMC"
_AS_ISSUED: Final = frozenset((_EMPTY, zlib.compress(_EMPTY), zlib.compress(_EMPTY, 9), zlib.compress(_EMPTY, 1)))
"""The appearance of an empty field as issued: plain, and as programs pack it."""

Named = Callable[[str], "str | None"]
"""What an XObject of a name draws, as `shown` says it."""


def shown(content: bytes, named: Named) -> str | None:
    """Return the words that a content stream shows, None where it shows none: blanks and lines are no words.

    The words are "" for a picture, and for codes of a font whose letters are not the codes themselves.
    """
    if not any(operator in content for operator in _SHOWING):
        return None
    holder = pikepdf.new()  # a stream lives as long as its file
    try:
        made = pikepdf.parse_content_stream(pikepdf.Stream(holder, content))
        found = [one for instruction in made if (one := _said(instruction, named)) is not None]
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):  # malformed operands show up as any of these
        return ""
    return " ".join(text for text in found if text)[:_WORDS] if found else None


def _said(instruction: Any, named: Named) -> str | None:
    """Return what one instruction shows."""
    operator = str(instruction.operator)
    if operator == "Do":
        return named(str(instruction.operands[0])) if len(instruction.operands) else None
    if operator == "INLINE IMAGE":
        return ""
    if operator not in _STRINGS or not len(instruction.operands):
        return None
    last = instruction.operands[-1]
    parts = list(last) if isinstance(last, pikepdf.Array) else [last]
    data = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    if not data.strip(b"\0 \t\r\n\xa0"):
        return None
    return data.decode("ascii") if data.isascii() and data.decode("ascii").isprintable() else ""


class Appearances:
    """Looks into the appearances of one file, within bounds."""

    def __init__(self, *, encrypted: bool) -> None:
        self._encrypted, self._left = encrypted, _LEFT
        self._known: dict[tuple[int, int], str | None] = {}

    def shown(self, widgets: Iterable[tuple[Any, set[str]]]) -> str | None:
        """Return the words that the appearances of an empty field show, None where they show none."""
        found = [one for widget, keys in widgets if "/AP" in keys and (one := self._of(widget["/AP"])) is not None]
        return " ".join(dict.fromkeys(found)) if found else None

    def _of(self, appearance: Any) -> str | None:
        normal = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
        if normal is None or not normal.is_indirect:  # a stream always is
            return None
        if normal.objgen not in self._known:
            plain = not isinstance(normal, pikepdf.Stream) or normal.read_raw_bytes() in _AS_ISSUED
            self._known[normal.objgen] = None if plain else self._drawn(normal, 0)
        return self._known[normal.objgen]

    def _drawn(self, stream: Any, depth: int) -> str | None:
        if not isinstance(stream, pikepdf.Stream):
            return None
        if str(stream.get("/Subtype")) == "/Image" or depth > DEEPEST:
            return ""
        content = bounded(stream, min(TEXT_LIMIT, self._left), encrypted=self._encrypted) if self._left > 0 else None
        if content is None:
            return ""
        self._left -= len(content)
        resources = stream.get("/Resources")
        objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        known = objects if isinstance(objects, pikepdf.Dictionary) else pikepdf.Dictionary()
        return shown(content, lambda name: self._drawn(known.get(name), depth + 1))
