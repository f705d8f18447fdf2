"""The code of an issue as a picture: PNG of one bit, four pixels a module, with its quiet zone.

The pixels are sums over GF(2) of the token's bits, as the modules are (`_qr`): a picture takes some exclusive-ors and
one small compression.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import Final

from formwright.writers._qr import ALPHABET, QUIET, SIDE, Matrix, padded, symbols

SCALE: Final = 4
PIXELS: Final = (SIDE + 2 * QUIET) * SCALE
_ROW: Final = (PIXELS + 7) // 8
_SIGN: Final = b"\x89PNG\r\n\x1a\n"
_SAME: Final = (b"\x02" + bytes(_ROW)) * (SCALE - 1)
"""Rows that differ in nothing from the one above them (PNG 9.2: filter Up)."""
_VALUES: Final = {char: place for place, char in enumerate(ALPHABET)}


def png(token: str) -> bytes:
    """Return the picture of a token. Raises ValueError for one that no symbol can hold."""
    text = padded(token)
    bits, units = _pictures()
    for pair in range(0, len(text), 2):
        value = 45 * _VALUES[text[pair]] + _VALUES[text[pair + 1]]
        for unit in units[pair // 2]:
            if value & 1:
                bits ^= unit
            value >>= 1
    packed = bits.to_bytes(_ROW * (SIDE + 2 * QUIET), "big")
    rows = (b"\x00" + packed[start : start + _ROW] + _SAME for start in range(0, len(packed), _ROW))
    data = zlib.compress(b"".join(rows), 1)
    head = struct.pack(">IIBBBBB", PIXELS, PIXELS, 1, 0, 0, 0, 0)
    return b"".join((_SIGN, _chunk(b"IHDR", head), _chunk(b"IDAT", data), _chunk(b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def _pictures() -> tuple[int, tuple[tuple[int, ...], ...]]:
    """Return the pixels of 38 zeros, white is 1, and for each bit of each pair which pixels it turns."""
    zero, units = symbols()
    base = _pixels(zero)
    return base, tuple(tuple(_pixels(unit) ^ base for unit in pair) for pair in units)


def _pixels(matrix: Matrix) -> int:
    """Return one row of pixels for each row of modules, as one number."""
    white = bytes(SIDE + 2 * QUIET)
    rows = [white] * QUIET + [bytes(QUIET) + row + bytes(QUIET) for row in matrix] + [white] * QUIET
    bits = 0
    for row in rows:
        line = "".join("0" * SCALE if module else "1" * SCALE for module in row).ljust(_ROW * 8, "1")
        bits = bits << _ROW * 8 | int(line, 2)
    return bits
