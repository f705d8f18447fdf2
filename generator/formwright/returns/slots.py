"""An issue made ready for reading: every place to answer with its kind, what was issued in it, its row and its printed
place. Made once for each issue, since all its returns are read against the same places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from formwright import conditions, ids
from formwright.conditions import Condition
from formwright.errors import Unusable
from formwright.issue import Issue
from formwright.kinds._base import Cell, Invalid, Json, Kind
from formwright.kinds._leaf import Leaf
from formwright.kinds._raw import tick_of
from formwright.layout import Value
from formwright.text import clean
from formwright.ticks import ticked

OUTSIDE: Final = ("confirm", "given", "signature")
"""Roles whose cells do not fold into their item's state."""

_TICKED: Final = ("confirm", "enclosed")
_PLACE_LIMIT: Final = 60
"""Characters of one part of a printed place; a long question is cut there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place to answer.

    item: its item's kind (None for facts, which belong to no item); leaf: the kind that its path names;
    number: its item's, as printed; issued_on: the day of issue, "" before it; issued: what was issued in it, as a
    reader gives it (codes as a tuple), None if nothing; prefill: the same, parsed; row, table: base key of its
    repeating row and of that row's table, "" outside one; model: key of the issued place of which this one, in an
    added row, is a copy; placed: such a one's `place`.
    """

    cell: Cell
    item: Kind | None
    leaf: Kind | None
    number: str
    language: str
    issued_on: str
    issued: Value | None
    prefill: Json
    row: str
    table: str
    model: str = ""
    placed: str = ""

    @property
    def place(self) -> str:
        """Return where it stands, in print; made when it is asked for, since most places never are."""
        return self.placed or _place(self.cell, self.number, self.item, self.leaf, self.language)

    @property
    def folds(self) -> bool:
        """Tell whether its state counts for its item's."""
        return self.cell.role not in OUTSIDE

    @property
    def known(self) -> bool:
        """Tell whether the account was shown something in it to confirm or correct."""
        return self.issued is not None and self.folds

    def parse(self, raw: Value) -> tuple[Json, str]:
        """Return what a filled-in `raw` says, and the doubt about it. Raises Invalid."""
        return _parse(self.cell, self.leaf, raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item of the issue with its places in order; `number` is "" for what has none (a certification);
    tables: the base key of each repeating table and its rows, in order; wanted: the tables that must not be empty."""

    number: str
    kind: Kind
    slots: tuple[Slot, ...]
    tables: Mapping[str, tuple[str, ...]]
    wanted: frozenset[str]

    @property
    def id(self) -> str:
        """Return the item's id."""
        return self.kind.id

    @property
    def name(self) -> str:
        """Return what the item is called in print: its number, else its id in words."""
        return self.number or self.kind.id.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Slots:
    """All places of an issue; `facts` are those that belong to no item; `asked` holds its conditions, parsed."""

    questions: tuple[Question, ...]
    facts: tuple[Slot, ...]
    asked: Mapping[str, Condition]
    language: str
    by_key: Mapping[str, Slot] = field(default_factory=dict)
    by_item: Mapping[str, Question] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Slot]:
        for question in self.questions:
            yield from question.slots
        yield from self.facts

    def added(self, key: str) -> Slot | None:
        """Return a place for `key` in a row that the account added to a repeating table, or None if no table of the
        issue has such a column (then it is a stray)."""
        return next((slot for slot in self.added_row(key) if slot.cell.key == key), None)

    def added_row(self, key: str) -> tuple[Slot, ...]:
        """Return the places of the added row in which `key` would stand, none if no table has such a column."""
        segments = key.split(".")
        for at, segment in enumerate(segments):
            number = ids.row_number(segment)
            if not number or segment != f"r{number}":
                continue
            table, rest = ids.join(*segments[:at]), segments[at + 1 :]
            for row in self._rows(table):
                model = self.by_key.get(ids.join(row, *rest))
                if model is not None and model.folds:
                    base = ids.join(table, segment)
                    beside = (slot for slot in self.by_item[model.cell.item].slots if slot.row == row and slot.folds)
                    return tuple(_as_added(slot, row, segment, base) for slot in beside)
        return ()

    def _rows(self, table: str) -> tuple[str, ...]:
        return next((question.tables[table] for question in self.questions if table in question.tables), ())

    def with_rows(self, extra: Iterable[Slot]) -> Slots:
        """Return the places with those of added rows behind the rows that were issued."""
        more: dict[str, list[Slot]] = {}
        for slot in extra:
            more.setdefault(slot.cell.item, []).append(slot)
        if not more:
            return self
        questions = tuple(
            question if question.id not in more else _question(question.number, question.kind, question.slots, more)
            for question in self.questions
        )
        return _indexed(questions, self.facts, self.asked, self.language)


def lay_out(issue: Issue, questions: Iterable[tuple[str, Kind]]) -> Slots:
    """Return the places of `issue`; `questions` are its items in printed order, (number, kind), restored from it.

    Raises Unusable for an issue that names a kind or a condition this version cannot read.
    """
    return places(issue.cells, questions, issue.language, issue.issued_on)


def places(cells: Iterable[Cell], questions: Iterable[tuple[str, Kind]], language: str, issued_on: str = "") -> Slots:
    """Return the places of a form that is not issued yet, or of an issue; raises as `lay_out`."""
    of_item: dict[str, list[Cell]] = {}
    for cell in cells:
        of_item.setdefault(cell.item, []).append(cell)
    texts = {text for some in of_item.values() for cell in some for text in cell.when}
    made = tuple(
        _question(number, kind, _slots(of_item.pop(kind.id, []), number, kind, language, issued_on), {})
        for number, kind in questions
        if kind.datatype != "none"
    )
    facts = tuple(_slot(cell, "", None, None, language, issued_on) for rest in of_item.values() for cell in rest)
    return _indexed(made, facts, {text: _condition(text) for text in sorted(texts)}, language)


def _condition(text: str) -> Condition:
    try:
        return conditions.parse(text)
    except ValueError as error:
        raise Unusable("condition", f"The issue's condition {text!r} can't be read: {error}.") from error


def _indexed(
    questions: tuple[Question, ...], facts: tuple[Slot, ...], asked: Mapping[str, Condition], language: str
) -> Slots:
    places = [slot for question in questions for slot in question.slots] + list(facts)
    return Slots(
        questions,
        facts,
        asked,
        language,
        {slot.cell.key: slot for slot in places},
        {question.id: question for question in questions},
    )


def _question(number: str, kind: Kind, slots: tuple[Slot, ...], more: Mapping[str, list[Slot]]) -> Question:
    slots = (*slots, *more.get(kind.id, ()))
    tables: dict[str, dict[str, None]] = {}
    wanted = set()
    for slot in slots:
        if slot.row:
            tables.setdefault(slot.table, {})[slot.row] = None
            if slot.cell.required and slot.table not in wanted and _wanted(kind, slot.cell.path):
                wanted.add(slot.table)
    rows = {name: tuple(rows) for name, rows in tables.items()}
    return Question(number=number, kind=kind, slots=slots, tables=rows, wanted=frozenset(wanted))


def _wanted(kind: Kind, path: tuple[str, ...]) -> bool:
    """Tell whether all that a column belongs to is required: its rows always ask for it once they are begun."""
    return all(kind.leaf(path[:depth]).required for depth in range(max(len(path), 1)))


def _slots(cells: Iterable[Cell], number: str, kind: Kind, language: str, issued_on: str) -> tuple[Slot, ...]:
    leaves: dict[tuple[str, ...], Kind] = {}  # the rows of a table have the same ones
    found = []
    for cell in cells:
        leaf = None
        if cell.role != "given":
            leaf = leaves.get(cell.path) or leaves.setdefault(cell.path, _leaf(cell, kind))
        found.append(_slot(cell, number, kind, leaf, language, issued_on))
    return tuple(found)


def _leaf(cell: Cell, kind: Kind) -> Kind:
    try:
        return kind.leaf(cell.path)
    except KeyError as error:
        raise Unusable("kind", f"The issue's place {cell.key} has no kind to read it: {error}.") from error


def _slot(cell: Cell, number: str, kind: Kind | None, leaf: Kind | None, language: str, issued_on: str) -> Slot:
    row, table = _row(cell) if cell.row else ("", "")
    issued = None if cell.prefill is None else as_read(cell.prefill, cell.control)
    if issued is not None and is_blank(issued):
        issued = None
    return Slot(
        cell=cell,
        item=kind,
        leaf=leaf,
        number=number,
        language=language,
        issued_on=issued_on,
        issued=issued,
        prefill=None if issued is None else _parsed(cell, leaf, issued),
        row=row,
        table=table,
    )


def _as_added(model: Slot, row: str, segment: str, base: str) -> Slot:
    """Return the place in the added row `base` that is made after `model`, which stands in `row`."""
    key = f"{base}{model.cell.key.removeprefix(row)}"
    follows = model.cell.follows
    if follows.startswith(f"{row}."):
        follows = f"{base}{follows.removeprefix(row)}"
    cell = replace(model.cell, key=key, row=segment, prefill=None, confirm="", follows=follows)
    place = model.place.replace(f" {model.cell.row[1:]},", f" {segment[1:]},")
    return replace(
        model, cell=cell, issued=None, prefill=None, row=base, placed=place, model=model.model or model.cell.key
    )


def _parse(cell: Cell, leaf: Kind | None, raw: Value) -> tuple[Json, str]:
    if cell.role in _TICKED:
        return tick_of(raw), ""
    if cell.role != "answer" or leaf is None:
        return as_text(raw), ""
    answer = leaf.parse(cell, raw)
    return answer.value, answer.doubt


def _parsed(cell: Cell, leaf: Kind | None, issued: Value) -> Json:
    """Return the prefilled value, parsed; what its own kind can't parse stands as the text that was issued."""
    try:
        return _parse(cell, leaf, issued)[0]
    except Invalid:
        return as_text(issued)


def _row(cell: Cell) -> tuple[str, str]:
    """Return the base keys of a cell's repeating row and of its table; rows are `rN` there, ids elsewhere."""
    if ids.row_number(cell.row) is None:
        return "", ""
    table, mark, rest = cell.key.partition(f".{cell.row}")
    while mark and rest and rest[0] not in "._":  # `.r1` of `.r12`, or of an id
        head, mark, rest = rest.partition(f".{cell.row}")
        table = f"{table}.{cell.row}{head}"
    return (f"{table}.{cell.row}", table) if mark else ("", "")


def _place(cell: Cell, number: str, kind: Kind | None, leaf: Kind | None, language: str) -> str:
    """Return a place in print: the question's number, then part, row and column, without the question's own words.

    The spoken name has them all, and the unit or format of the answer too; what is long in it is cut.
    """
    name = cell.name
    if kind is not None and (words := kind.words(language)):
        name = name.replace(words, "")
    if leaf is not None and leaf is not kind and len(words := leaf.words(language)) > _PLACE_LIMIT:
        name = name.replace(words, _cut(words))
    if isinstance(leaf, Leaf) and (unit := leaf.unit_words(language)):
        name = name.removesuffix(f", {unit}")
    parts = [part for part in (" ".join(part.split()).strip(" :") for part in name.split(", ")) if part]
    if kind is not None and (not parts or not parts[0].startswith(number)):
        parts.insert(0, number or kind.id.replace("_", " ").capitalize())
    return ", ".join(_cut(part) for part in parts).rstrip(".")


def _cut(text: str) -> str:
    """Return a text that fits, cut after a word."""
    if len(text) <= _PLACE_LIMIT:
        return text
    head = text[:_PLACE_LIMIT]
    return f"{(head.rpartition(' ')[0] or head).rstrip(',;:')}…"


# ---- raw values ---------------------------------------------------------------------------------


def as_read(value: Value | None, control: str) -> Value | None:
    """Return a value in the shape in which a reader gives it: codes of a choice as a tuple, a word for a tick as it."""
    if isinstance(value, str) and control in ("one_of", "many_of"):
        return (value,) if value else None
    if isinstance(value, str) and control == "tick":
        found = ticked(value)
        return value if found is None else found
    return value


def as_text(raw: Value) -> str:
    """Return a raw value as clean text."""
    if isinstance(raw, str):
        return clean(raw)
    return ", ".join(clean(one) for one in raw) if isinstance(raw, tuple) else str(raw).lower()


def on_one_line(text: str) -> str:
    """Return a text as its words are compared: blanks of any sort and number, and line ends, are one blank."""
    return " ".join(clean(text).split())


def same_words(one: Value, other: Value) -> bool:
    """Tell whether two raw values are equal, or texts that differ in their blanks only."""
    if one == other:
        return True
    return isinstance(one, str) and isinstance(other, str) and on_one_line(one) == on_one_line(other)


def is_blank(value: Value | None) -> bool:
    """Tell whether a place with this value is empty: no text, no code, no tick."""
    if isinstance(value, str):
        return not value or not clean(value)
    return not any(map(clean, value)) if isinstance(value, tuple) else not value
