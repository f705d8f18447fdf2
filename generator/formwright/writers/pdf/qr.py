"""The code of a page as vectors for a form XObject of BBox [0 0 33 33].

Its modules are sums of the token's bits (`_qr`): 19 exclusive-ors make a symbol. What is drawn follows from the bits,
too: eight data modules at a time have one of 256 pictures, made beforehand.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from formwright.writers._qr import ALPHABET, LENGTH, QUIET, SIDE, Matrix, padded, symbols

_BAND: Final = 8


def content(token: str) -> bytes:
    """Return the content stream that draws `token`, filled with spaces to 38 characters.

    Raises ValueError for a longer token, or one with other characters than those of `ALPHABET`.
    """
    constant, pairs, fixed, pictures = _tables()
    text, bits = padded(token), constant
    for table, start in zip(pairs, range(0, LENGTH, 2), strict=True):
        bits ^= table[text[start : start + 2]]
    drawn = [picture[band] for picture, band in zip(pictures, bits.to_bytes(len(pictures), "big"), strict=True)]
    return fixed % b"".join(drawn)


_Tables = tuple[int, tuple[dict[str, int], ...], bytes, tuple[tuple[bytes, ...], ...]]


@cache
def _tables() -> _Tables:
    """Return the constant, a table for each pair of characters, the frame, and the pictures of each eight modules."""
    zero, units = symbols()
    data = _changing(zero, [unit for row in units for unit in row])
    constant = _pack(zero, data)
    pairs = tuple(_pair_table([_pack(unit, data) ^ constant for unit in row]) for row in units)
    moving = set(data)
    still = [(x, y) for y in range(SIDE) for x in range(SIDE) if zero[y][x] and (x, y) not in moving]
    frame = b"0 g\n" + _path(_stacked(_runs(still))) + b"%bf"
    bands = (data[start : start + _BAND] for start in range(0, len(data), _BAND))
    return constant, pairs, frame, tuple(_pictures(band) for band in bands)


def _changing(zero: Matrix, units: list[Matrix]) -> list[tuple[int, int]]:
    """Return the modules that depend on the text, row by row."""
    cells = ((x, y) for y in range(SIDE) for x in range(SIDE))
    return [(x, y) for x, y in cells if any(unit[y][x] != zero[y][x] for unit in units)]


def _pack(matrix: Matrix, cells: list[tuple[int, int]]) -> int:
    """Return the modules as one number, the first highest, filled with zeros at its end to whole bands."""
    bits = 0
    for x, y in cells:
        bits = bits << 1 | matrix[y][x]
    return bits << -len(cells) % _BAND


def _pair_table(units: list[int]) -> dict[str, int]:
    """Return the number of every pair of characters, from those of its single bits."""
    sums = [0]
    for unit in units:
        sums += [unit ^ other for other in sums]
    return {first + second: sums[45 * i + j] for i, first in enumerate(ALPHABET) for j, second in enumerate(ALPHABET)}


def _pictures(band: list[tuple[int, int]]) -> tuple[bytes, ...]:
    """Return what draws a band of modules, for each of its 256 values."""
    return tuple(
        _path(_runs([cell for place, cell in enumerate(band) if value >> (_BAND - 1 - place) & 1]))
        for value in range(1 << _BAND)
    )


_Rectangle = tuple[int, int, int, int]
"""x and y of the top left module, from the top left of the symbol; width and height."""


def _runs(cells: list[tuple[int, int]]) -> list[_Rectangle]:
    """Return dark modules that stand side by side as one rectangle each; `cells` come row by row."""
    runs: list[_Rectangle] = []
    for x, y in cells:
        if runs and runs[-1][1] == y and runs[-1][0] + runs[-1][2] == x:
            left, _, width, _ = runs.pop()
            runs.append((left, y, width + 1, 1))
        else:
            runs.append((x, y, 1, 1))
    return runs


def _stacked(runs: list[_Rectangle]) -> list[_Rectangle]:
    """Return runs of the same width that stand one on the other as one rectangle each."""
    stacks: dict[tuple[int, int, int], _Rectangle] = {}
    for x, y, width, _ in runs:
        above = stacks.pop((x, width, y), (x, y, width, 0))
        stacks[x, width, y + 1] = (*above[:3], above[3] + 1)
    return list(stacks.values())


def _path(rectangles: list[_Rectangle]) -> bytes:
    """Return the rectangles as operators; PDF counts y from the bottom of the box."""
    bottom = QUIET + SIDE
    return b"".join([b"%d %d %d %d re\n" % (x + QUIET, bottom - y - h, w, h) for x, y, w, h in rectangles])
