"""From one date to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Json, Leaf, Lowering
from formwright.kinds.date import parse_date, shown_date
from formwright.layout import Control, Line, Value


class DateRange(Leaf):
    """From one date to another, each asked as month / day / year.

    Controls: two Lines, `from` and `to`.
    Value: `{from, to}`, ISO; null for what is not given.
    Read: like date.
    Findings: `from_after_to`.
    """

    datatype: ClassVar[Datatype] = "date_range"
    summary: ClassVar[str] = "From one date to another."
    weight: ClassVar[int] = 3

    kind: Literal["date_range"] = "date_range"

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        how = out.say("date_format")
        return tuple(
            self.place(Line, at, out, piece=piece, label=f"{out.say(piece)} ({how})", hint="date", width=4)
            for piece in ("from", "to")
        )

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_date(raw)

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {piece: answers.get(f"{key}.{piece}") for piece in ("from", "to")}
        return found if any(found.values()) else None

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict) or value.keys() != {"from", "to"}:
            raise ValueError(f"{value!r} is not {{from, to}}")
        return {piece: shown_date(day) for piece, day in value.items() if day is not None}

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        start, end = answers.get(f"{key}.from"), answers.get(f"{key}.to")
        if start and end and start > end:
            yield Finding("from_after_to", f"{key}.to", f"{end} is before {start}.", "Ask which date is wrong.")
