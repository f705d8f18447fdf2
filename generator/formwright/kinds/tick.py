"""One tick."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from formwright import layout
from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._raw import tick_of
from formwright.layout import Block, Control, Value
from formwright.schema import Truth
from formwright.text import LocalText, pick, plain


class Tick(Leaf):
    """One tick, such as "Copy attached". It is not required unless the definition says so, and never confirmed.

    Controls: one Tick.
    Value: true or false.
    Read: a tick; or the words yes, y, x, true, on, 1 and their opposites, in any case. All else is invalid.
    """

    datatype: ClassVar[Datatype] = "yes_no"
    summary: ClassVar[str] = "One tick."
    weight: ClassVar[int] = 2

    kind: Literal["tick"] = "tick"
    required: Truth = Field(False, description="must be ticked")
    says: LocalText = Field("", description='words beside the tick; default "Check here if so"')

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        return (self.place(layout.Tick, at, out),)

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        return tuple(layout.Field(control=control) for control in self.controls(at, out))

    def _label(self, at: At, out: Lowering) -> str:
        if at.in_grid:
            return ""
        if self.says:
            return plain(pick(self.says, out.language))
        return self.words(out.language) if at.labelled else out.say("check_if_so")

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return Answer(tick_of(raw))

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is not true or false")
        return {"": value}
