"""Words without an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formwright.kinds._base import Answer, At, Cell, Datatype, Invalid, Json, Kind, Lowering
from formwright.layout import Block, Value


class Info(Kind):
    """Words without an answer: a heading line, a hint between questions. It makes no cells.

    Controls: none.
    Value: none.
    """

    datatype: ClassVar[Datatype] = "none"
    summary: ClassVar[str] = "Words without an answer."

    kind: Literal["info"] = "info"

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        return ()

    def parse(self, cell: Cell, raw: Value) -> Answer:
        raise Invalid("There is nothing to answer here.")

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        return None

    def faults(self) -> Iterator[str]:
        if not self.text:
            yield "an info needs a `text`\nWrite one."
        if self.prefill:
            yield "an info cannot be prefilled\nTake it out."
