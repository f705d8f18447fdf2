"""What the bytes of a compiled layout depend on beside the layout: our templates, fonts and code, and the versions of
the packages and libraries that draw. Found out once for each process; nothing that draws is imported for it."""

from __future__ import annotations

import ctypes
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from formwright import resources
from formwright.writers import _cache

_PACKAGES: Final = (
    "weasyprint",
    "cssselect2",
    "tinycss2",
    "tinyhtml5",
    "pydyf",
    "pyphen",
    "pillow",
    "fonttools",
    "uharfbuzz",
    "pikepdf",
    "jinja2",
)
_LIBRARIES: Final = (
    ("pango", "libpango-1.0.so.0", "pango_version_string"),
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
)
"""Those that WeasyPrint lays out and shapes with, and what tells their versions."""
_MODULES: Final = ("layout.py", "ids.py", "resources.py", "fingerprint.py")
"""What `writers/pdf` uses of ours, beside itself."""


@cache
def ground() -> Mapping[str, str]:
    """Return file -> SHA-256 and program -> version, of all that compiling uses."""
    return MappingProxyType({**dict(sources()), **dict(_versions())})


def sources() -> Iterator[tuple[str, str]]:
    """Yield each of our files with its SHA-256."""
    code = files("formwright")
    for name, place in (
        ("html", resources.entry("templates/html")),
        ("fonts", resources.entry("templates/assets/fonts")),
        ("writers", code / "writers"),
        ("pdf", code / "writers" / "pdf"),
    ):
        yield from _cache.digests(place, name)
    for module in _MODULES:
        yield module, _cache.digest(code / module)


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", f"{sys.version_info.major}.{sys.version_info.minor}"
    yield "zlib", zlib.ZLIB_RUNTIME_VERSION
    for name in _PACKAGES:
        yield name, package(name)
    for name, file, told_by in _LIBRARIES:
        yield name, library(file, told_by)


def package(name: str) -> str:
    """Return the version of an installed package, "" for one that is not there.

    Only the line is looked for: `importlib.metadata.version` parses the whole file, five times as long.
    """
    try:
        found = re.search(r"^Version: (\S+)", distribution(name).read_text("METADATA") or "", re.MULTILINE)
    except PackageNotFoundError:
        return ""
    return found[1] if found else ""


def library(file: str, told_by: str) -> str:
    """Return what a shared library's function says its version is, "" for one that is not there."""
    try:
        say = getattr(ctypes.CDLL(file), told_by)
    except (OSError, AttributeError):
        return ""
    say.restype = ctypes.c_char_p
    said: bytes = say()
    return said.decode("ascii")
