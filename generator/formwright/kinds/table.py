"""A table with rows that the account adds to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from formwright import ids, layout
from formwright.kinds import AnyColumn
from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Invalid, Json, Kind, Lowering
from formwright.kinds._grid import (
    column_faults,
    confirm_cell,
    filled,
    grid_columns,
    leaves,
    row_cells,
    row_ids,
    values_fault,
)
from formwright.kinds._leaf import Leaf
from formwright.layout import Block, Value
from formwright.text import LocalText, inline, pick

_NUMERIC: Final = ("integer", "decimal", "percent", "money")
_PARAMETER: Final = "{param:"


class Threshold(BaseModel):
    """From which value on a row is asked for: `column` must be at least `least`; `text` says of what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    least: Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
    text: LocalText = ""


class Table(Kind):
    """Rows that the account adds to; what is known comes first, then spare rows.

    Controls: a Grid; a row `rN` has the controls of its columns, a known one also a Tick `rN_confirm`.
    Value: `[{"_row": "r1", column: value, ...}]`, rows with something in them, in order.
    Prefill: a list of mappings column -> value; `_id` names the profile's row.
    Findings: `below_threshold` (for information), `too_few_rows`.
    """

    datatype: ClassVar[Datatype] = "table"
    summary: ClassVar[str] = "A table with rows that the account adds to."

    kind: Literal["table"] = "table"
    columns: tuple[AnyColumn, ...] = Field(description="kinds that answer one thing")
    spare: Annotated[int, Field(ge=0, le=60)] = Field(3, description="empty rows after the known ones")
    min_rows: Annotated[int, Field(ge=0)] | None = Field(
        None, description="rows asked for; default 1 if required, else 0"
    )
    max_rows: Annotated[int, Field(ge=1)] | None = Field(None, description="most rows")
    row_name: LocalText = Field("", description='what one row is ("officer"), for spoken names')
    rows_name: LocalText = Field("", description='what several are ("officers"), for "More officers?"')
    threshold: Threshold | None = Field(None, description="`{column, least, text}`: which rows are asked for")

    def children(self) -> tuple[Leaf, ...]:
        return leaves(self.columns)

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        known: Sequence[Mapping[str, Any]] = at.prefill or ()
        spoken = self.short(at, out)
        count = len(known) + self._spare(len(known))
        rows = tuple(
            self._row(n, known[n - 1] if n <= len(known) else None, bool(known), spoken, at, out)
            for n in range(1, count + 1)
        )
        grid = layout.Grid(
            columns=grid_columns(self.children(), out, confirm=bool(known)),
            rows=rows,
            name=self.spoken(at, out),
            number=at.number,
            repeating=True,
            known_rows=len(known),
        )
        said = self._help(count, bool(known), at.number, out)
        return (grid, layout.Para(runs=inline(said), role="help")) if said else (grid,)

    def _spare(self, known: int) -> int:
        spare = max(self.spare, (self.min_rows or 0) - known)
        return spare if self.max_rows is None else max(min(spare, self.max_rows - known), 0)

    def _row(
        self, n: int, known: Mapping[str, Any] | None, confirmed: bool, spoken: str, at: At, out: Lowering
    ) -> layout.Row:
        """Return row N; `known` is what the profile has, or None for a spare row."""
        row = f"r{n}"
        key = ids.join(at.key, row)
        name = pick(self.row_name, out.language)
        said = f"{spoken}, {f'{name} {n}' if name else out.say('row', n=n)}".removeprefix(", ")
        confirm = f"{key}_confirm" if known is not None else ""
        here = replace(
            at, key=key, row=row, spoken=said, confirm=confirm, required=True, begun=known is not None, prefill=None,
            place="",
        )  # fmt: skip
        cells = row_cells(self.children(), here, dict(known or {}), out)
        if confirmed:
            cells += (confirm_cell(here, confirm, said, out) if confirm else (),)
        return layout.Row(id=row, cells=cells, number=str(n), known=known is not None)

    def _help(self, count: int, known: bool, number: str, out: Lowering) -> str:
        said = [out.say("shaded_rows")] if known else []
        rows = pick(self.rows_name, out.language)
        if self.max_rows is None or count < self.max_rows:
            if not number:
                said.append(out.say("more_rows_unnumbered"))
            elif rows:
                said.append(out.say("more_rows_of", rows=rows, number=number))
            else:
                said.append(out.say("more_rows", number=number))
        return " ".join(said)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        raise Invalid("A table has no answer of its own.")

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        rows = []
        for row in row_ids(key, answers):
            found = {leaf.id: leaf.value(ids.join(key, row, leaf.id), answers) for leaf in self.children()}
            if any(filled(value) for value in found.values()):
                rows.append({"_row": row, **{name: value for name, value in found.items() if value is not None}})
        return rows or None

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        rows = self.value(key, answers) or []
        for row in rows:
            for leaf in self.children():
                yield from leaf.findings(ids.join(key, row["_row"], leaf.id), answers)
            yield from self._below(key, row)
        least = self.least_rows
        if len(rows) < least:
            said = f"{len(rows)} of at least {least} {'row is' if least == 1 else 'rows are'} filled in."
            yield Finding("too_few_rows", key, said, "Ask for the others.")

    @property
    def least_rows(self) -> int:
        """Rows that are asked for."""
        return self.min_rows if self.min_rows is not None else int(self.required)

    def _below(self, key: str, row: Mapping[str, Json]) -> Iterator[Finding]:
        if self.threshold is None:
            return
        value = row.get(self.threshold.column)
        amount = _decimal(value["amount"] if isinstance(value, dict) else value)
        least = _decimal(self.threshold.least)
        if amount is not None and least is not None and amount < least:
            of = pick(self.threshold.text, "en")
            said = f"{amount} is below the {least} {of}".rstrip() + " from which rows are asked for."
            yield Finding("below_threshold", ids.join(key, row["_row"], self.threshold.column), said)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from column_faults(self.children())
        if self.max_rows is not None and self.max_rows < max(self.least_rows, 1):
            said = f"max_rows {self.max_rows} is less than min_rows {self.least_rows}"
            yield f"{said}\nChange one of the two; a required table asks for one row."
        if self.max_rows is None and not self.spare and not self.prefill and not self.min_rows:
            yield "there are no rows\nGive `spare`, `min_rows` or `prefill`."
        if self.threshold:
            yield from self._threshold_faults(self.threshold)

    def _threshold_faults(self, threshold: Threshold) -> Iterator[str]:
        kinds = {column.id: column.kind for column in self.columns}
        if threshold.column not in kinds:
            yield f"the threshold's column {threshold.column!r} is not one of {', '.join(kinds)}\nName one of them."
        elif kinds[threshold.column] not in _NUMERIC:
            said = f"the threshold's column {threshold.column!r} is no number: its kind is {kinds[threshold.column]}"
            yield f"{said}\nName a column of numbers."
        if _PARAMETER not in threshold.least and _decimal(threshold.least) is None:
            yield f"the threshold's least {threshold.least!r} is no number\nWrite digits, such as 10."

    def prefill_faults(self, value: Json) -> Iterator[str]:
        if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
            yield "a table is prefilled with a list of mappings, column: value"
            return
        if self.max_rows is not None and len(value) > self.max_rows:
            yield f"there are {len(value)} rows, {self.max_rows} are allowed"
        columns = {leaf.id: leaf for leaf in self.children()}
        for n, row in enumerate(value, 1):
            for name, known in row.items():
                if name in ("_id", "_row"):
                    continue
                if name not in columns:
                    yield f"row {n}: there is no column {name!r}; there are {', '.join(columns)}"
                else:
                    yield from (f"row {n}, {fault}" for fault in values_fault(columns[name], known))


def _decimal(text: Json) -> Decimal | None:
    try:
        found = Decimal(str(text).strip().removesuffix("%")) if text is not None else None
    except InvalidOperation:
        return None
    return found if found is None or found.is_finite() else None
