"""Canonical hashes: the same value has the same fingerprint on every machine and in every process.

A value becomes JSON with sorted keys, no white space and its class names (so that a Para and a Note of equal fields
differ), and that becomes SHA-256. Numbers other than integers are refused: their spelling is not the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: object) -> Any:
    """Return `value` as JSON types; dataclasses carry their class name under `$`. Raises TypeError for the rest."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, bytes):
        return {"$": "bytes", "sha256": hashlib.sha256(value).hexdigest()}
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"$": type(value).__name__, **named}
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a fingerprint needs text as keys")
        return {key: plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no fingerprint")


def canonical(value: object) -> bytes:
    """Return the canonical JSON (UTF-8) of a value."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
