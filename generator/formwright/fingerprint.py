"""Canonical hashes: the same value has the same fingerprint on every machine and in every process.

A value becomes JSON with sorted keys, no white space and its class names (so that a Para and a Note of equal fields
differ), and that becomes SHA-256. Numbers other than integers are refused: their spelling is not the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final

_ATOMS: Final = frozenset({str, int, bool, type(None)})
"""Most of any value; told by their type alone, without a call."""


def plain(value: object) -> Any:
    """Return `value` as JSON types; dataclasses carry their class name under `$`. Raises TypeError for the rest."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [part if type(part) in _ATOMS else plain(part) for part in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a fingerprint needs text as keys")
        return {key: part if type(part) in _ATOMS else plain(part) for key, part in value.items()}
    if isinstance(value, bytes):
        return {"$": "bytes", "sha256": hashlib.sha256(value).hexdigest()}
    kind: Any = type(value)
    made: dict[str, Any] = {"$": kind.__name__}
    for name in _fields(kind):
        part = getattr(value, name)
        made[name] = part if type(part) in _ATOMS else plain(part)
    return made


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """Return the names of a dataclass's fields. Raises TypeError for any other class."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no fingerprint")
    return tuple(field.name for field in fields(kind))


def canonical(value: object) -> bytes:
    """Return the canonical JSON (UTF-8) of a value."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def of_parts(parts: Iterable[bytes]) -> str:
    """Return a hash over bytes, one part after the other, in 32 hexadecimal digits (BLAKE2b)."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(part)
    return whole.hexdigest()


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
