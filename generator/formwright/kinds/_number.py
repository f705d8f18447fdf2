"""What integer, decimal and percent share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from formwright.kinds._base import Answer, At, Cell, Invalid, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._numbers import (
    LIKE,
    LIMIT,
    PLAINLY,
    bounds_fault,
    canonical_value,
    check_bounds,
    read_number,
    show_number,
)
from formwright.kinds._raw import line_of
from formwright.layout import Control, Hint, Line, Value
from formwright.text import LocalText, pick, plain


def _exact(value: Any) -> Any:
    return str(value) if isinstance(value, float) else value


Bound = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False)]


class Number(Leaf):
    """A number within bounds, with a unit beside it."""

    twelfths: ClassVar[int] = 3
    weight: ClassVar[int] = 3
    hint: ClassVar[Hint] = "number"
    lone_dot: ClassVar[bool] = False
    """A lone dot before three digits is taken for decimals."""
    how: ClassVar[str] = PLAINLY
    """How an answer is to be written."""
    like: ClassVar[str] = LIKE
    """What a known value is."""

    min: Bound | None = Field(None, description="least value")
    max: Bound | None = Field(None, description="greatest value")
    unit: LocalText = Field("", description="what is counted, printed with the field")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        return (self.place(Line, at, out, hint=self.hint),)

    def unit_words(self, language: str) -> str:
        return plain(pick(self.unit, language))

    def parse(self, cell: Cell, raw: Value) -> Answer:
        text = line_of(raw, LIMIT + 20)
        number, doubt = read_number(self.strip_unit(text), either=self.lone_dot, how=self.how)
        check_bounds(number, self.min, self.max)
        return Answer(self.stored(number), doubt)

    def numbers(self, cell: Cell) -> bool:
        return True

    def strip_unit(self, text: str) -> str:
        """Return the text without our own unit after the number."""
        forms = (self.unit,) if isinstance(self.unit, str) else self.unit.values()
        for form in forms:
            if form and text.casefold().endswith(form.casefold()):
                return text[: -len(form)].strip()
        return text

    def stored(self, number: str) -> Json:
        """Return a canonical number as the record has it. Raises Invalid."""
        return number

    def show(self, value: Json) -> dict[str, Value]:
        number = canonical_value(value, self.like)
        try:
            check_bounds(number, self.min, self.max)
            self.stored(number)
        except Invalid as invalid:
            raise ValueError(f"{number}: {invalid.message}") from None
        return {"": show_number(number)}

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from bounds_fault(self.min, self.max)
