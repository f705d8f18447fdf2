"""A number with decimals."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from formwright.kinds._base import Datatype, Invalid, Json
from formwright.kinds._number import Number


class DecimalNumber(Number):
    """A number with decimals.

    Controls: one Line.
    Value: text without group marks and without outer zeros: `1250.5`.
    Read: like integer, with a point before decimals. More decimals than `places`: invalid.
    """

    datatype: ClassVar[Datatype] = "decimal"
    summary: ClassVar[str] = "A number with decimals."

    kind: Literal["decimal"] = "decimal"
    places: Annotated[int, Field(ge=0, le=9)] | None = Field(None, description="most decimals")

    def stored(self, number: str) -> Json:
        if self.places is None or len(number.partition(".")[2]) <= self.places:
            return number
        if self.places == 0:
            raise Invalid("This is not a whole number.", "Write it without decimals.")
        few = "1 decimal" if self.places == 1 else f"{self.places} decimals"
        raise Invalid(f"This has more than {few}.", f"Write it with {few} at most.")
