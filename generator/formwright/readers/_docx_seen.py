"""What stands in the body of a Word file, in plain values: paragraphs, tables, controls, where each of them is.

Body    flow: paragraphs and tables of the first level, in order
Table   rows -> cells -> paragraphs, tables in them
Bit     a stretch of text of one state, in a control or in none
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple


class State(IntEnum):
    """Of a stretch of text: as it is; a tracked insertion, which counts; a tracked deletion, which does not; hidden
    (w:vanish), which nobody sees."""

    KEPT = 0
    ADDED = 1
    DELETED = 2
    HIDDEN = 3


class Bit(NamedTuple):
    """A stretch of text. control: the innermost one that it stands in."""

    text: str
    state: State
    control: Control | None


@dataclass(slots=True, eq=False)
class Control:
    """A content control (w:sdt).

    kind: tick, list, date, repeat, or rich for any other; showing: it says that it is empty; alias: read only where
    there is no tag; checked: of a tick; cell, row: where it begins; inner: controls in it; wide: it goes over the start
    of a question (LibreOffice makes such ones); deleted: it stands in what was deleted with changes tracked.
    """

    tag: str = ""
    alias: str = ""
    kind: str = "rich"
    showing: bool = False
    checked: bool | None = None
    bits: list[Bit] = field(default_factory=list)
    cell: Cell | None = None
    row: Row | None = None
    inner: list[Control] = field(default_factory=list)
    wide: bool = False
    deleted: bool = False

    @property
    def text(self) -> str:
        """Return what stands in it; a line feed stands between paragraphs."""
        return joined(self.bits)


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph; `marks` are the bookmarks that begin in it, or right before it."""

    bits: list[Bit] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    cell: Cell | None = None

    @property
    def text(self) -> str:
        """Return its text as it stands now."""
        return joined(self.bits)


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table; loose: some text in it stands in no control."""

    row: Row
    column: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    loose: bool = False

    @property
    def text(self) -> str:
        """Return its text as it stands now, without that of tables in it."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(slots=True, eq=False)
class Row:
    """A row; deleted: with changes tracked."""

    table: Table
    cells: list[Cell] = field(default_factory=list)
    deleted: bool = False

    @property
    def controls(self) -> Iterator[Control]:
        """Yield the controls of its cells, without those of tables in them."""
        for cell in self.cells:
            yield from cell.controls


@dataclass(slots=True, eq=False)
class Table:
    """A table; `cell` is the one that it stands in, `style` the name of its style."""

    cell: Cell | None = None
    style: str = ""
    rows: list[Row] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all text in it: a tab between cells, a line feed between rows."""
        return "\n".join("\t".join(whole_text(cell) for cell in row.cells) for row in self.rows if not row.deleted)


Block = Paragraph | Table


@dataclass(slots=True, eq=False)
class Body:
    """The main part. anchors: id of each comment -> the paragraph at which it stands; boxes: the text of each text box,
    in pieces; extras: pictures and what else is no text: sort, name; each with the paragraph where it stands; changed:
    some text was inserted or deleted with changes tracked; hidden: paragraphs with text that nobody sees."""

    flow: list[Block] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    anchors: dict[str, Paragraph] = field(default_factory=dict)
    boxes: list[tuple[list[str], Paragraph | None]] = field(default_factory=list)
    changed: bool = False
    hidden: list[Paragraph] = field(default_factory=list)
    extras: list[tuple[str, str, Paragraph | None]] = field(default_factory=list)


NEW_LINE: Final = Bit("\n", State.KEPT, None)


def joined(bits: Iterable[Bit]) -> str:
    """Return the text of stretches as it stands now."""
    return "".join(bit.text for bit in bits if bit.state <= State.ADDED)


def before(bits: Iterable[Bit]) -> str:
    """Return the text of stretches as it stood before the changes that were tracked."""
    return "".join(bit.text for bit in bits if bit.state in (State.KEPT, State.DELETED))


def whole_text(cell: Cell) -> str:
    """Return a cell's text with that of tables in it."""
    return "\n".join([cell.text, *(table.text for table in cell.tables)])


def tables_of(block: Block) -> Iterator[Table]:
    """Yield a table and those in it, in the order in which they begin."""
    if isinstance(block, Table):
        yield block
        for row in block.rows:
            for cell in row.cells:
                for table in cell.tables:
                    yield from tables_of(table)


def paragraphs_of(block: Block) -> Iterator[Paragraph]:
    """Yield all paragraphs of a block."""
    if isinstance(block, Paragraph):
        yield block
    else:
        for table in tables_of(block):
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
