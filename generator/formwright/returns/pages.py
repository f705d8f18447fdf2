"""What was drawn onto the pages of a return themselves: when it is looked for, and what becomes of places under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from formwright.issue import IssuedFile
from formwright.layout import Value
from formwright.raw import Compared, Drawn, Identified, RawCell, RawReturn


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


def _over(cell: RawCell, drawn: list[Drawn], issued: Mapping[str, Value | None]) -> RawCell:
    """Return a cell over which words are drawn: if it says nothing of its own, there is something to be read."""
    known = issued.get(cell.key)
    if cell.state != "read" or (cell.value and cell.value not in (known, (known,))):
        return cell
    text = "\n".join(f"{one.text} ({one.code})" if one.code else one.text for one in drawn)
    return replace(cell, state="unread", value=None, raw=text, note="drawn_over")
