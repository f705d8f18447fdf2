"""How wide the columns of a grid and the facts of page 1 are, in points, by weight and by their longest words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeGuard

from formwright.layout import Block, Cell, Column, Control, Field, Grid, Group, ManyOf, Mark, OneOf, Run
from formwright.writers._wording import head, last_two

TEXT: Final = 504.0
"""Width of the text, of which the facts have all."""
CHARACTER: Final = 5.3
"""Mean advance of a character at 9 pt semibold; the columns' least widths rest on it."""
PLAIN: Final = 4.9
"""The same of 9 pt regular."""
TICK: Final = 17.0
"""Width of a tick and the gap to its words."""


def fact_widths(group: Group) -> list[tuple[Block, float]]:
    """Share the column among the facts: by their widths if they have any, else the first (a name) has more."""
    count = len(group.blocks)
    weights = [float(node.control.width) if isinstance(node, Field) else 12.0 for node in group.blocks]
    if count > 1 and set(weights) == {12.0}:
        weights[0] *= 1.44
    room = TEXT - 24 * (count - 1)
    return [(node, round(room * weight / sum(weights), 2)) for node, weight in zip(group.blocks, weights, strict=True)]


def _longest(words: str) -> int:
    """Return the characters of the longest part of `words` that does not break."""
    return max(map(len, words.split(" ")), default=0)


def least(column: Column, cells: Iterable[Cell]) -> float:
    """Return the width under which the longest part of a column's head, or of its options, would not fit."""
    words = max((_longest(label) for cell in cells for part in cell for label in _labels(part)), default=0)
    ticks = words * CHARACTER + TICK + 9 if words else 0.0
    return max(_longest(head(column.title)) * CHARACTER + 9, ticks, 30.0 if column.tick else 40.0)


def ticked(part: Control | Run | Mark) -> TypeGuard[OneOf | ManyOf]:
    """Say whether the options of a control are printed, each beside a tick."""
    return isinstance(part, ManyOf) or (isinstance(part, OneOf) and part.style != "list")


def _labels(part: Control | Run | Mark) -> tuple[str, ...]:
    """Return the words that stand beside the ticks of a control in a cell."""
    return tuple(option.label for option in part.options) if ticked(part) else ()


def wraps(control: OneOf | ManyOf, room: float) -> bool:
    """Say whether the words of an option are wider than the room, so that they must wrap beside their tick."""
    return any(len(label) * PLAIN + TICK > room for label in _labels(control))


def head_width(grid: Grid, room: float) -> float:
    """Return the width of the row heads, with the ticks under them: that of the longest, at most about a quarter of
    the grid if words allow."""
    heads = (grid.row_title, *(row.head for row in grid.rows))
    under = {last_two(tick.label) for row in grid.rows for tick in row.under}
    widest = max((*(len(head) * CHARACTER for head in heads), *(len(label) * PLAIN + TICK for label in under)))
    words = [len(word) * CHARACTER for head in heads for word in head.split()]
    narrowest = max((*words, *(_longest(label) * CHARACTER + TICK for label in under)), default=0.0)
    return max(min(widest + 12, room * 0.23), narrowest + 12)


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
