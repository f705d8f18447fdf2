"""Where the places of the manifest stand in a returned Word file: which paragraphs are which question, which table is
which, which row.

What carries our names (tags, bookmarks) says so itself. Where a program took the names away, the order, the words over
and in a table, and its shape tell; what fits nothing is left over, and is reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from formwright.readers._docx_manifest import QUESTION, SECTION, Manifest, RegionPlan, TablePlan, plain
from formwright.readers._docx_seen import Block, Body, Cell, Control, Paragraph, Row, Table, tables_of

_ALIKE: Final = 88.0
"""Of 100: a heading that differs more is another one."""
_COPY: Final = "_Copy_"
"""LibreOffice adds this and a number to a bookmark that RTF names twice."""
_SURE: Final = 100.0
_HEADS: Final = 3
"""Rows of a table in which its labels are looked for."""
_PAIRS: Final = 100_000
"""Pairs that are compared; a table of thousands of rows is no form, and its rows are taken as they come."""


@dataclass(slots=True, eq=False)
class Region:
    """The blocks of one question; `anchored`: found by its words, for its bookmark is gone."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    anchored: bool = False
    heading: Paragraph | None = None

    @property
    def tables(self) -> list[Table]:
        """Return all its tables, in the order in which they begin."""
        return [table for block in self.blocks for table in tables_of(block)]


@dataclass(slots=True, eq=False)
class Added:
    """A row that was not issued; `model` is the issued row that it was copied from, or stands behind."""

    plan: TablePlan
    row: Row
    model: int


@dataclass(slots=True, eq=False)
class Found:
    """What was found. cells: tag -> the cell where its place was issued; tables: those that were issued; added, lost:
    rows; unsure: tables in which rows are lacking or too many, and nothing says which."""

    regions: dict[str, Region] = field(default_factory=dict)
    copies: list[Region] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    tables: dict[Table, TablePlan] = field(default_factory=dict)
    added: list[Added] = field(default_factory=list)
    lost: list[tuple[TablePlan, int]] = field(default_factory=list)
    unsure: list[TablePlan] = field(default_factory=list)


def find(body: Body, plan: Manifest) -> Found:
    """Return where things are."""
    found = Found()
    _regions(body, plan, found)
    named = _by_tag(body, plan)
    tagged = _tables_by_tag(named, plan)
    for region in plan.regions.values():
        here = found.regions.get(region.name)
        tables = _tables(region, here, tagged)
        for number, table in tables.items():
            found.tables[table] = region.tables[number]
            _rows(region.tables[number], table, plan, named, found)
    return found


# ---- questions ----------------------------------------------------------------------------------


def _regions(body: Body, plan: Manifest, found: Found) -> None:
    """Cut the flow at every bookmark of ours; at the words of a heading where its bookmark is gone."""
    starts = _starts(body.flow, plan)
    current = Region("")
    found.regions[""] = current
    for at, block in enumerate(body.flow):
        if at in starts:
            current = starts[at]
            if current.name in found.regions:
                found.copies.append(current)
            else:
                found.regions[current.name] = current
        current.blocks.append(block)


def _starts(flow: Sequence[Block], plan: Manifest) -> dict[int, Region]:
    """Return where each question and section begins: place in the flow -> an empty region."""
    starts: dict[int, Region] = {}
    marked: dict[str, int] = {}
    for at, block in enumerate(flow):
        for mark in block.marks:
            name = mark.partition(_COPY)[0]
            if name.startswith((QUESTION, SECTION)) and (name not in marked):
                marked[name] = at
                if at not in starts or name.startswith(QUESTION):
                    starts[at] = Region(name)
    texts = _headings(flow)
    for region in plan.regions.values():
        if region.heading is not None:
            _anchor(region, flow, texts, marked.get(region.name), starts)
    return starts


def _headings(flow: Sequence[Block]) -> dict[str, list[int]]:
    """Return the texts of the paragraphs of the first level, with their places."""
    texts: dict[str, list[int]] = {}
    for at, block in enumerate(flow):
        if isinstance(block, Paragraph) and block.bits:
            texts.setdefault(plain(block.text), []).append(at)
    texts.pop("", None)
    return texts


def _anchor(
    region: RegionPlan,
    flow: Sequence[Block],
    texts: dict[str, list[int]],
    marked: int | None,
    starts: dict[int, Region],
) -> None:
    """Note where a question begins if only its words say so, and where its heading stands a second time.

    A bookmark may have moved from its heading (LibreOffice moves one that goes over tables): the words outdo it.
    """
    words = plain(region.heading.words) if region.heading else ""
    here = texts.get(words, [])
    if marked is not None and here and marked not in here and starts.get(marked) is not None:
        if starts[marked].name == region.name:
            del starts[marked]
        marked = None
    if marked is None and not here:
        best = max(texts, key=lambda text: fuzz.ratio(words, text), default="")
        here = texts.get(best, []) if fuzz.ratio(words, best) >= _ALIKE else []
    begins = marked
    for at in here:
        if at in starts or (begins is not None and not _whole(region, flow[begins:at])):
            continue
        begins = at if begins is None else begins
        starts[at] = Region(region.name, anchored=marked is None)


def _whole(region: RegionPlan, blocks: Sequence[Block]) -> bool:
    """Tell whether a question is over in these blocks, so that its words again are another one's. pandoc writes the
    name of a table over it, which is often that of its question."""
    tables = sum(1 for block in blocks if isinstance(block, Table))
    return len(blocks) > 1 and tables >= len(region.tables)


# ---- tables -------------------------------------------------------------------------------------


def _by_tag(body: Body, plan: Manifest) -> dict[str, Control]:
    """Return the first control of each name of ours that stands in a table."""
    found: dict[str, Control] = {}
    for control in body.controls:
        if control.tag in plan.names and control.cell is not None and not control.deleted:
            found.setdefault(control.tag, control)
    return found


def _tables_by_tag(named: dict[str, Control], plan: Manifest) -> dict[tuple[str, int], Table]:
    """Return the tables that hold controls of ours by name: (question, number) -> table."""
    votes: dict[tuple[str, int], list[Table]] = {}
    for name, control in named.items():
        place = plan.names[name]
        if place.at and control.cell is not None:
            votes.setdefault((place.region, place.at[0]), []).append(control.cell.row.table)
    chosen: dict[tuple[str, int], Table] = {}
    taken: set[Table] = set()
    for spot, tables in votes.items():
        counted = Counter(tables).most_common() if tables.count(tables[0]) < len(tables) else [(tables[0], 0)]
        table = next((table for table, _ in counted if table not in taken), None)
        if table is not None:
            chosen[spot] = table
            taken.add(table)
    return chosen


def _tables(region: RegionPlan, here: Region | None, tagged: dict[tuple[str, int], Table]) -> dict[int, Table]:
    """Return the tables of a question by number."""
    named = {number: tagged[region.name, number] for number in region.tables if (region.name, number) in tagged}
    if len(named) == len(region.tables) or here is None:
        return named
    numbers = {table: number for number, table in named.items()}
    others = set(tagged.values()) - numbers.keys()
    tables = [table for table in here.tables if table not in others]
    above = _above(here.blocks)
    plans = [region.tables.get(number) for number in range(max(region.tables) + 1)]
    texts = {table: {plain(cell.text) for row in table.rows[:_HEADS] for cell in row.cells} for table in tables}

    def score(at: int, other: int) -> float:
        plan, table = plans[at], tables[other]
        if table in numbers or (plan is not None and plan.ordinal in named):
            return _SURE if plan is not None and numbers.get(table) == plan.ordinal else -_SURE
        place = 0.3 if at == other else 0.0
        return place + (_likeness(plan, table, texts[table], above.get(table, "")) if plan else 0.05)

    pairs = aligned(len(plans), len(tables), score)
    return {at: tables[other] for at, other in pairs if plans[at] is not None}


def _above(blocks: Sequence[Block]) -> dict[Table, str]:
    """Return the words right above each table of the first level."""
    above: dict[Table, str] = {}
    words = ""
    for block in blocks:
        if isinstance(block, Table):
            above[block] = words
        elif text := plain(block.text):
            words = text
    return above


def _likeness(plan: TablePlan, table: Table, texts: set[str], above: str) -> float:
    """Return how much a table is like an issued one: its words, its shape, our style."""
    width = max((len(row.cells) for row in table.rows), default=0)
    shape = 1.0 if width >= plan.width and len(table.rows) >= plan.height else -1.0
    if width == plan.width and len(table.rows) == plan.height:
        shape += 0.5
    ours = 1.0 if table.style.startswith("FW") else 0.0
    words = len(plan.words & texts) / max(len(plan.words), 1)
    return 2.0 * max(words, float(above in plan.words)) + shape + ours


# ---- rows ---------------------------------------------------------------------------------------


def _rows(plan: TablePlan, table: Table, manifest: Manifest, tags: dict[str, Control], found: Found) -> None:
    """Note the cells of a table's places, the rows that were added to it and those that are gone."""
    rows = [row for row in table.rows if not row.deleted]
    named, copies = _rows_by_tag(plan, rows, manifest)
    if len(named) == len(plan.rows) and len(rows) == plan.height + len(copies):
        placed = named
    else:
        placed = _rows_in_order(plan, rows, named, copies, found)
    for number, places in plan.rows.items():
        row = placed.get(number)
        if row is None:
            found.lost.append((plan, number))
            continue
        for place in places:
            cell = control.cell if (control := tags.get(place.name)) is not None else None
            if cell is not None and cell.row is row:
                found.cells[place.name] = cell
            elif place.at[2] < len(row.cells):
                found.cells[place.name] = row.cells[place.at[2]]
    found.added += [Added(plan, row, model) for row, model in copies.items()]


def _rows_by_tag(plan: TablePlan, rows: Sequence[Row], manifest: Manifest) -> tuple[dict[int, Row], dict[Row, int]]:
    """Return the rows that hold controls of ours by name, and further ones with the same names: copies."""
    named: dict[int, Row] = {}
    copies: dict[Row, int] = {}
    for row in rows:
        votes = [
            place.at[1]
            for control in row.controls
            if (place := manifest.names.get(control.tag)) is not None
            and place.at
            and (place.region, place.at[0]) == (plan.region, plan.ordinal)
        ]
        if votes:
            number = votes[0] if votes.count(votes[0]) == len(votes) else max(set(votes), key=votes.count)
            if number in named:
                copies[row] = number
            else:
                named[number] = row
    return named, copies


def _rows_in_order(
    plan: TablePlan, rows: Sequence[Row], named: dict[int, Row], copies: dict[Row, int], found: Found
) -> dict[int, Row]:
    """Return the rows where not all of them say which they are; a row too many is added to `copies`."""
    others = [_Line(row) for row in rows if row not in copies]
    if not named and len(others) == plan.height and all(_likeness_of(plan, at, others[at]) >= 0 for at in plan.rows):
        return {number: others[number].row for number in plan.rows}
    numbers = {row: number for number, row in named.items()}

    def score(number: int, other: int) -> float:
        line = others[other]
        if line.row in numbers or number in named:
            return _SURE if numbers.get(line.row) == number else -_SURE
        return (0.3 if number == other else 0.1) + _likeness_of(plan, number, line)

    pairs = dict(aligned(plan.height, len(others), score))
    left = [line.row for at, line in enumerate(others) if at not in set(pairs.values())]
    _note_left(plan, left, {number: others[at].row for number, at in pairs.items()}, rows, copies)
    if not named and len(others) != plan.height:
        found.unsure.append(plan)
    return {number: others[at].row for number, at in pairs.items()}


def _note_left(
    plan: TablePlan, left: Iterable[Row], placed: dict[int, Row], rows: Sequence[Row], copies: dict[Row, int]
) -> None:
    """Note the rows that are left over as added behind the issued row that stands above them."""
    order = {row: at for at, row in enumerate(rows)}
    for row in left:
        above = [number for number, one in placed.items() if number in plan.rows and order[one] < order[row]]
        if len(row.cells) >= plan.width:
            copies[row] = max(above, default=max(plan.rows))


class _Line:
    """A row with the words of its cells."""

    __slots__ = ("first", "row", "words")

    def __init__(self, row: Row) -> None:
        self.row = row
        texts = [plain(cell.text) for cell in row.cells]
        self.first = texts[0][:50] if texts else ""
        self.words = {text for text in texts if text}


def _likeness_of(plan: TablePlan, number: int, line: _Line) -> float:
    """Return how much a row is like an issued one: a head row has the words of its columns, a row of places has the
    words of its head in their names. Less than nothing: it is another one."""
    head = len(line.words & plan.words) / len(line.words) if line.words else 0.0
    places = plan.rows.get(number)
    if not places:
        return 2.0 * head
    if min(place.at[2] for place in places) == 0 or len(line.first) <= 3:
        return -2.0 * head
    told = max(fuzz.partial_ratio(line.first, place.alias) for place in places)
    return (1.5 if told >= _ALIKE else -0.5) - 2.0 * head


# ---- order --------------------------------------------------------------------------------------


def aligned(first: int, second: int, score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return pairs of places of two rows of things, both in order, whose scores come to the most; only pairs with a
    score above nothing are made."""
    if first * second > _PAIRS:
        return [(at, at) for at in range(min(first, second))]
    best = [[0.0] * (second + 1) for _ in range(first + 1)]
    scores = [[score(a, b) for b in range(second)] for a in range(first)]
    for a in range(first - 1, -1, -1):
        for b in range(second - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + scores[a][b])
    pairs = []
    a = b = 0
    while a < first and b < second:
        value = best[a][b]
        if scores[a][b] > 0 and value == best[a + 1][b + 1] + scores[a][b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif value == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs
