"""A share in percent."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Final, Literal

from pydantic import Field

from formwright.kinds._base import Answer, Cell, Datatype, Json
from formwright.kinds._number import Bound, Number
from formwright.kinds._raw import line_of
from formwright.layout import Hint, Value
from formwright.text import say

_SIGNS: Final = ("%", "percent", "per cent", "por ciento")


class Percent(Number):
    """A share in percent, by default from 0 to 100.

    Controls: one Line.
    Value: text: `34`, `33.333`.
    Read: 34, 34 %, 34 percent. 0.34 without a sign is read as 0.34 percent, with a doubt: 34 percent may be meant.
    """

    datatype: ClassVar[Datatype] = "percent"
    summary: ClassVar[str] = "A share in percent."
    twelfths: ClassVar[int] = 2
    weight: ClassVar[int] = 2
    hint: ClassVar[Hint] = "percent"
    lone_dot: ClassVar[bool] = True
    how: ClassVar[str] = "Write plain digits with a point before decimals, such as 12.5."

    kind: Literal["percent"] = "percent"
    min: Bound | None = Field(Decimal(0), description="least value")
    max: Bound | None = Field(Decimal(100), description="greatest value")

    def unit_words(self, language: str) -> str:
        if "%" in self.words(language):
            return ""
        return super().unit_words(language) or say("percent", language)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        answer = super().parse(cell, raw)
        if not answer.doubt and _fraction(answer.value) and self.strip_unit(text := line_of(raw)) == text:
            whole = f"{Decimal(answer.value) * 100:f}".rstrip("0").rstrip(".")
            return Answer(answer.value, f"Is {answer.value} percent meant, or {whole} percent?")
        return answer

    def strip_unit(self, text: str) -> str:
        for sign in _SIGNS:
            if text.casefold().endswith(sign):
                return text[: -len(sign)].strip()
        return super().strip_unit(text)

    def show(self, value: Json) -> dict[str, Value]:
        return {"": f"{super().show(value)['']}%"}


def _fraction(number: str) -> bool:
    return 0 < abs(Decimal(number)) < 1
