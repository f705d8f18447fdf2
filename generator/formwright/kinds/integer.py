"""A whole number."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from formwright.kinds._base import Datatype, Invalid, Json
from formwright.kinds._number import Number

_HOW: Final = "Write a whole number in plain digits, such as 1250."


class Integer(Number):
    """A whole number, such as a number of employees.

    Controls: one Line.
    Value: a whole number (JSON number).
    Read: 1250, 1,250, 1 250, 1'250, (1,250) for minus, 1250.0. 1.250, 1,5, 12.5, and words ("about 500", "10k") are
    invalid; so are 1,25,000 and what is outside of `min` and `max`. 1.234.567 is read, with a doubt.
    """

    datatype: ClassVar[Datatype] = "integer"
    summary: ClassVar[str] = "A whole number."

    how: ClassVar[str] = _HOW
    like: ClassVar[str] = "a whole number such as 1250"

    kind: Literal["integer"] = "integer"

    def stored(self, number: str) -> Json:
        if "." in number:
            raise Invalid("This is not a whole number.", _HOW)
        return int(number)
