"""Compiled PDFs on disk (`_cache`): what an entry depends on, and how it is stored."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final

from formwright import resources
from formwright.fingerprint import fingerprint
from formwright.layout import Layout
from formwright.writers import _cache
from formwright.writers.pdf import faces
from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled, FieldPlan, PagePlan, SheetPlan, Widget

_PACKAGES: Final = ("weasyprint", "pydyf", "pikepdf", "fonttools", "uharfbuzz", "jinja2")
_PLANS: Final[dict[str, type]] = {"fields": FieldPlan, "pages": PagePlan, "sheets": SheetPlan, "widgets": Widget}


def cached(layout: Layout, sheets: int, folder: Path, fonts: Fonts | None = None) -> Compiled:
    """Return `compile(layout, sheets, fonts)`, from the folder if it is there and whole, else made and put there."""
    path = folder / f"{key(layout, sheets, fonts)}.compiled"
    return _cache.cached(path, lambda: compile(layout, sheets, fonts), pack, unpack)


def key(layout: Layout, sheets: int, fonts: Fonts | None = None) -> str:
    """Return the hash over a layout, its sheets, the faces of its wording, our templates, fonts and code, and the
    versions of what we use. Raises Faults for characters that no face has."""
    found = faces.extras(layout, fonts or Fonts.packaged(None))
    parts = {
        "layout": layout,
        "sheets": sheets,
        "faces": faces.identity(found),
        "data": dict(_sources()),
        "versions": [version(name) for name in _PACKAGES],
    }
    return fingerprint(parts)


def _sources() -> Iterator[tuple[str, str]]:
    code = files("formwright")
    yield from _cache.digests(resources.entry("templates/html"), "html")
    yield from _cache.digests(resources.entry("templates/assets/fonts"), "fonts")
    yield from _cache.digests(code / "writers", "writers")
    yield from _cache.digests(code / "writers" / "pdf", "pdf")
    for file in (code / "layout.py", code / "ids.py"):
        yield file.name, _cache.digest(file)


def pack(compiled: Compiled) -> bytes:
    """Return a compiled layout as one file: hash, plan (one line of JSON), template."""
    return _cache.pack(compiled, compiled.template, without="template")


def unpack(data: bytes) -> Compiled:
    """Return the compiled layout of `pack`; raises ValueError for a file that is not whole."""
    plan, template = _cache.unpack(data, _PLANS)
    return Compiled(template=template, **plan)
