"""Compiled layouts on disk: a cache that can be thrown away at any time.

An entry is named by a hash over everything that it depends on, so it is never out of date; it is written whole or not
at all, and a damaged one is made anew. One file holds the SHA-256 of the rest, the plan as JSON, and the template.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Final

from formwright.fingerprint import fingerprint
from formwright.layout import Layout
from formwright.writers.pdf import faces, versions
from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled, FieldPlan, PagePlan, SheetPlan, Widget

_PLANS: Final[dict[str, type]] = {"fields": FieldPlan, "pages": PagePlan, "sheets": SheetPlan, "widgets": Widget}
_HOLDS: Final = frozenset({list, dict})
_END: Final = b"\n"


def cached(layout: Layout, sheets: int, folder: Path, fonts: Fonts | None = None, known_as: str = "") -> Compiled:
    """Return `compile(layout, sheets, fonts)`, from the folder if it is there and whole, else made and put there.

    known_as: the layout's fingerprint, where it is at hand.
    """
    path = folder / f"{key(layout, sheets, fonts, known_as)}.compiled"
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError):
        compiled = compile(layout, sheets, fonts)
        _write(path, pack(compiled))
        return compiled


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
    plan = {field.name: _json(getattr(compiled, field.name)) for field in fields(compiled) if field.name != "template"}
    body = json.dumps(plan, ensure_ascii=False, separators=(",", ":")).encode() + _END + compiled.template
    return hashlib.sha256(body).hexdigest().encode() + _END + body


def unpack(data: bytes) -> Compiled:
    """Return the compiled layout of `pack`; raises ValueError for a file that is not whole."""
    digest, _, body = data.partition(_END)
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("a damaged entry of the cache")
    plan, _, template = body.partition(_END)
    known: dict[str, Any] = json.loads(plan)
    return Compiled(template=template, **{name: _value(name, value) for name, value in known.items()})


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    return value


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        if plan := _PLANS.get(name):
            return tuple(_made(plan, part) for part in value)
        return tuple(_value("", part) if type(part) in _HOLDS else part for part in value)
    if isinstance(value, dict):
        return base64.b64decode(value["b"])
    return value


def _made(plan: type, part: dict[str, Any]) -> Any:
    return plan(**{name: _value(name, value) if type(value) in _HOLDS else value for name, value in part.items()})


def _write(path: Path, data: bytes) -> None:
    """Write a file whole: into a temporary one beside it, to the disk, then under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
