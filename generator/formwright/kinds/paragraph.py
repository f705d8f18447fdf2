"""A text of several lines."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds.text import parse_text, show_text
from formwright.layout import Area, Control, Value


class Paragraph(Leaf):
    """A text of several lines: a description, an explanation, an address.

    Controls: one Area.
    Value: the text, lines ended by LF.
    Read: as it stands. Longer than `max_length`: invalid.
    """

    datatype: ClassVar[Datatype] = "text"
    summary: ClassVar[str] = "A text of several lines."
    weight: ClassVar[int] = 6

    kind: Literal["paragraph"] = "paragraph"
    lines: Annotated[int, Field(ge=1, le=40)] | None = Field(None, description="visible lines; default 3, in a grid 2")
    max_length: Annotated[int, Field(ge=1)] | None = Field(None, description="most characters")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        lines = self.lines or (2 if at.in_grid else 3)
        return (self.place(Area, at, out, lines=lines, max_length=self.max_length),)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_text(raw, self.max_length)

    def show(self, value: Json) -> dict[str, Value]:
        return {"": show_text(value, self.max_length)}
