"""From what stands in a Word file to one cell for each issued key, and cells for the rows that were added.

tag     the control with the name of the place
alias   the control with its title, where a program dropped the names
region  the cell, or the line of ticks, where the place was issued; all text in it counts, also outside the control
anchor  the same in a question that is found by its words alone
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from formwright.hidden import escaped
from formwright.layout import Value
from formwright.raw import RawCell, RawState
from formwright.readers import _docx_text as texts
from formwright.readers._base import Place
from formwright.readers._docx_find import Added, Found
from formwright.readers._docx_manifest import TEXTS, Manifest, plain, row_of
from formwright.readers._docx_quick import Quick
from formwright.readers._docx_seen import Body, Cell, Control, Paragraph, before
from formwright.readers._docx_text import Reading
from formwright.readers._docx_ticks import BOXES, TYPED, Mark, mark_of, marks_of, paired, without_signs
from formwright.readers._fold import LONGEST
from formwright.readers._seen import tidy

CONFIDENCE: Final = {"docx_tag": 1.0, "docx_alias": 0.95, "docx_region": 0.9, "docx_anchor": 0.8}
TAG, ALIAS, REGION, ANCHOR = CONFIDENCE


class Piece(NamedTuple):
    """What one control says."""

    state: RawState
    value: Value | None = None
    raw: str = ""
    note: str = ""
    values: tuple[Value, ...] = ()
    method: str = TAG
    was: str | None = None


MISSING: Final = Piece("missing")


@dataclass(slots=True)
class Folder:
    """Folds one file. named: tag -> its controls that count; used: controls whose text is an answer; changed: key ->
    (before, now) of what was changed with changes tracked; cells: cell -> the places that were issued in it."""

    body: Body
    plan: Manifest
    found: Found
    prompts: frozenset[str]
    token: str | None = None
    named: dict[str, list[Control]] = field(default_factory=dict)
    titled: dict[str, list[Control]] = field(default_factory=dict)
    used: set[Control] = field(default_factory=set)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    cells: dict[Cell, list[Place]] = field(default_factory=dict)
    _loose: dict[str, dict[str, Mark]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        copied = {cell for added in self.found.added for cell in added.row.cells}
        for control in self.body.controls:
            if control.deleted or control.cell in copied or control.kind == "repeat":
                continue
            if control.tag:
                self.named.setdefault(control.tag, []).append(control)
            elif control.alias:
                self.titled.setdefault(control.alias, []).append(control)
        for name, cell in self.found.cells.items():
            self.cells.setdefault(cell, []).append(self.plan.names[name])

    def fold(self) -> list[RawCell]:
        """Return one cell for each issued key, in order."""
        keys = self.plan.keys.items()
        return [self._cell(key, [self._piece(place) for place in places], places) for key, places in keys]

    def _cell(self, key: str, pieces: list[Piece], places: Sequence[Place]) -> RawCell:
        one = pieces[0] if len(pieces) == 1 else several(places, pieces)
        if self.body.changed:
            self._note_changes(key, pieces)
        return _finished(key, one)

    def _note_changes(self, key: str, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if piece.was is not None and piece.was != piece.raw:
                self.changed[key] = (piece.was, piece.raw)

    def _piece(self, place: Place) -> Piece:
        if place.kind == "tick":
            return self._tick(place)
        if place.kind == "heading":
            return self._heading(place)
        if place.kind == "property":
            return MISSING if self.token is None else Piece("read", self.token, self.token)
        if place.kind == "text":
            return Piece("read", "")
        return self._text(place)

    def _heading(self, place: Place) -> Piece:
        region = self.found.regions.get(place.name)
        first = region.blocks[0] if region and region.blocks else None
        if region is None or not isinstance(first, Paragraph):
            return MISSING
        words = " ".join(plain(first.text).split())
        words = place.words if plain(words) == plain(place.words) else words
        return Piece("read", words, words, method=ANCHOR if region.anchored else REGION)

    def _where(self, place: Place) -> str:
        """Return the tier of a place that is found by where it stands."""
        region = self.found.regions.get(place.region)
        return ANCHOR if region is not None and region.anchored else REGION

    # ---- texts, lists ---------------------------------------------------------------------------

    def _text(self, place: Place) -> Piece:
        for controls, method in ((self.named.get(place.name), TAG), (self._titled(place), ALIAS)):
            if controls:
                self.used.update(controls)
                return agreed([self._typed(place, control.cell, control, method) for control in controls])
        cell = self.found.cells.get(place.name)
        if cell is None or any(control.tag in self.plan.names for control in cell.controls):
            return MISSING
        piece = self._typed(place, cell, None, self._where(place))
        if self.named and not cell.controls and not piece.raw:
            return MISSING  # where others have their controls, an empty cell is one whose control is gone
        self.used.update(cell.controls)
        return piece

    def _titled(self, place: Place) -> list[Control]:
        """Return the control of a title that no other place has; not one that a program drew around more."""
        if not place.alias or self.plan.aliases.get(place.alias) is None:
            return []
        return [one for one in self.titled.get(place.alias, ()) if not one.wide and len(one.inner) <= 1]

    def _typed(self, place: Place, cell: Cell | None, control: Control | None, method: str) -> Piece:
        """Return what is typed in a control, and in its cell beside it."""
        if control is not None and control.kind == "tick":
            return Piece("unread", raw=control.text[:1000], note="type_changed", method=method)
        own = None if control is None else texts.of_control(control, self.prompts)
        reading = own if own is not None and place.kind in ("list", "date") and own.text.strip() else None
        if reading is None and cell is not None:
            reading = self._in_cell(place, cell, control)
        reading = reading or own or Reading("")
        method = REGION if reading.beside and method == TAG else method
        return chosen(place, reading, method) if place.kind == "list" else said(reading, method)

    def _in_cell(self, place: Place, cell: Cell, control: Control | None) -> Reading:
        share, note = self._share(place, cell)
        put = [table.text for table in cell.tables if table not in self.found.tables]
        last = [one for one in self.cells.get(cell, ()) if one.kind in TEXTS][-1:]
        found = texts.of_paragraphs(share, control, self.prompts, put if not last or last[0] is place else ())
        return Reading(found.text, found.beside, found.note or note, found.was) if note else found

    def _share(self, place: Place, cell: Cell) -> tuple[list[Paragraph], str]:
        """Return the paragraphs of a cell that are one place's, where several places or words of ours stand in it."""
        places = self.cells.get(cell, [])
        mine = [one for one in places if one.kind != "tick"] or [place]
        if len(places) <= 1:
            return cell.paragraphs, ""
        left = [one for one in cell.paragraphs if not self._ours(one, mine)]
        if len(mine) == 1 or place not in mine:
            return left, ""
        starts = [self._start(one, left) for one in mine]
        at = mine.index(place)
        if None not in starts:
            bounds = [0, *sorted(start for start in starts if start is not None)[1:], len(left)]
            return left[bounds[at] : bounds[at + 1]], ""
        if len(left) == len(mine):
            return left[at : at + 1], ""
        return left[at : at + 1] if at < len(mine) - 1 else left[at:], "several_in_cell"

    def _ours(self, paragraph: Paragraph, places: Sequence[Place]) -> bool:
        names = {place.name for place in places}
        if any(control.tag in names for control in paragraph.controls):
            return False
        return bool(marks_of([paragraph])) or (not paragraph.controls and plain(paragraph.text) in self.plan.printed)

    def _start(self, place: Place, paragraphs: Sequence[Paragraph]) -> int | None:
        for at, paragraph in enumerate(paragraphs):
            if any(control.tag == place.name for control in paragraph.controls):
                return at
        return None

    # ---- ticks ----------------------------------------------------------------------------------

    def _tick(self, place: Place) -> Piece:
        controls = self.named.get(place.name, [])
        if controls:
            self.used.update(controls)
            return agreed([self._marked(place, mark_of(one), one.cell, TAG, one.text) for one in controls])
        titled = [one for one in self._titled(place) if len(marks_of_control(one)) == 1]
        if len(titled) == 1:
            self.used.update((*titled, *titled[0].inner))
            return self._marked(place, marks_of_control(titled[0])[0], titled[0].cell, ALIAS, "")
        mark, cell = self._mark(place)
        if mark is None:
            return MISSING
        if mark.control is not None:
            self.used.add(mark.control)
        return self._marked(place, mark, cell, self._where(place), "")

    def _mark(self, place: Place) -> tuple[Mark | None, Cell | None]:
        """Return the tick that stands where a place was issued."""
        if place.at:
            cell = self.found.cells.get(place.name)
            if cell is None:
                return None, None
            places = [one for one in self.cells[cell] if one.kind == "tick"]
            return paired(places, marks_of(cell.paragraphs)).get(place.name), cell
        if place.region not in self._loose:
            region = self.found.regions.get(place.region)
            blocks = region.blocks if region is not None else []
            lines = [block for block in blocks if isinstance(block, Paragraph)]
            self._loose[place.region] = paired(self.plan.regions[place.region].loose, marks_of(lines))
        return self._loose[place.region].get(place.name), None

    def _marked(self, place: Place, mark: Mark | None, cell: Cell | None, method: str, text: str) -> Piece:
        if mark is None:
            return Piece("unread", raw=text[:1000], note="type_changed", method=method)
        if mark.odd:
            return Piece("conflict", raw=mark.sign, note="tick_and_sign_differ", values=(True, False), method=method)
        if cell is not None and not mark.on and not place.code and self._beside(place, cell) in TYPED:
            return Piece("conflict", raw=cell.text, note="mark_beside", values=(True, False), method=method)
        changed = mark.control is not None and any(bit.state for bit in mark.control.bits)
        was = before(mark.control.bits) if changed and mark.control is not None else None
        return Piece("read", mark.on, mark.sign, method=method, was=was)

    def _beside(self, place: Place, cell: Cell) -> str:
        return without_signs(cell.text).removesuffix(plain(place.words)).strip()

    # ---- added rows -----------------------------------------------------------------------------

    def row(self, added: Added, key: str) -> list[RawCell]:
        """Return the cells of a row that was added, under keys of their own, none where nothing is in it; `key` is the
        row's."""
        model = added.plan.rows[added.model]
        groups: dict[str, list[Place]] = {}
        for place in model:
            issued = row_of(place.key)
            if place.key.startswith(f"{issued}."):  # a tick that confirms what we know says nothing of a new row
                groups.setdefault(f"{key}{place.key.removeprefix(issued)}", []).append(place)
        cells = [
            self._cell(name, [self._added(place, added) for place in places], places) for name, places in groups.items()
        ]
        return cells if any(cell.value not in (None, "", (), False) or cell.values for cell in cells) else []

    def _added(self, place: Place, added: Added) -> Piece:
        cells = added.row.cells
        if place.at[2] >= len(cells):
            return MISSING
        cell = cells[place.at[2]]
        controls = [one for one in cell.controls if one.tag == place.name] or cell.controls[:1]
        self.used.update(cell.controls)
        if place.kind != "tick":
            control = next((one for one in controls if one.kind != "tick"), None)
            return self._typed(place, cell, control, REGION)
        places = [one for one in added.plan.rows[added.model] if one.kind == "tick" and one.at == place.at]
        mark = paired(places, marks_of(cell.paragraphs)).get(place.name)
        return MISSING if mark is None else self._marked(place, mark, cell, REGION, "")


def quick_cells(plan: Manifest, quick: Quick, token: str | None) -> list[RawCell]:
    """Return one cell for each issued key of a file in which nothing was changed but the answers."""
    cells = []
    for key, places in plan.keys.items():
        if places[0].kind in TEXTS and not quick.texts[places[0].name]:
            cells.append(RawCell(key=key, state="read", value="", method=TAG))  # most places of most returns
        else:
            cells.append(_finished(key, _quickly(places, quick, token)))
    return cells


def _quickly(places: Sequence[Place], quick: Quick, token: str | None) -> Piece:
    place = places[0]
    if place.kind == "tick":
        pieces = [Piece("read", on, BOXES[on]) for on in (quick.ticks[one.name] for one in places)]
        return pieces[0] if len(pieces) == 1 else several(places, pieces)
    if place.kind == "heading":
        return Piece("read", place.words, place.words, method=REGION)
    if place.kind == "property":
        return MISSING if token is None else Piece("read", token, token)
    if place.kind == "text":
        return Piece("read", "")
    reading = Reading(quick.texts[place.name])
    return chosen(place, reading, TAG) if place.kind == "list" else said(reading, TAG)


def _finished(key: str, piece: Piece) -> RawCell:
    return RawCell(
        key=key,
        state=piece.state,
        value=piece.value,
        raw=escaped(piece.raw)[:LONGEST],
        values=piece.values,
        method=piece.method if piece.state != "missing" else "docx",
        confidence=CONFIDENCE[piece.method],
        note=piece.note,
    )


def marks_of_control(control: Control) -> list[Mark]:
    """Return the ticks that stand in a control, itself or in ones in it."""
    ticks = [one for one in (control, *control.inner) if one.kind == "tick"]
    return [mark for one in ticks if (mark := mark_of(one)) is not None]


def chosen(place: Place, reading: Reading, method: str) -> Piece:
    """Return a choice from a list: what is shown is the words of a code."""
    text, odd = tidy(reading.text)
    text = text.strip()
    note = odd or reading.note
    if not text:
        return Piece("read", (), reading.text, note, method=method, was=reading.was)
    same = plain(text).casefold()
    codes = [code for code, label in place.labels if same in (code.casefold(), plain(label).casefold())]
    if len(codes) > 1:
        values = tuple((code,) for code in codes)
        return Piece("conflict", raw=text, note="ambiguous_choice", values=values, method=method)
    return Piece("read", (codes[0] if codes else text,), text, note, method=method, was=reading.was)


def said(reading: Reading, method: str) -> Piece:
    """Return the text of a line, an area or a date."""
    text = reading.text
    if len(text) > LONGEST:
        return Piece("unread", raw=text[:1000], note="too_long", method=method)
    clean, note = tidy(text)
    return Piece("read", clean, text, note or reading.note, method=method, was=reading.was)


def agreed(pieces: list[Piece]) -> Piece:
    """Return what several controls of one name say together."""
    first = pieces[0]
    if len(pieces) == 1:
        return first
    if all(piece[:2] == first[:2] and piece.values == first.values for piece in pieces):
        return first._replace(note=first.note or "doubled_field")
    values: dict[tuple[type, Value], Value] = {}
    for piece in pieces:
        for value in piece.values or (() if piece.value is None else (piece.value,)):
            values[type(value), value] = value
    raw = " | ".join(dict.fromkeys(piece.raw for piece in pieces))
    return Piece("conflict", raw=raw, note="doubled_field", values=tuple(values.values()))


def several(places: Sequence[Place], pieces: Sequence[Piece]) -> Piece:
    """Return the ticks of one question as one value: the codes that are on."""
    on = tuple(place.code for place, piece in zip(places, pieces, strict=True) if piece.value is True)
    states = {piece.state for piece in pieces}
    note = next((piece.note for piece in pieces if piece.note), "")
    methods = [piece.method for piece in pieces if piece.state != "missing"]
    method = min(methods, key=CONFIDENCE.__getitem__, default=TAG)
    found = Piece("read", on, ", ".join(on), note, method=method, was=_were(places, pieces))
    if "conflict" in states:
        doubtful = {place.code for place, piece in zip(places, pieces, strict=True) if piece.state == "conflict"}
        most = tuple(place.code for place in places if place.code in on or place.code in doubtful)
        return found._replace(state="conflict", value=None, values=(on, most))
    if "unread" in states:
        return found._replace(state="unread", value=None)
    if states == {"missing"} or ("missing" in states and not on):
        return found._replace(state="missing", value=None, note="part_missing" if len(states) > 1 else note)
    return found._replace(note="part_missing") if "missing" in states else found


def _were(places: Sequence[Place], pieces: Sequence[Piece]) -> str | None:
    """Return the codes that were on before the changes that were tracked, None where there are none."""
    if all(piece.was is None for piece in pieces):
        return None
    were = ("☒" in (piece.raw if piece.was is None else piece.was) for piece in pieces)
    return ", ".join(place.code for place, on in zip(places, were, strict=True) if on)
