"""Papers to be sent with the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from formwright import ids, layout
from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Kind, Lowering
from formwright.kinds._grid import row_ids
from formwright.kinds._raw import text_of, tick_of
from formwright.layout import Block, Line, Tick, Value
from formwright.schema import Truth
from formwright.text import LocalText, pick, plain

NOTE: Final = "note"
_NEVER: Final = "attachments cannot be prefilled\nTake it out; what is to be sent is a list parameter (`for_each`)."
_FOR: Final = "for"
Heads = Sequence[tuple[str, str, int]]


class Attachments(Kind):
    """Papers to be sent: one tick, or a row for each entry of a list parameter (the entry is ours to state).

    Controls: a Tick `<item>_enclosed`; with a list a Grid with a Tick `rN_enclosed` in each row; a Line `note`.
    Value: `[{for, enclosed, note}]`, one for each row, once something is ticked or noted; `for` is the entry's first
    text, or `wants`.
    Read: the tick like any tick, the note as text.
    """

    datatype: ClassVar[Datatype] = "attachments"
    summary: ClassVar[str] = "Papers to be sent with the form."

    kind: Literal["attachments"] = "attachments"
    for_each: str | None = Field(None, description="list parameter: one row for each of its entries")
    wants: LocalText = Field("", description="what is to be sent")
    note_line: Truth = Field(False, description="a line to say what was sent")

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        entries = _entries(out.parameters.get(self.for_each)) if self.for_each else []
        return (self._grid(entries, at, out),) if entries else self._single(at, out)

    # ---- one tick

    def _single(self, at: At, out: Lowering) -> tuple[Block, ...]:
        marked = out.say("attached_marked", number=at.number) if at.number else out.say("attached")
        wants = plain(pick(self.wants, out.language))
        spoken = self._spoken(at, out)
        tick = self._tick(at, spoken, wants or marked, out, quiet=marked if wants else "")
        blocks: tuple[Block, ...] = (layout.Field(control=tick),)
        if self.note_line:
            blocks += (layout.Field(control=self._note(at, spoken, out, label=True)),)
        return blocks

    # ---- one row for each entry

    def _grid(self, entries: list[Mapping[str, str]], at: At, out: Lowering) -> layout.Grid:
        heads = self._heads(entries, out)
        columns = [layout.Column(title=words, width=width) for _, words, width in heads]
        if self.note_line:
            columns.append(layout.Column(title=out.say("what_was_sent"), width=5))
        columns.append(layout.Column(title=out.say("attached"), width=2, tick=True))
        rows = tuple(self._row(n, entry, heads, at, out) for n, entry in enumerate(entries, 1))
        return layout.Grid(columns=tuple(columns), rows=rows, name=self.spoken(at, out), number=at.number)

    def _heads(self, entries: list[Mapping[str, str]], out: Lowering) -> Heads:
        """Return the given columns: as the parameter declares them, else from the entries' keys."""
        declared = out.heads.get(self.for_each or "", ())
        names = list(dict.fromkeys(name for entry in entries for name in entry))
        if declared:
            if names == [_FOR]:
                return ((_FOR, declared[0][1], declared[0][2]),)
            return tuple(head for head in declared if head[0] in names)
        if names == [_FOR]:
            return ((_FOR, out.say("for"), 4),)
        return tuple((name, name.replace("_", " ").capitalize(), 4) for name in names)

    def _row(self, n: int, entry: Mapping[str, str], heads: Heads, at: At, out: Lowering) -> layout.Row:
        row = f"r{n}"
        spoken = ", ".join(said for said in (self._spoken(at, out), out.say("entry", n=n)) if said)
        here = replace(at, key=ids.join(at.key, row), row=row, spoken=spoken)
        cells: list[layout.Cell] = [
            (self._given(name, words, entry.get(name, ""), here, out),) for name, words, _ in heads
        ]
        if self.note_line:
            cells.append((self._note(here, spoken, out, label=False),))
        cells.append((self._tick(here, spoken, "", out),))
        return layout.Row(id=row, cells=tuple(cells), number=str(n))

    def _given(self, name: str, words: str, text: str, at: At, out: Lowering) -> Line:
        line = Line(key=ids.join(at.key, name), name=f"{at.spoken}, {words}", fixed=True)
        return out.add(line, replace(at, confirm=""), "given", piece=name, value=text, required=False)

    # ---- both

    def _tick(self, at: At, spoken: str, label: str, out: Lowering, quiet: str = "") -> Tick:
        name = ", ".join(said for said in (spoken, out.say("attached")) if said)
        tick = Tick(key=f"{at.key}_enclosed", name=name, label=label, quiet=quiet)
        needed = at.required and self.required
        return out.add(tick, replace(at, confirm=""), "enclosed", piece="enclosed", required=needed)

    def _note(self, at: At, spoken: str, out: Lowering, *, label: bool) -> Line:
        words = out.say("what_was_sent")
        line = Line(key=ids.join(at.key, NOTE), name=f"{spoken}, {words}", label=words if label else "")
        return out.add(line, replace(at, confirm=""), piece=NOTE, required=False)

    def _spoken(self, at: At, out: Lowering) -> str:
        """Return what the names of its controls begin with: what is to be sent, where that is said."""
        wants = plain(pick(self.wants, out.language))
        return ", ".join(said for said in (at.spoken, wants) if said) if wants else self.short(at, out)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        if cell.field == NOTE:
            return Answer(text_of(raw))
        return Answer(tick_of(raw))

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        rows = [ids.join(key, row) for row in self._rows(key, answers)] or [key]
        found = [self._sent(row, row != key, answers) for row in rows]
        return found if any(sent["enclosed"] or sent["note"] for sent in found) else None

    def _rows(self, key: str, answers: Mapping[str, Json]) -> list[str]:
        return row_ids(key, (name.removesuffix("_enclosed") for name in answers)) if self.for_each else []

    def _sent(self, row: str, listed: bool, answers: Mapping[str, Json]) -> dict[str, Any]:
        given = [
            text for name, text in answers.items()
            if listed and name.startswith(f"{row}.") and name != f"{row}.{NOTE}"
        ]  # fmt: skip
        return {
            "for": given[0] if given else plain(pick(self.wants, "en")),
            "enclosed": bool(answers.get(f"{row}_enclosed")),
            "note": answers.get(f"{row}.{NOTE}"),
        }

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.prefill:
            yield _NEVER

    def prefill_faults(self, value: Json) -> Iterator[str]:
        yield _NEVER


def _entries(entries: Json) -> list[Mapping[str, str]]:
    return [entry if isinstance(entry, dict) else {_FOR: str(entry)} for entry in entries or ()]
