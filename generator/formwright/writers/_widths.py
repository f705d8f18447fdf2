"""How wide the columns of a grid and the facts of page 1 are, in points, by weight and by their longest words."""

from __future__ import annotations

from typing import Final

from formwright.layout import Block, Field, Grid, Group
from formwright.writers._wording import head

TEXT: Final = 504.0
"""Width of the text, of which the facts have all."""
CHARACTER: Final = 5.3
"""Mean advance of a character at 9 pt semibold; the columns' least widths rest on it."""


def fact_widths(group: Group) -> list[tuple[Block, float]]:
    """Share the column among the facts: by their widths if they have any, else the first (a name) has more."""
    count = len(group.blocks)
    weights = [float(node.control.width) if isinstance(node, Field) else 12.0 for node in group.blocks]
    if count > 1 and set(weights) == {12.0}:
        weights[0] *= 1.44
    room = TEXT - 24 * (count - 1)
    return [(node, round(room * weight / sum(weights), 2)) for node, weight in zip(group.blocks, weights, strict=True)]


def least(title: str, tick: bool) -> float:
    """Return the width under which the longest part of a column's head that does not break would not fit."""
    longest = max(map(len, head(title).split(" ")), default=0)
    return max(longest * CHARACTER + 9, 30.0 if tick else 40.0)


def head_width(grid: Grid, room: float) -> float:
    """Return the width of the row heads: that of the longest, at most about a quarter of the grid if words allow; of a
    table of facts, whose columns have no titles, two fifths."""
    most = 0.23 if grid.role != "read" or any(column.title for column in grid.columns) else 0.4
    heads = (grid.row_title, *(row.head for row in grid.rows))
    longest = max(map(len, heads), default=0)
    word = max((len(word) for head in heads for word in head.split()), default=0)
    return max(min(longest * CHARACTER + 12, room * most), word * CHARACTER + 12)


def shared(room: float, weights: list[float], least: list[float]) -> list[float]:
    """Share `room` by weight, no column narrower than its least; if they ask for more than there is, by need."""
    if sum(least) >= room:
        return [round(room * need / sum(least), 2) for need in least]
    fixed: set[int] = set()
    while True:
        left = room - sum(least[place] for place in fixed)
        total = sum(weight for place, weight in enumerate(weights) if place not in fixed)
        short = {
            place for place, weight in enumerate(weights) if place not in fixed and left * weight / total < least[place]
        }
        if not short:
            break
        fixed |= short
    return [round(least[place] if place in fixed else left * weight / total, 2) for place, weight in enumerate(weights)]
