"""What a kind is: the type of an item, with its fields, its controls, its parsing and its error texts.

    Kind            id, words, lock, topics, prefill, conditions: what every item, part and column has
    ├── Leaf        one or more controls that answer one thing (text, date, money, contact ...); may stand in a grid
    │               (`_leaf`)
    └── others      made of leaves (table, matrix, composite, attachments ...) or of none (info)

A kind lowers to layout blocks through a `Lowering`, which collects for each control its `Cell` (what the record needs)
and its prefilled value. The same kind later parses the cells of a return. Kinds never know a format.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, field_validator

from formwright import ids, layout
from formwright.layout import Block, Control, Value
from formwright.schema import Truth
from formwright.text import LocalText, pick, plain, say

Json = Any
"""A JSON value: None, bool, int, str, list, dict. Decimals are text."""

Datatype = Literal[
    "text", "integer", "decimal", "percent", "money", "date", "date_range", "fiscal_year", "duration", "identifier",
    "contact", "yes_no", "yes_no_na", "choice", "choices", "table", "matrix", "composite", "attachments",
    "certification", "none",
]  # fmt: skip
"""Closed: exports key on it."""

Role = Literal["answer", "confirm", "explain", "other", "enclosed", "given", "signature"]
"""answer: parsed by its kind. explain, other: free text. confirm, enclosed: a tick. given: ours to state (fixed).
signature: a Blank; has a cell and does not fold."""

_LONG: Final = 60
"""More characters than this are not said again for each of several controls."""
_ROW: Final = re.compile(r"\.r[0-9]+(?=[._]|\Z)")

C = TypeVar("C", bound=Control)
Lock = Literal["free", "wording", "reason", "mandatory", "fixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One place of an issued form as the record sees it; stored with the issue.

    path: ids from the item down to the kind that parses it (parts, columns; without rows); field: piece of a compound;
    row: `rN` or a fixed row's id; name: spoken name; required: must be answered when asked (in a repeating row only
    once something stands in the row); prefill: the value as issued; confirm: key of the tick "Correct as shown" that
    covers it; follows, on: asked only if the cell `follows` has one of the codes `on`; when: conditions (closed
    language) that must all hold for it to be asked.
    """

    key: str
    item: str
    role: Role
    control: str
    name: str
    path: tuple[str, ...] = ()
    field: str = ""
    row: str = ""
    required: bool = False
    prefill: Value | None = None
    codes: tuple[str, ...] = ()
    confirm: str = ""
    follows: str = ""
    on: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


class Invalid(Exception):  # noqa: N818 - it says what the cell is, and is no error of ours
    """What stands in a cell cannot be read as an answer: said in plain words, with how to mend it."""

    def __init__(self, message: str, fix: str = "") -> None:
        self.message, self.fix = message, fix
        super().__init__(f"{message} {fix}".strip())


@dataclass(frozen=True, slots=True)
class Answer:
    """A parsed answer; `doubt` says why a person should look at it though it can be read one way only."""

    value: Json
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd in answers that are each well-formed: (code, key, message, fix)."""

    code: str
    key: str
    message: str
    fix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where a kind is being lowered.

    key: base key of this instance (`officers`, `officers.r1.name`, `invoice_remittance.full_value`);
    spoken: what precedes this kind's own words in spoken names ("A.3, officer 1"); prefill: value in the record's
    shape, or None; confirm: key of a tick that covers this instance already (a row's, a composite's), else "";
    begun: it stands in a repeating row in which something is known; in_grid: in a cell of a grid, whose heads are its
    label; labelled: its words stand above the field as
    its label (parts side by side); place: names this instance where its words are too long to be said for each of its
    pieces ("E.2, part 3").
    """

    key: str
    item: str
    number: str
    spoken: str
    path: tuple[str, ...] = ()
    row: str = ""
    required: bool = False
    prefill: Json = None
    confirm: str = ""
    when: tuple[str, ...] = ()
    follows: str = ""
    on: tuple[str, ...] = ()
    begun: bool = False
    in_grid: bool = False
    labelled: bool = False
    place: str = ""

    def down(self, segment: str, **changes: Any) -> At:
        """Return the place of a part or column `segment`: key and path grow by it."""
        changes.setdefault("path", (*self.path, segment))
        return replace(self, key=ids.join(self.key, segment), **changes)


@dataclass(slots=True)
class Lowering:
    """Collects cells and prefilled values while the kinds of one form make their blocks."""

    language: str
    parameters: Mapping[str, Json] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Printed number of each item (`{"receiving": "C.3"}`), for references."""
    cells: list[Cell] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    only_if: Callable[[str], str] | None = None
    """Says a condition in words ("E.1 is Yes"), for parts that are asked only then; the condition as it is if None."""
    heads: Mapping[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)
    """The columns of each list parameter: id, words, width."""
    names: set[str] = field(default_factory=set)
    """Spoken names given so far: each is unique in the form."""

    def say(self, code: str, /, **facts: object) -> str:
        """Return our own words in the form's language."""
        return say(code, self.language, **facts)

    def add(
        self,
        control: C,
        at: At,
        role: Role = "answer",
        *,
        piece: str = "",
        value: Value | None = None,
        required: bool | None = None,
    ) -> C:
        """Note the cell of `control` and its prefilled `value`; return the control, with a name that no other has.

        `required` is what the record asks, where a viewer must not enforce it (spare rows, what follows an answer).
        """
        control = self._alone(control)
        needed = control.required if required is None else required
        self.cells.append(_cell(control, at, role, piece, value, needed))
        if value is not None:
            self.values[control.key] = value
        return control

    def _alone(self, control: C) -> C:
        """Return the control with a number after its name if another control has that name."""
        name, n = control.name, 1
        while name in self.names:
            n += 1
            name = f"{control.name} ({n})"
        self.names.add(name)
        return control if name == control.name else replace(control, name=name)

    def condition(self, text: str) -> str:
        """Return "Answer only if ..." for a condition."""
        return self.say("answer_only_if", condition=self.only_if(text) if self.only_if else text)

    def confirm(self, at: At, key: str, spoken: str, *, label: bool = True) -> layout.Tick:
        """Return the tick "Correct as shown" with key `key` (…_confirm)."""
        words = self.say("correct_as_shown")
        tick = layout.Tick(
            key=key,
            name=f"{spoken}: {words.lower()}",
            label=words if label else "",
            quiet=self.say("as_we_know_it") if label else "",
        )
        return self.add(tick, replace(at, confirm="", follows="", on=()), "confirm", required=False)


def _cell(control: Control, at: At, role: Role, piece: str, value: Value | None, required: bool) -> Cell:
    """Return the place of `control` as the record sees it; only what is known can be confirmed."""
    return Cell(
        key=control.key,
        item=at.item,
        role=role,
        control=_CONTROL_NAMES[type(control)],
        name=control.name,
        path=at.path,
        field=piece,
        row=at.row,
        required=required,
        prefill=value,
        codes=tuple(option.code for option in getattr(control, "options", ())),
        confirm=at.confirm if role in ("answer", "other") and value is not None else "",
        follows=at.follows,
        on=at.on,
        when=at.when,
    )


_CONTROL_NAMES: dict[type[Control], str] = {
    layout.Line: "line",
    layout.Area: "area",
    layout.OneOf: "one_of",
    layout.ManyOf: "many_of",
    layout.Tick: "tick",
    layout.Blank: "blank",
}


class Kind(BaseModel, ABC):
    """The fields of every item, part and column, and the work that a kind does.

    text: its words (a question, a label, a column's head); label: an explicit printed label ("2", "a"), where the
    source has one; help: quiet text under the words; source: line of the source ("SOP L829-831"); cites: citations
    (19 CFR 152.102(g)); prefill: path into the account profile; include_when asks the profile when the form is made,
    show_when asks answers; note: for authors, never rendered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False)
    datatype: ClassVar[Datatype]
    summary: ClassVar[str]
    """One line for `formwright kinds`."""

    kind: str
    id: str
    text: LocalText = ""
    label: str | None = None
    help: LocalText = ""
    source: str = ""
    cites: tuple[str, ...] = ()
    lock: Lock = "free"
    topics: tuple[str, ...] = ()
    required: Truth = True
    prefill: str | None = None
    include_when: str | None = None
    show_when: str | None = None
    note: str = ""

    @field_validator("id")
    @classmethod
    def _good_id(cls, value: str) -> str:
        for fault in ids.id_faults(value):
            raise ValueError(fault)
        return value

    def children(self) -> tuple[Kind, ...]:
        """Return the kinds that this one is made of (parts, columns)."""
        return ()

    def leaf(self, path: tuple[str, ...]) -> Kind:
        """Return the kind that `path` (of a Cell) names, below this item. Raises KeyError for an unknown path."""
        kind: Kind = self
        for segment in path:
            kind = {child.id: child for child in kind.children()}[segment]
        return kind

    def words(self, language: str) -> str:
        """Return this kind's text in `language`, without marks."""
        return plain(pick(self.text, language))

    def spoken(self, at: At, out: Lowering) -> str:
        """Return the spoken name of this instance: number, question, part, row, then its own words."""
        words = self.words(out.language)
        return ", ".join(dict.fromkeys(part for part in (at.spoken, words) if part))

    def short(self, at: At, out: Lowering) -> str:
        """Return what names this instance before the words of each of its several controls.

        The number is enough for an item, the label for a labelled part; else its own words, unless they are long.
        """
        if at.spoken and (not at.path or (self.label and not at.in_grid)):
            return at.spoken
        return at.place if at.place and len(self.words(out.language)) > _LONG else self.spoken(at, out)

    @abstractmethod
    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        """Return the blocks under this kind's words (the words themselves are set by who holds it)."""

    @abstractmethod
    def parse(self, cell: Cell, raw: Value) -> Answer:
        """Return what `raw` (never blank) says in a cell of role `answer` whose path ends here.

        raw: str for Line, Area, Blank; a tuple of codes for OneOf and ManyOf; bool for Tick. A text in place of codes
        comes as a tuple of that text. Raises Invalid.
        """

    def dates(self, cell: Cell) -> bool:
        """Tell whether a date is written in a cell of role `answer` whose path ends here."""
        return False

    def numbers(self, cell: Cell) -> bool:
        """Tell whether a number is written in a cell of role `answer` whose path ends here."""
        return False

    @abstractmethod
    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        """Return the record's value of the instance at `key` from the parsed cells (key -> value; cells without a
        value are absent); None when nothing is there."""

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        """Yield what is odd between several cells of the instance at `key` (from after to, two of one-of)."""
        yield from ()

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with this definition beyond its fields' types, in words.

        Of this kind and of what holds between it and its children; who loads a definition asks each child too.
        """
        longest = max(self._keys(), key=len, default="")
        if len(longest) > ids.KEY_LIMIT:
            yield f"the key {longest!r} has {len(longest)} characters, {ids.KEY_LIMIT} are allowed\nShorten the ids."

    def _keys(self) -> Iterator[str]:
        """Yield the keys of all controls and of their widgets, as this kind makes them at an item of its own id."""
        out = Lowering(language="en")
        self.lower(At(key=self.id, item=self.id, number="", spoken=""), out)
        for cell in out.cells:
            yield _ROW.sub(".r999", cell.key)
            yield from (_ROW.sub(".r999", ids.option_key(cell.key, code)) for code in cell.codes)
            if cell.role == "answer":
                yield _ROW.sub(".r999", f"{_confirmed(cell)}_confirm")

    def prefill_faults(self, value: Json) -> Iterator[str]:
        """Yield what is wrong with a prefilled value (record's shape), in words."""
        yield from ()


def _confirmed(cell: Cell) -> str:
    """Return the key of what a tick "Correct as shown" may confirm: the row, else the whole compound."""
    segments = cell.key.split(".")
    if cell.row in segments:
        return ids.join(*segments[: segments.index(cell.row) + 1])
    return cell.key.removesuffix(f".{cell.field}") if cell.field else cell.key
