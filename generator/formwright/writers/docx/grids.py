"""Grids: tables to write in, matrices, lines of questions, tables to read.

Known rows stand first, as they are; the empty ones of a repeating table stand in a repeating section, to which Word
adds. A copied row copies its tags: so rows have no printed numbers, and a reader goes by what is in the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from formwright.layout import Cell, Control, Grid, ManyOf, Mark, OneOf, Option, Row, Run, Tick, controls
from formwright.writers._widths import head_width, least, shared
from formwright.writers._wording import head, last_two
from formwright.writers.docx.controls import Controls, is_list
from formwright.writers.docx.fields import BOX, HAIRLINE, NONE, RULE, UNDER, At, boxed, choices, edged, height
from formwright.writers.docx.papers import inline
from formwright.writers.docx.styles import TINT
from formwright.writers.docx.wml import PLAIN, Element, Look, cell, paragraph, row, run, table

_ROW: Final = 23.0
LOW: Final = 180.0
"""A table whose rows are no higher than this stays on one page."""
_LETTER: Final = 16.0
_CHARACTER: Final = 5.5
"""Mean advance of a character at 10 pt."""
_CENTERED: Final = Look(centered=True)
_AS_IS: Final = Look(left=0)
_READ_HEAD: Final = Look(right=8)
_READ: Final = Look(before=4, after=4)
_MARK: Final = Look(before=4, after=4, centered=True)


def grid(made: Controls, node: Grid, at: At) -> Element:
    """Return the table of a grid."""
    return _lines(made, node, at) if node.role == "lines" else _table(made, node, at)


# ---- to write in, to read -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """A grid, the place where it stands, whether its rows have heads, and the widths of its columns."""

    node: Grid
    at: At
    heads: bool
    widths: tuple[float, ...]

    @property
    def columns(self) -> tuple[float, ...]:
        """The widths without that of the row heads."""
        return self.widths[1:] if self.heads else self.widths


def _view(node: Grid, at: At) -> _View:
    heads = bool(node.row_title) or any(one.head or one.under for one in node.rows)
    weights = [float(column.width) for column in node.columns]
    needs = [least(column, ()) for column in node.columns]
    if heads:
        weights.insert(0, 0.01)
        needs.insert(0, head_width(node, at.room))
    return _View(node, at, heads, tuple(shared(at.room, weights, needs)))


def _table(made: Controls, node: Grid, at: At) -> Element:
    view = _view(node, at)
    headed = any(column.title for column in node.columns)
    rows = [_head(view)] if headed else []
    kept = node.known_rows if node.repeating else len(node.rows)
    rows += [_row(made, view, one) for one in node.rows[:kept]]
    if spare := node.rows[kept:]:
        rows.append(made.repeating(_stem(spare[0]), node.name, [_row(made, view, one) for one in spare]))
    style = "FWLines" if node.role == "read" else "FWFields"
    return table(style, view.widths, rows, left=at.left, name=node.name, head=headed, heads=view.heads)


def _stem(spare: Row) -> str:
    """Return the key that the rows of a table have in common."""
    key = next((control.key for control in controls(spare.cells)), spare.id)
    return key.partition(f".{spare.id}")[0]


def _head(view: _View) -> Element:
    node, edges = view.node, RULE if view.node.role == "read" else UNDER
    cells = []
    if view.heads:
        cells.append(cell(view.widths[0], paragraph("FWHead", run(head(node.row_title))), edges=edges, low=True))
    for column, width in zip(node.columns, view.columns, strict=True):
        words = paragraph("FWHead", run(head(column.title)), look=_CENTERED if column.tick else Look())
        cells.append(cell(width, words, edges=edges, low=True))
    return row(edged(cells, view.at), head=True)


def _row(made: Controls, view: _View, one: Row) -> Element:
    edges, tint = HAIRLINE if view.node.role == "read" else BOX, TINT if one.known else ""
    cells = []
    if view.heads:
        look = _READ_HEAD if view.node.role == "read" else PLAIN
        words = paragraph("FWRowHead", run(" ".join(filter(None, (one.number, last_two(one.head))))), look=look)
        under = [_with_words(made, tick) for tick in one.under]
        cells.append(cell(view.widths[0], words, *under, edges=edges, shade=tint))
    for column, width, parts in zip(view.node.columns, view.columns, one.cells, strict=True):
        words_above = column.title or view.at.words
        content = [made_one for part in parts for made_one in _part(made, part, column.tick, words_above)]
        if content:
            known = tint or (TINT if any(isinstance(part, Control) and part.known for part in parts) else "")
            cells.append(cell(width, *content, edges=edges, shade=known))
        else:
            cells.append(cell(width, paragraph("FWField"), edges=NONE))
    return row(edged(cells, view.at), _height(one) if view.node.role != "read" else 0)


def _height(one: Row) -> float:
    return max((height(control) for control in controls(one.cells)), default=_ROW)


def is_low(node: Grid) -> bool:
    """Say whether a table is so low that it stays on one page."""
    return sum(map(_height, node.rows)) <= LOW


def _with_words(made: Controls, control: Control) -> Element:
    """Return a tick under a row's head."""
    (words,) = choices(made, control, At(left=0), Look(left=0, before=0, after=2))
    return words


def _part(made: Controls, part: Control | Run | Mark, tick: bool, words: str) -> list[Element]:
    """Return the paragraphs of one thing in a cell."""
    if isinstance(part, (Run, Mark)):
        return [paragraph("FWRead", *inline((part,)), look=_MARK if isinstance(part, Mark) else _READ)]
    look = Look(centered=tick)
    if isinstance(part, Tick) and not part.label:
        return [paragraph("FWField", made.tick(part, words), look=look)]
    if isinstance(part, (Tick, ManyOf)):
        return choices(made, part, At(left=0, words=words), _AS_IS)
    return [paragraph("FWField", boxed(made, part, words), look=look)]


# ---- lines of questions -------------------------------------------------------------------------


def _lines(made: Controls, node: Grid, at: At) -> Element:
    """Return questions with their ticks at the right, under one head for all options; hairlines only."""
    options = _common(node)
    lettered = any(one.number for one in node.rows)
    rights = [max(44.0, len(option.label) * _CHARACTER + 10) for option in options] or [_right(node)]
    first = [_LETTER] if lettered else []
    widths = [*first, at.room - sum(first) - sum(rights), *rights]
    rows = [_lines_head(widths, options, lettered, at)] if options else []
    for one in node.rows:
        cells = [cell(_LETTER, paragraph("FWField", run(one.number)), edges=HAIRLINE)] if lettered else []
        words = paragraph("FWField", run(last_two(one.head)))
        under = [_with_words(made, tick) for tick in one.under]
        cells.append(cell(widths[len(first)], words, *under, edges=HAIRLINE))
        places = zip(rights, _answers(made, one, bool(options)), strict=True)
        cells += [cell(width, *content, edges=HAIRLINE) for width, content in places]
        rows.append(row(edged(cells, at), 26))
    return table("FWLines", widths, rows, left=at.left, name=node.name, head=bool(options), heads=False)


def _common(node: Grid) -> tuple[Option, ...]:
    """Return the options that all rows have, if each row is one choice between the same ones, else none."""
    found = {part.options if len(one.cells) == 1 else () for one in node.rows for part in _ticks(one)}
    alike = len(found) == 1 and all(len(_ticks(one)) == 1 for one in node.rows)
    return next(iter(found)) if alike else ()


def _ticks(one: Row) -> list[OneOf]:
    return [part for parts in one.cells for part in parts if isinstance(part, OneOf) and not is_list(part)]


def _right(node: Grid) -> float:
    """Return the width that the widest answer needs where each row has its own."""
    widest = 0.0
    for control in controls(tuple(one.cells for one in node.rows)):
        options = getattr(control, "options", ())
        widest = max(widest, sum(30 + len(option.label) * _CHARACTER for option in options), 39.0 * control.width / 2)
    return min(max(widest, 60.0), 240.0)


def _lines_head(widths: list[float], options: tuple[Option, ...], lettered: bool, at: At) -> Element:
    words = ["", ""] if lettered else [""]
    cells = [cell(width, paragraph("FWHead"), edges=RULE) for width in widths[: len(words)]]
    for width, option in zip(widths[len(words) :], options, strict=True):
        cells.append(cell(width, paragraph("FWHead", run(option.label), look=_CENTERED), edges=RULE, low=True))
    return row(edged(cells, at), head=True)


def _answers(made: Controls, one: Row, columns: bool) -> list[list[Element]]:
    """Return the content of the cells at the right: a tick in each column, or all answers in one cell."""
    if columns:
        (control,) = _ticks(one)
        return [[paragraph("FWField", made.option(control, option), look=_CENTERED)] for option in control.options]
    inside: Cell = tuple(part for parts in one.cells for part in parts)
    content = []
    for part in inside:
        if isinstance(part, OneOf) and not is_list(part):
            content += choices(made, replace(part, stacked=False), At(left=0), _AS_IS)
        else:
            content += _part(made, part, False, one.head)
    return [content or [paragraph("FWField")]]
