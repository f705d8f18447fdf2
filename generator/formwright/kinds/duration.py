"""A length of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Final, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._number import Bound
from formwright.kinds._numbers import LIMIT, canonical_value, check_bounds, read_number, show_number
from formwright.kinds._options import doubled, said
from formwright.kinds._raw import line_of, one_code
from formwright.layout import Control, Line, OneOf, Option, Value

_HOW: Final = "Write the number alone in plain digits, such as 30."
Unit = Literal["days", "weeks", "months", "years"]


class Duration(Leaf):
    """A length of time: a number and its unit.

    Controls: a Line `number` and a list `unit`.
    Value: `{number, unit}`, the number as text, the unit a code (days, weeks, months, years).
    Read: the number like a decimal, not below 0; the unit as chosen, or its word.
    Findings: `not_exactly_one` (a number without unit, a unit without number).
    """

    datatype: ClassVar[Datatype] = "duration"
    summary: ClassVar[str] = "A length of time."

    kind: Literal["duration"] = "duration"
    units: tuple[Unit, ...] = Field(("days", "weeks", "months", "years"), description="which units, in order")
    max: Bound | None = Field(None, description="greatest number")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        units = tuple(Option(code=unit, label=out.say(unit)) for unit in self.units)
        return (
            self.place(Line, at, out, piece="number", label=out.say("number"), hint="number", width=3),
            self.place(OneOf, at, out, piece="unit", label=out.say("unit"), options=units, style="list", width=3),
        )

    def parse(self, cell: Cell, raw: Value) -> Answer:
        if cell.field == "unit":
            return Answer(one_code(raw, {unit: (*said(unit), unit.removesuffix("s")) for unit in self.units}))
        number, doubt = read_number(line_of(raw, LIMIT), how=_HOW)
        check_bounds(number, Decimal(0), self.max)
        return Answer(number, doubt)

    def numbers(self, cell: Cell) -> bool:
        return cell.field == "number"

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {piece: answers.get(f"{key}.{piece}") for piece in ("number", "unit")}
        return found if any(found.values()) else None

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict) or value.keys() != {"number", "unit"}:
            raise ValueError(f"{value!r} is not {{number, unit}}")
        number = canonical_value(value["number"])
        if value["unit"] not in self.units or number.startswith("-"):
            raise ValueError(f"{value!r} is not a number of {', '.join(self.units)}")
        return {"number": show_number(number), "unit": value["unit"]}

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        found = {piece: answers.get(f"{key}.{piece}") for piece in ("number", "unit")}
        if any(found.values()) and not all(found.values()):
            missing = "unit" if found["number"] else "number"
            yield Finding("not_exactly_one", f"{key}.{missing}", f"The {missing} is not given.", "Ask for it.")

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from doubled("unit", self.units)
        if not self.units:
            yield "there must be at least one unit\nLeave `units` out for days, weeks, months and years."
