"""The zip file, written by ourselves (APPNOTE 6.3): always the same order and dates, and no part compressed twice.

A part of which little changes is kept as stretches of deflate blocks that end on a whole byte and refer to nothing
outside themselves. Between them go the values, in blocks that are not compressed (RFC 1951 3.2.4): a stamp joins bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from formwright.writers.docx.plan import Fixed

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_VERSION: Final = 20
_UTF8: Final = 0x800
_DATE: Final = 0x21
"""1980-01-01."""
_STORED, _DEFLATED = 0, 8
_LAST_BLOCK: Final = b"\x01\x00\x00\xff\xff"
BEST: Final = 9
_MANY: Final = 2_000
"""Bytes from which a value is worth compressing."""
_HEADS: Final = [b"\x00" + struct.pack("<HH", size, size ^ 0xFFFF) for size in range(_MANY)]
"""What stands before so many bytes that are not compressed."""
QUICK: Final = 1
"""The level of what is compressed for one file alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part in its place: what the directory says of it."""

    name: bytes
    crc: int
    packed: int
    size: int
    method: int


def entry(part: Fixed) -> Entry:
    """Return the entry of a part that never changes."""
    method = _DEFLATED if part.deflated else _STORED
    return Entry(part.name.encode(), part.crc, len(part.data), part.size, method)


def stored(name: str, data: bytes) -> Entry:
    """Return the entry of a part that is not compressed."""
    return Entry(name.encode(), zlib.crc32(data), len(data), len(data), _STORED)


def local(one: Entry) -> bytes:
    """Return what stands before a part's bytes."""
    head = (b"PK\x03\x04", _VERSION, _UTF8, one.method, 0, _DATE, one.crc, one.packed, one.size, len(one.name), 0)
    return _LOCAL.pack(*head) + one.name


def length(one: Entry) -> int:
    """Return how many bytes a part takes with what stands before it."""
    return _LOCAL.size + len(one.name) + one.packed


def central(one: Entry, offset: int) -> bytes:
    """Return a part's line in the directory."""
    head = (b"PK\x01\x02", _VERSION, _VERSION, _UTF8, one.method, 0, _DATE, one.crc, one.packed, one.size)
    return _CENTRAL.pack(*head, len(one.name), 0, 0, 0, 0, 0, offset) + one.name


def end(entries: int, size: int, offset: int) -> bytes:
    """Return the end of the directory, which has `size` bytes from `offset`."""
    return _END.pack(b"PK\x05\x06", 0, 0, entries, entries, size, offset, 0)


# ---- parts of which little changes --------------------------------------------------------------


class Joined:
    """A part as stretches; `join` puts values between them. There is one stretch more than there are values."""

    def __init__(self, name: str, stretches: Iterable[str], level: int = BEST) -> None:
        self._name = name.encode()
        plain = [text.encode() for text in stretches]
        self._plain = _spaced(plain)
        quick = level == QUICK
        packed = [_value(data) if quick else _blocks(data, level) for data in plain]
        self._packed = [*_spaced(packed), _LAST_BLOCK]

    def join(self, values: Iterable[str], out: list[bytes]) -> Entry:
        """Add the deflated bytes of the part with `values` to `out`; return its entry."""
        written = [value.encode() for value in values]
        plain, packed = self._plain.copy(), self._packed.copy()
        plain[1::2] = written
        packed[1:-1:2] = map(_value, written)
        whole, data = b"".join(plain), b"".join(packed)
        one = Entry(self._name, zlib.crc32(whole), len(data), len(whole), _DEFLATED)
        out += (local(one), data)
        return one


def _spaced(parts: list[bytes]) -> list[bytes]:
    """Return parts with room for a value between each two."""
    made = [b""] * (2 * len(parts) - 1)
    made[::2] = parts
    return made


def _value(data: bytes) -> bytes:
    """Return blocks of a few bytes as they are, of many ones quickly compressed."""
    return _HEADS[len(data)] + data if len(data) < _MANY else _blocks(data, QUICK)


def _blocks(data: bytes, level: int) -> bytes:
    """Return deflate blocks, none of them the last, that end on a whole byte."""
    if not data:
        return b""
    press = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return press.compress(data) + press.flush(zlib.Z_SYNC_FLUSH)
