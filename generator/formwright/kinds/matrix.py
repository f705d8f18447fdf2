"""A table with fixed rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from formwright import ids, layout
from formwright.kinds import AnyColumn
from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Json, Kind, Lowering
from formwright.kinds._grid import column_faults, confirm_cell, filled, grid_columns, leaves, row_cells, values_fault
from formwright.kinds._leaf import Leaf
from formwright.kinds._options import doubled
from formwright.kinds._raw import tick_of
from formwright.layout import Block, Value
from formwright.schema import Truth
from formwright.text import LocalText, pick, plain

NA: Final = "na"
"""Field of the tick "Does not apply", and its name in the value of the row."""


class MatrixRow(BaseModel):
    """A fixed row; an `optional` one has a tick "Does not apply" under its head."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: LocalText
    optional: Truth = False

    @field_validator("id")
    @classmethod
    def _good_id(cls, value: str) -> str:
        for fault in ids.id_faults(value):
            raise ValueError(fault)
        return value


class Matrix(Kind):
    """Fixed rows, each with the same columns to fill in.

    Controls: a Grid; a row has the controls of its columns, an optional one also a Tick `na`.
    Value: `{row: {column: value, na: true}}`, rows with something in them; `na` only where it is ticked.
    Prefill: `{row: {column: value}}`.
    Findings: `na_but_answered`.
    """

    datatype: ClassVar[Datatype] = "matrix"
    summary: ClassVar[str] = "A table with fixed rows."

    kind: Literal["matrix"] = "matrix"
    rows: tuple[MatrixRow, ...] = Field(description="`{id, text, optional}` each")
    columns: tuple[AnyColumn, ...] = Field(description="kinds that answer one thing")
    row_title: LocalText = Field("", description="head of the column of rows")

    def children(self) -> tuple[Leaf, ...]:
        return leaves(self.columns)

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        known: Mapping[str, Mapping[str, Any]] = at.prefill or {}
        spoken = self.short(at, out)
        rows = tuple(self._row(row, known.get(row.id) or {}, bool(known), spoken, at, out) for row in self.rows)
        return (
            layout.Grid(
                columns=grid_columns(self.children(), out, confirm=bool(known)),
                rows=rows,
                name=self.spoken(at, out),
                role="matrix",
                number=at.number,
                row_title=pick(self.row_title, out.language),
                known_rows=sum(row.known for row in rows),
            ),
        )

    def _row(
        self, row: MatrixRow, known: Mapping[str, Any], confirmed: bool, spoken: str, at: At, out: Lowering
    ) -> layout.Row:
        key = ids.join(at.key, row.id)
        head = plain(pick(row.text, out.language))
        said = ", ".join(part for part in (spoken, head) if part)
        confirm = f"{key}_confirm" if known else ""
        here = replace(
            at, key=key, row=row.id, spoken=said, confirm=confirm, prefill=None, place="",
            required=at.required and self.required,
        )  # fmt: skip
        under: tuple[layout.Control, ...] = ()
        if row.optional:
            tick = self._does_not_apply(here, said, out)
            under, here = (tick,), replace(here, follows=tick.key, on=("off",))
        cells = row_cells(self.children(), here, dict(known), out)
        if confirmed:
            cells += (confirm_cell(here, confirm, said, out) if confirm else (),)
        return layout.Row(id=row.id, cells=cells, head=head, known=bool(known), under=under)

    def _does_not_apply(self, at: At, spoken: str, out: Lowering) -> layout.Tick:
        words = out.say("does_not_apply")
        tick = layout.Tick(key=ids.join(at.key, NA), name=f"{spoken}, {words}", label=words)
        return out.add(tick, replace(at, confirm=""), piece=NA, required=False)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return Answer(tick_of(raw))

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {}
        for row in self.rows:
            values = {leaf.id: leaf.value(ids.join(key, row.id, leaf.id), answers) for leaf in self.children()}
            if row.optional and answers.get(ids.join(key, row.id, NA)):
                values[NA] = True
            if any(filled(value) for value in values.values()):
                found[row.id] = {name: value for name, value in values.items() if value is not None}
        return found or None

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        value = self.value(key, answers) or {}
        for row in self.rows:
            for leaf in self.children():
                yield from leaf.findings(ids.join(key, row.id, leaf.id), answers)
            said = value.get(row.id, {})
            if said.get(NA) and any(filled(answer) for name, answer in said.items() if name != NA):
                words = f"“{pick(row.text, 'en')}” is said not to apply, and has answers."
                yield Finding("na_but_answered", ids.join(key, row.id, NA), words, "Ask which of the two holds.")

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from column_faults(self.children())
        if not self.rows:
            yield "there must be at least one row\nGive `rows`, or make it a table."
        yield from doubled("row", [row.id for row in self.rows])
        if any(row.optional for row in self.rows) and NA in {column.id for column in self.columns}:
            yield f"the column id {NA!r} is taken by the tick of optional rows\nTake another id."

    def prefill_faults(self, value: Json) -> Iterator[str]:
        rows, columns = {row.id for row in self.rows}, {leaf.id: leaf for leaf in self.children()}
        if not isinstance(value, dict) or not all(isinstance(row, dict) for row in value.values()):
            yield "a matrix is prefilled with a mapping, row: {column: value}"
            return
        for name, row in value.items():
            if name not in rows:
                yield f"there is no row {name!r}; there are {', '.join(sorted(rows))}"
            for column, known in row.items():
                if column not in columns:
                    yield f"row {name}: there is no column {column!r}; there are {', '.join(columns)}"
                else:
                    yield from (f"row {name}, {fault}" for fault in values_fault(columns[column], known))
