"""The code of a token: QR version 2, level M, always the same mask, as the bits of its modules.

With version, level, mask and mode fixed, each module of a symbol is a sum over GF(2) of the text's bits and a constant
(ISO/IEC 18004: placement, Reed-Solomon code and mask are all affine). So segno makes one symbol for each of the 209
bits of 19 pairs of characters, once in a process; every other symbol is a sum of these.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import segno

LENGTH: Final = 38
QUIET: Final = 4
"""Modules of white on every side (ISO/IEC 18004, 5.3.8)."""
SIDE: Final = 25
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PAIRS: Final = LENGTH // 2
BITS: Final = 11
"""Bits of a pair of characters (ISO/IEC 18004, 7.4.4)."""
_MASK: Final = 3
_ALLOWED: Final = frozenset(ALPHABET)

Matrix = tuple[bytes, ...]
"""Rows of a symbol, a byte for each module: 1 is dark."""


def symbol(text: str) -> Matrix:
    """Return segno's symbol of a text of 38 characters: 25 rows of 25 bytes, 1 is dark."""
    made = segno.make(text, mode="alphanumeric", version=2, error="m", mask=_MASK, boost_error=False, micro=False)
    return tuple(bytes(row) for row in made.matrix)


@cache
def symbols() -> tuple[Matrix, tuple[tuple[Matrix, ...], ...]]:
    """Return the symbol of 38 zeros, and for each pair of characters those of zeros with one bit of it set."""
    zero = symbol("0" * LENGTH)
    units = tuple(tuple(symbol(_with_pair(pair, 1 << bit)) for bit in range(BITS)) for pair in range(PAIRS))
    return zero, units


def _with_pair(pair: int, value: int) -> str:
    """Return 38 zeros but for one pair, whose 11 bits are `value`."""
    two = ALPHABET[value // 45] + ALPHABET[value % 45]
    return "0" * (2 * pair) + two + "0" * (LENGTH - 2 * pair - 2)


def padded(token: str) -> str:
    """Return a token filled with spaces to 38 characters. Raises ValueError for one that no symbol can hold."""
    text = token.ljust(LENGTH)
    if len(text) != LENGTH:
        raise ValueError(f"the token {token!r} has {len(token)} characters, {LENGTH} are allowed")
    if not _ALLOWED.issuperset(text):
        raise ValueError(f"the token {token!r} has characters that are not allowed in it")
    return text
