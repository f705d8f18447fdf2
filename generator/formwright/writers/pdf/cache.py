"""Compiled PDFs on disk (`_cache`): what an entry depends on, and how it is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from formwright.fingerprint import fingerprint
from formwright.layout import Layout
from formwright.writers import _cache
from formwright.writers.pdf import faces, versions
from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled, FieldPlan, PagePlan, SheetPlan, Widget

_PLANS: Final[dict[str, type]] = {"fields": FieldPlan, "pages": PagePlan, "sheets": SheetPlan, "widgets": Widget}


def cached(layout: Layout, sheets: int, folder: Path, fonts: Fonts | None = None, known_as: str = "") -> Compiled:
    """Return `compile(layout, sheets, fonts)`, from the folder if it is there and whole, else made and put there.

    known_as: the layout's fingerprint, where it is at hand.
    """
    path = folder / f"{key(layout, sheets, fonts, known_as)}.compiled"
    return _cache.cached(path, lambda: compile(layout, sheets, fonts), pack, unpack)


def key(layout: Layout, sheets: int, fonts: Fonts | None = None, known_as: str = "") -> str:
    """Return the hash over a layout, its sheets, the faces of its wording, our templates, fonts and code, and the
    versions of what we use. Raises Faults for characters that no face has."""
    found = faces.extras(layout, fonts or Fonts.packaged(None))
    parts = {
        "layout": known_as or fingerprint(layout),
        "sheets": sheets,
        "faces": faces.identity(found),
        "ground": versions.ground(),
    }
    return fingerprint(parts)


# ---- the file -----------------------------------------------------------------------------------


def pack(compiled: Compiled) -> bytes:
    """Return a compiled layout as one file: hash, plan (one line of JSON), template."""
    return _cache.pack(compiled, compiled.template, without="template")


def unpack(data: bytes) -> Compiled:
    """Return the compiled layout of `pack`; raises ValueError for a file that is not whole."""
    plan, template = _cache.unpack(data, _PLANS)
    return Compiled(template=template, **plan)
