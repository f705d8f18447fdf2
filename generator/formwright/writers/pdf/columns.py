"""How wide the columns of a grid are, how high blocks are, and what may break: all by estimate, in points.

WeasyPrint lays out what is decided here. Column weights come from the layout; no column gets narrower than the
longest word of its head.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from formwright.layout import Area, Block, Cell, Control, Field, Grid, Group, Line, List, ManyOf, OneOf, Row, Run
from formwright.writers._widths import head_width, least, shared, ticked

COLUMN: Final = 504.0
GUTTER: Final = 36.0
NUMBERS: Final = 24.0
"""Width of the column of row numbers, which hangs in the gutter."""
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
    return ticked(control) and control.stacked and _stack(control) > TALL


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
    narrowest = [least(column, below) for column, below in zip(grid.columns, cells, strict=True)]
    if heads:
        weights.insert(0, 0.01)
        narrowest.insert(0, head_width(grid, room))
    edges = 0.0 if grid.role == "read" else EDGE * (len(weights) + 1)
    return shared(room - edges, weights, narrowest)


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
