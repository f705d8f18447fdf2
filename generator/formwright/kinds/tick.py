"""One tick."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from pydantic import Field

from formwright import layout
from formwright.kinds._base import Answer, At, Cell, Datatype, Invalid, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._raw import line_of
from formwright.layout import Block, Control, Value
from formwright.schema import Truth
from formwright.text import LocalText, pick, plain

_ON: Final = frozenset({"yes", "y", "x", "true", "on", "sí", "si", "☒", "☑", "✓", "✔", "✗", "✘"})
_OFF: Final = frozenset({"no", "n", "false", "off", "☐"})


class Tick(Leaf):
    """One tick, such as "Copy attached". It is not required unless the definition says so, and never confirmed.

    Controls: one Tick.
    Value: true or false.
    Read: a tick; or the words yes, y, x, true, on and their opposites. All else is invalid.
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
        if isinstance(raw, bool):
            return Answer(raw)
        said = line_of(raw).casefold()
        if said in _ON or said in _OFF:
            return Answer(said in _ON)
        raise Invalid("There are words where a tick is asked.", "Tick it, or leave it empty.")

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} is not true or false")
        return {"": value}
