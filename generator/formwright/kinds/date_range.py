"""From one date to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formwright.kinds._base import Answer, Cell, Datatype, Finding, Json
from formwright.kinds._from_to import FromTo
from formwright.kinds.date import parse_date, shown_date
from formwright.layout import Value


class DateRange(FromTo):
    """From one date to another, each asked as month / day / year.

    Controls: two Lines, `from` and `to`.
    Value: `{from, to}`, ISO; null for what is not given.
    Read: like date.
    Findings: `from_after_to`.
    """

    datatype: ClassVar[Datatype] = "date_range"
    summary: ClassVar[str] = "From one date to another."
    format_words: ClassVar[str] = "date_format"

    kind: Literal["date_range"] = "date_range"

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_date(raw)

    def shown_piece(self, day: Json) -> str:
        return shown_date(day)

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        start, end = answers.get(f"{key}.from"), answers.get(f"{key}.to")
        if start and end and start > end:
            yield Finding("from_after_to", f"{key}.to", f"{end} is before {start}.", "Ask which date is wrong.")
