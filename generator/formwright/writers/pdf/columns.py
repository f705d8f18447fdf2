"""How wide the columns of a grid are, how high blocks are, and what may break: all by estimate, in points.

WeasyPrint lays out what is decided here. Column weights come from the layout; no column gets narrower than the
longest word of its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeGuard

from formwright.layout import (
    Area,
    Block,
    Cell,
    Column,
    Control,
    Field,
    Grid,
    Group,
    Line,
    List,
    ManyOf,
    OneOf,
    Row,
    Run,
)

NO_BREAK: Final = "\u00a0"
_SHORT: Final = re.compile(r"(?<!\S)([^\s/]{1,2}) ")
_SLASH: Final = re.compile(r" (?=/(?:\s|$))")
COLUMN: Final = 504.0
GUTTER: Final = 36.0
NUMBERS: Final = 24.0
"""Width of the column of row numbers, which hangs in the gutter."""
CHARACTER: Final = 5.3
"""Mean advance of a character at 9 pt semibold; the columns' least widths rest on it."""
PLAIN: Final = 4.9
"""The same of 9 pt regular."""
TICK: Final = 17.0
"""Width of a tick and the gap to its words."""
_IN_LINE: Final = 85
"""Characters that stand in one line of 10 pt beside a tick, in the room of an item."""
KEPT: Final = 460.0
"""A group higher than this is not kept whole, whatever it asks: the page has 630."""
LOW: Final = 130.0
"""A grid, or a question with several parts, that is no higher than this is kept whole."""
TALL: Final = 330.0
"""Options that stand higher than this, about half a page, may break between them."""
EDGE: Final = 0.6
"""Width of the edges between the cells of a grid to write in."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One cell as the template wants it; `room` is the width of its content."""

    parts: Cell
    classes: str
    room: float


@dataclass(frozen=True, slots=True)
class LineView:
    """One row of a grid with its cells."""

    row: Row
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """A grid as the template wants it: which extra columns it has, and how wide all are."""

    classes: str
    width: float
    widths: tuple[float, ...]
    gutter: bool
    lettered: bool
    heads: bool
    headed: bool
    head_room: float
    rows: tuple[LineView, ...]
    splits: bool = False


def fact_widths(group: Group) -> list[tuple[Block, float]]:
    """Share the column among the facts: by their widths if they have any, else the first (a name) has more."""
    count = len(group.blocks)
    weights = [float(node.control.width) if isinstance(node, Field) else 12.0 for node in group.blocks]
    if count > 1 and set(weights) == {12.0}:
        weights[0] *= 1.44
    room = COLUMN - 24 * (count - 1)
    return [(node, round(room * weight / sum(weights), 2)) for node, weight in zip(group.blocks, weights, strict=True)]


def head(title: str) -> str:
    """Return a column's head with no break after a word of one or two characters, nor before the last one.

    Before a slash no line breaks in any case (Unicode UAX 14, LB13); here it is said, for what measures the head.
    """
    joined = _SLASH.sub(NO_BREAK, _SHORT.sub(rf"\1{NO_BREAK}", title))
    first, gap, last = joined.rpartition(" ")
    return f"{first}{NO_BREAK}{last}" if gap and " " in first and len(last) < 16 else joined


def last_two(text: str) -> str:
    """Join the last two words by a no-break space, so that no word stands alone on the last line."""
    text = text.rstrip(" ")
    head, gap, tail = text.rpartition(" ")
    long_enough = len(head.split()) >= 2 and len(tail) < 16
    return f"{head}{NO_BREAK}{tail}" if gap and long_enough else text


def _longest(words: str) -> int:
    """Return the characters of the longest part of `words` that does not break."""
    return max(map(len, words.split(" ")), default=0)


def _least(column: Column, cells: Iterable[Cell]) -> float:
    """Return the width under which the longest part of a column's head, or of its options, would not fit."""
    words = max((_longest(label) for cell in cells for part in cell for label in _labels(part)), default=0)
    ticks = words * CHARACTER + TICK + 9 if words else 0.0
    return max(_longest(head(column.title)) * CHARACTER + 9, ticks, 30.0 if column.tick else 40.0)


def _ticked(part: Control | Run) -> TypeGuard[OneOf | ManyOf]:
    """Say whether the options of a control are printed, each beside a tick."""
    return isinstance(part, ManyOf) or (isinstance(part, OneOf) and part.style != "list")


def _labels(part: Control | Run) -> tuple[str, ...]:
    """Return the words that stand beside the ticks of a control in a cell."""
    return tuple(option.label for option in part.options) if _ticked(part) else ()


def wraps(control: OneOf | ManyOf, room: float) -> bool:
    """Say whether the words of an option are wider than the room, so that they must wrap beside their tick."""
    return any(len(label) * PLAIN + TICK > room for label in _labels(control))


def _head_width(grid: Grid, room: float) -> float:
    """Return the width of the row heads, with the ticks under them: that of the longest, at most about a quarter of
    the grid if words allow."""
    heads = (grid.row_title, *(row.head for row in grid.rows))
    under = {last_two(tick.label) for row in grid.rows for tick in row.under}
    widest = max((*(len(head) * CHARACTER for head in heads), *(len(label) * PLAIN + TICK for label in under)))
    words = [len(word) * CHARACTER for head in heads for word in head.split()]
    least = max((*words, *(_longest(label) * CHARACTER + TICK for label in under)), default=0.0)
    return max(min(widest + 12, room * 0.23), least + 12)


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


def _row_height(row: Row) -> float:
    """Return about how high a row is, by its deepest cell."""
    deepest = 20.0
    for cell in row.cells:
        deepest = max(deepest, sum(20.0 * part.lines if isinstance(part, Area) else 20.0 for part in cell))
    return deepest + 3


def height(node: object) -> float:
    """Return about how high a block is; wording counts two lines a paragraph."""
    if isinstance(node, Group):
        inside = [height(block) for block in node.blocks]
        return 40.0 + (max(inside, default=0.0) if node.role == "row" else sum(inside))
    if isinstance(node, Grid):
        return 40.0 + sum(map(_row_height, node.rows))
    if isinstance(node, List):
        return 28.0 * len(node.entries)
    if not isinstance(node, Field):
        return 36.0
    control = node.control
    if isinstance(control, (OneOf, ManyOf)) and control.stacked:
        return _stack(control) + 18
    return 14.0 * control.lines + 24 if isinstance(control, Area) else 46.0


def _stack(control: OneOf | ManyOf) -> float:
    """Return about how high stacked options are, one below the other."""
    return sum(4 + 14.0 * (1 + len(option.label) // _IN_LINE) for option in control.options)


def tall(control: Control) -> bool:
    """Say whether options stand so high that they may break between them."""
    return _ticked(control) and control.stacked and _stack(control) > TALL


def breakable(group: Group) -> bool:
    """Say whether a group may break: it asks for it, or is not low and has parts or many rows to break between."""
    if group.long or not group.keep or height(group) > KEPT:
        return True
    parts = sum(isinstance(block, Group) and block.role in {"part", "follow"} for block in group.blocks)
    several = parts > 1 or (parts == 1 and len(group.blocks) > 1 and group.role == "item")
    return (several and height(group) > LOW) or any(_holds_rows(block) for block in group.blocks)


def _holds_rows(block: Block) -> bool:
    """Say whether a block is or holds a grid that may break between its rows."""
    if isinstance(block, Group):
        return any(map(_holds_rows, block.blocks))
    return isinstance(block, Grid) and splits(block)


def splits(grid: Grid) -> bool:
    """Say whether a grid may break between rows: two stay together at either end, and a low one is kept whole."""
    return len(grid.rows) > 3 and sum(map(_row_height, grid.rows)) > LOW


def _answer_width(grid: Grid) -> float:
    """Return the width that the options of a grid of lines need at the right edge."""
    widest = 0.0
    for row in grid.rows:
        for part in row.cells[-1] if row.cells else ():
            if isinstance(part, (OneOf, ManyOf)):
                widest = max(widest, sum(35 + len(option.label) * 5.5 for option in part.options))
    return max(widest, 60.0)


def grid_view(grid: Grid, room: float) -> GridView:
    """Return what the template needs of a grid in a room of that width."""
    return _lines_view(grid, room) if grid.role == "lines" else _table_view(grid, room)


def _lines_view(grid: Grid, room: float) -> GridView:
    lettered = any(row.number for row in grid.rows)
    answer = _answer_width(grid)
    first = 18.0 if lettered else 0.0
    widths = (first, room - first - answer, answer) if lettered else (room - answer, answer)
    rows = tuple(
        LineView(row=row, places=tuple(PlaceView(parts=cell, classes="answer", room=answer) for cell in row.cells))
        for row in grid.rows
    )
    return GridView("lines", room, widths, False, lettered, True, False, widths[-2], rows, splits(grid))


def _table_view(grid: Grid, room: float) -> GridView:
    heads = bool(grid.row_title) or any(row.head or row.under for row in grid.rows)
    gutter = grid.role != "read" and any(row.number for row in grid.rows)
    hangs = room == COLUMN - GUTTER
    inner = room if hangs or not gutter else room - NUMBERS - EDGE
    widths = _widths(grid, inner, heads)
    cells = widths[1:] if heads else widths
    return GridView(
        classes=_classes(grid, gutter and hangs),
        width=inner + NUMBERS + EDGE if gutter else inner,
        widths=(NUMBERS, *widths) if gutter else tuple(widths),
        gutter=gutter,
        lettered=False,
        heads=heads,
        headed=any(column.title for column in grid.columns),
        head_room=widths[0] - 10,
        rows=tuple(LineView(row=row, places=tuple(_places(grid, row, cells))) for row in grid.rows),
        splits=splits(grid),
    )


def _widths(grid: Grid, room: float, heads: bool) -> list[float]:
    """Share the room between the edges of a table among its columns, the row heads first where there are `heads`."""
    weights = [float(column.width) for column in grid.columns]
    cells = [[row.cells[place] for row in grid.rows] for place in range(len(grid.columns))]
    least = [_least(column, below) for column, below in zip(grid.columns, cells, strict=True)]
    if heads:
        weights.insert(0, 0.01)
        least.insert(0, _head_width(grid, room))
    edges = 0.0 if grid.role == "read" else EDGE * (len(weights) + 1)
    return shared(room - edges, weights, least)


def _classes(grid: Grid, hanging: bool) -> str:
    """Return the classes of a table; `hanging`: its row numbers hang in the gutter."""
    deep = any(isinstance(part, Area) for row in grid.rows for cell in row.cells for part in cell)
    sort = "read" if grid.role == "read" else "write"
    return " ".join(filter(None, (sort, grid.role, "rows" if hanging else "", "deep" if deep else "")))


def _places(grid: Grid, row: Row, widths: list[float]) -> Iterator[PlaceView]:
    for column, parts, width in zip(grid.columns, row.cells, widths, strict=True):
        names = []
        if not parts:
            names.append("off")
        elif all(isinstance(part, Run) for part in parts):
            names.append("text")
        elif column.tick:
            names.append("c")
        elif all(isinstance(part, Line) or (isinstance(part, OneOf) and part.style == "list") for part in parts):
            names.append("one")
        if width < 52:
            names.append("tight")
        yield PlaceView(parts=parts, classes=" ".join(names), room=width - 6)
