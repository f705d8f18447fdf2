"""Compiled Word files on disk (`_cache`): what an entry depends on, and how it is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from formwright import resources
from formwright.fingerprint import fingerprint
from formwright.layout import Layout
from formwright.writers import _cache
from formwright.writers.docx.plan import Compiled, Cut, FieldPlan, Fixed, Slot

_PACKAGES: Final = ("python-docx", "docxtpl", "lxml", "weasyprint", "pypdfium2")
_PLANS: Final[dict[str, type]] = {"fixed": Fixed, "main": Cut, "cut": Cut, "slots": Slot, "fields": FieldPlan}


def cached(layout: Layout, folder: Path) -> Compiled:
    """Return `compile(layout)`, from the folder if it is there and whole, else made and put there."""
    return _cache.cached(folder / f"{key(layout)}.compiled", lambda: _compile(layout), pack, unpack)


def _compile(layout: Layout) -> Compiled:
    from formwright.writers.docx.compile import compile  # python-docx is slow to load, and seldom needed

    return compile(layout)


def key(layout: Layout) -> str:
    """Return the hash over a layout, our fonts and code, and the versions of what we use."""
    return fingerprint({"docx": layout, "ground": dict(ground())})


@cache
def ground() -> Mapping[str, str]:
    """Return file -> SHA-256 and package -> version, of all that compiling uses."""
    return MappingProxyType({**dict(_sources()), **{name: version(name) for name in _PACKAGES}})


def _sources() -> Iterator[tuple[str, str]]:
    code = files("formwright")
    yield from _cache.digests(resources.entry("templates/assets/fonts"), "fonts")
    yield from _cache.digests(resources.entry("templates/docx"), "shells")
    yield from _cache.digests(code / "writers", "writers")
    yield from _cache.digests(code / "writers" / "docx", "docx")
    for module in ("layout.py", "ids.py", "resources.py", "fingerprint.py"):
        yield module, _cache.digest(code / module)


def pack(compiled: Compiled) -> bytes:
    """Return a compiled layout as one file: hash, one line of JSON."""
    return _cache.pack(compiled, b"")


def unpack(data: bytes) -> Compiled:
    """Return the compiled layout of `pack`; raises ValueError for a file that is not whole."""
    plan, _ = _cache.unpack(data, _PLANS)
    return Compiled(**plan)
