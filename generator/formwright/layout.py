"""What a form lowers to, and all that a writer knows: blocks and controls, without account data, and values.

    Layout      title, language, furniture, blocks
    Block       Heading Para List Note Field Group Grid Figure Contents Break
    Control     Line Area OneOf ManyOf Tick Blank

Kinds make controls and never know a format; writers know controls and never a kind. An unknown shape is a loud error.
Lengths are in twelfths of the text column (`width`) or in lines of writing (`lines`); a writer turns them into its
units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

Style = Literal["plain", "strong", "emphasis", "quiet", "together"]
"""`together`: kept on one line (an address, a number)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `link` is a URI or `#anchor`.

    slot: the text is a value of the issue, by this key: a writer that stamps text in line leaves room for it, for the
    others it is put in first (`filled`). It may have several lines.
    """

    text: str
    style: Style = "plain"
    link: str = ""
    language: str = ""
    slot: str = ""


Runs = tuple[Run, ...]

# ---- controls -----------------------------------------------------------------------------------

Hint = Literal["text", "date", "day", "number", "money", "percent", "email", "phone", "identifier", "year"]
"""`day`: a month and a day, of any year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice: the code of the record and the words on the form."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One place to answer.

    key: as in `ids`; name: what a screen reader says, with number, question, part, row and column;
    label: the visible words (above a field, beside a tick; empty in a grid, whose head says it);
    description: help that belongs to this control alone; fixed: ours to state (a read-only field, text without edge);
    known: it holds what we know already (tinted, with a tick "Correct as shown" of its own elsewhere).
    """

    key: str
    name: str
    label: str = ""
    description: str = ""
    required: bool = False
    fixed: bool = False
    known: bool = False
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Control):
    """One line of text; `hint` says of what sort; `strong` only for facts."""

    hint: Hint = "text"
    max_length: int | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Control):
    """Several lines of text, `lines` of them visible."""

    lines: int = 3
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Control):
    """Exactly one of the options: ticks (all in view) or a list to choose from. One cell, whatever the widgets."""

    options: tuple[Option, ...]
    style: Literal["ticks", "list"] = "ticks"
    stacked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyOf(Control):
    """Any number of the options, each a tick `key#code`."""

    options: tuple[Option, ...]
    stacked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(Control):
    """One tick; its label stands beside it. `quiet` follows the label in help colour."""

    quiet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank(Control):
    """Room for a pen that also takes typing: a signature, an office entry."""

    purpose: Literal["signature", "office"] = "signature"


# ---- blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading outside the groups (the title is level 1)."""

    text: str
    level: int = 2
    number: str = ""
    anchor: str = ""


ParaRole = Literal["text", "lead", "help", "say", "whose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph: text, the lead under a section head, help (quiet), say (a label without a control), or whose (the
    line under the title: whom the document is about)."""

    runs: Runs
    role: ParaRole = "text"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list of short paragraphs, numbered or not."""

    entries: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A notice in small type under a hairline (burden, Privacy Act)."""

    title: str
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One control with its visible label."""

    control: Control


GroupRole = Literal[
    "masthead",
    "facts",
    "side",
    "section",
    "item",
    "part",
    "row",
    "follow",
    "certification",
    "cover",
    "next",
    "pair",
    "signers",
    "letterhead",
    "hang",
    "address",
    "body",
    "close",
    "signature",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Blocks that belong together. By role:

    masthead       `title` unit, `runs` below it
    facts          fixed Fields in a row, on page 1
    side           `title` in the narrow column, blocks in the wide one
    section        new page; `number` the letter, `title`, `where` for the running head
    item           one question: `number`, `runs` its words, `help` under them; `long` may break between rows
    part           one of several questions under a number: `number` its letter or empty, `runs` its words;
                   `strong` when it is a question of its own (the item itself has no words)
    row            Fields side by side, on the twelve columns
    follow         what follows from an answer, set in: `runs` such as "If no, explain."
    certification  like a section that does not start a page
    cover          side groups one under the other, their titles quiet, under a rule: what a cover sheet says
    next           a section that goes on on the page of the one before it
    pair           Grids (role check), in two columns where there is room: the first at the left, the others right
    signers        Paras, each under a line for a pen, two in a row: who signs, then (quiet) what goes with the name
    letterhead     two Paras: the unit, and at the right the office (its lines in one Para); `runs` below the unit
    hang           `title` and `runs` one under the other in the 84 pt column at the left, quiet; blocks at its right
    address        one Para of at most five lines, where the window of an envelope is
    body           salutation and text of a letter, in the column at the right of the 84 pt
    close          `runs`: "Sincerely,"
    signature      room for a pen (46 pt), then Paras: name, title
    `anchor` is the item's or section's id; `keep` asks not to break inside.
    """

    role: GroupRole
    blocks: tuple[Block, ...] = ()
    number: str = ""
    title: str = ""
    runs: Runs = ()
    help: Runs = ()
    where: str = ""
    anchor: str = ""
    keep: bool = True
    long: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a grid; `width` is a weight against the other columns; ticks are centred."""

    title: str
    width: int = 4
    tick: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A drawn box, ticked or not: something that was decided, not asked. `alternative` is what it says in words."""

    checked: bool
    alternative: str


Cell = tuple["Control | Run | Mark", ...]
"""What stands in one place of a grid: controls one above the other, text, or marks. Empty: no field here."""

RowKind = Literal["row", "project", "step", "followup"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its id (`r1`, or the row's own), its head (text of the row header, may be empty), its cells in the order
    of the columns. `known`: tinted. `number`: what hangs in the gutter (`1`) or stands before the head (`a`).
    `under`: controls under the row's head (a tick "Does not apply"); `quiet`: words after the head, in help colour.
    `kind`: what a row of a Grid (role projects) is; see there."""

    id: str
    cells: tuple[Cell, ...]
    head: str = ""
    number: str = ""
    known: bool = False
    under: tuple[Control, ...] = ()
    quiet: str = ""
    kind: RowKind = "row"


GridRole = Literal["write", "lines", "matrix", "read", "check", "projects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table.

    Roles: write (cells to fill in), lines (questions with yes/no at the right, hairlines only, no head row),
    matrix (fixed rows with heads, deep cells), read. `name` is its spoken name; `number` the question's number, which
    is repeated in the head row after a page break; `repeating` says that rows may be added by the account;
    `row_title` heads the column of row heads ("" where rows have none); `lines` is the depth of its Areas.

    check: a list with Marks: `number` and `row_title` head it ("1." "Compliance Items"), a row has number, head, quiet.
    projects: `name` is printed above its column heads ("High priority"). Rows of kind project span the columns: number
    ("P1"), cells (title), (what it is about, quiet, at the right), (goal); below each its rows of kind step (number;
    a cell for each column) and last of kind followup (no number)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    name: str
    role: GridRole = "write"
    number: str = ""
    row_title: str = ""
    repeating: bool = False
    known_rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its text alternative. `specimen`: the sample of a known field on page 1; `svg`: a picture."""

    alternative: str
    specimen: str = ""
    caption: str = ""
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents over the sections."""


@dataclass(frozen=True, slots=True)
class Break:
    """A new page."""


Block = Heading | Para | List | Note | Field | Group | Grid | Figure | Contents | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole document without account data.

    running: the running head at the left; foot: the first line of the foot (document, version); the stamp draws the
    second (issue, date, account). notices: furniture at the right of the masthead (OMB number, expiry, form number).
    wording of ours that a writer needs is in `words`: page ("Page {n} of {m}"), continued ("continued on sheet {n}"),
    sheet ("Continuation sheet {n}"), code ("Code for machines"), sample ("Sample"). private: it does hold account data,
    in its wording (a plan): what is compiled of it is kept in no cache.
    """

    id: str
    version: str
    title: str
    language: str
    running: str
    foot: str
    blocks: tuple[Block, ...]
    words: Mapping[str, str]
    author: str = ""
    notices: tuple[str, ...] = ()
    private: bool = False


# ---- values -------------------------------------------------------------------------------------

Value = str | tuple[str, ...] | bool
Values = Mapping[str, Value]
"""By key: text of a Line, Area or Blank; the code of a OneOf; the codes of a ManyOf; True for a Tick that is on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """All that one issue puts into a compiled layout.

    tokens[0] is the token of page 000 (carriers that belong to no page), tokens[n] that of page n;
    foot is the second line of the foot; sample says that the issue's key is fictional.
    """

    values: Values
    tokens: tuple[str, ...]
    foot: str
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one widget stands: page from 1; box (x0, y0, x1, y1) in points from the page's top left."""

    key: str
    code: str
    page: int
    box: tuple[float, float, float, float]


def controls(node: object) -> Iterator[Control]:
    """Yield every control of a layout, block, row or cell, in reading order."""
    if isinstance(node, Control):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from controls(part)
    elif isinstance(node, Grid):
        for row in node.rows:
            yield from controls(row.under)
            yield from controls(row.cells)
    elif is_dataclass(node) and not isinstance(node, Run):
        for part in fields(node):
            yield from controls(getattr(node, part.name))


def slots(node: object) -> frozenset[str]:
    """Return the keys of the values that stand in the text of a layout or block."""
    if isinstance(node, Run):
        return frozenset((node.slot,)) if node.slot else frozenset()
    if isinstance(node, tuple):
        return frozenset().union(*map(slots, node))
    if is_dataclass(node):
        return frozenset().union(*(slots(getattr(node, part.name)) for part in fields(node)))
    return frozenset()


def filled(layout: Layout, values: Values) -> Layout:
    """Return a layout with the values of its slots as plain text in their place. Raises KeyError for one without."""
    made: Layout = _filled(layout, values)
    return made


def _filled(node: Any, values: Values) -> Any:
    if isinstance(node, Run):
        return replace(node, text=str(values[node.slot]), slot="") if node.slot else node
    if isinstance(node, tuple):
        parts = tuple(_filled(part, values) for part in node)
        return parts if any(new is not old for new, old in zip(parts, node, strict=True)) else node
    if is_dataclass(node) and not isinstance(node, type):
        changed = {part.name: _filled(getattr(node, part.name), values) for part in fields(node)}
        changed = {name: new for name, new in changed.items() if new is not getattr(node, name)}
        return replace(node, **changed) if changed else node
    return node
