"""What was drawn onto the pages of a return themselves: when it is looked for, and what becomes of places under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from formwright.issue import Issued, IssuedFile
from formwright.layout import Value
from formwright.raw import Compared, Drawn, Identified, RawCell, RawReturn

_SHOWN: Final = ("drawn_over", "only_shown")
"""Notes of a reader on what a page shows of a place."""


def are_ours(identified: Identified, file: IssuedFile) -> bool:
    """Tell whether every page of a file draws byte for byte what a page of the issued one draws."""
    return len(identified.prints) == identified.pages and set(identified.prints) <= set(file.prints)


def drawn_over(raw: RawReturn, compared: Compared, issued: Mapping[str, Value | None]) -> RawReturn:
    """Return a raw return with what was drawn onto its pages: strays, problems, and no place blank that has words in
    it.

    issued: what was issued by key; a place that still holds this and nothing else is left to a person, too.
    """
    under: dict[str, list[Drawn]] = {}
    for one in compared.drawn:
        under.setdefault(one.key, []).append(one)
    return replace(
        raw,
        cells=tuple(_over(cell, under[cell.key], issued) if cell.key in under else cell for cell in raw.cells),
        strays=(*raw.strays, *compared.strays),
        problems=(*raw.problems, *compared.problems),
    )


def as_shown(raw: RawReturn, file: IssuedFile) -> RawReturn:
    """Return a raw return in which what a reader saw over or in the picture of a place is weighed with what was issued.

    With a comment drawn over it, a place that still holds what was issued is left to a person, as an empty one is. One
    that was issued with a value and is empty now was emptied, though a program left the old picture: the note stays.
    """
    if not any(cell.note in _SHOWN for cell in raw.cells):
        return raw
    issued = {field.key: field for field in file.fields}
    return replace(raw, cells=tuple(_weighed(cell, issued.get(cell.key)) for cell in raw.cells))


def _weighed(cell: RawCell, issued: Issued | None) -> RawCell:
    known = issued.value if issued is not None else None
    if cell.note == "drawn_over" and cell.state == "read" and _is_ours(cell, known):
        return replace(cell, state="unread", value=None)
    if cell.note == "only_shown" and cell.state == "unread" and issued is not None and known:
        return replace(cell, state="read", value=() if issued.kind == "list" else "", raw="")
    return cell


def _is_ours(cell: RawCell, known: Value | None) -> bool:
    """Tell whether a place says nothing of its own: nothing, or what was issued in it."""
    return not cell.value or cell.value in (known, (known,))


def _over(cell: RawCell, drawn: list[Drawn], issued: Mapping[str, Value | None]) -> RawCell:
    """Return a cell over which words are drawn: if it says nothing of its own, there is something to be read."""
    if cell.state != "read":
        return cell
    if not _is_ours(cell, issued.get(cell.key)):
        return replace(cell, note=cell.note or "drawn_over")
    text = "\n".join(filter(None, (f"{one.text} ({one.code})".lstrip() if one.code else one.text for one in drawn)))
    return replace(cell, state="unread", value=None, raw=text, note="drawn_over")
