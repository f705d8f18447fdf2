"""Compiled layouts on disk, whatever the format: a cache that can be thrown away at any time.

An entry is named by a hash over everything that it depends on, so it is never out of date; it is written whole or not
at all, and a damaged one is made anew. One file holds the SHA-256 of the rest, the plan as JSON, and bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")
_END: Final = b"\n"
_KEPT: Final = (".py", ".css", ".jinja", ".ttf", ".otf", ".docx")


def cached(path: Path, make: Callable[[], T], pack: Callable[[T], bytes], unpack: Callable[[bytes], T]) -> T:
    """Return what the file holds if it is there and whole, else what `make` makes, which is put there."""
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError):
        made = make()
        _write(path, pack(made))
        return made


def digests(folder: Traversable, label: str) -> Iterator[tuple[str, str]]:
    """Yield `label/name` and SHA-256 of the sources in a folder, in the order of their names."""
    files = (file for file in folder.iterdir() if file.name.endswith(_KEPT))
    for file in sorted(files, key=lambda file: file.name):
        yield f"{label}/{file.name}", digest(file)


def digest(file: Traversable) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


# ---- the file -----------------------------------------------------------------------------------


def pack(plan: Any, data: bytes, *, without: str = "") -> bytes:
    """Return a plan (a dataclass, but for the field `without`) and bytes as one file."""
    known = {field.name: _json(getattr(plan, field.name)) for field in fields(plan) if field.name != without}
    body = json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode() + _END + data
    return hashlib.sha256(body).hexdigest().encode() + _END + body


def unpack(data: bytes, kinds: Mapping[str, type]) -> tuple[dict[str, Any], bytes]:
    """Return the fields of the plan and the bytes of `pack`; `kinds` says which class is under a field's name. Raises
    ValueError for a file that is not whole."""
    digest, _, body = data.partition(_END)
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("a damaged entry of the cache")
    plan, _, rest = body.partition(_END)
    return {name: _value(name, value, kinds) for name, value in json.loads(plan).items()}, rest


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    if is_dataclass(value):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    return value


def _value(name: str, value: Any, kinds: Mapping[str, type]) -> Any:
    if isinstance(value, list):
        return tuple(_value(name, part, kinds) if name in kinds else _value("", part, kinds) for part in value)
    if isinstance(value, dict) and name in kinds:
        return kinds[name](**{key: _value(key, part, kinds) for key, part in value.items()})
    return base64.b64decode(value["b"]) if isinstance(value, dict) else value


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
