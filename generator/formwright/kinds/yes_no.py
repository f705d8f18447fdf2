"""Yes or no."""

from __future__ import annotations

from typing import ClassVar, Literal

from formwright.kinds._base import Datatype
from formwright.kinds._yes_no import YesOrNo


class YesNo(YesOrNo):
    """Yes or no, with an explanation where the answer asks for one.

    Controls: one OneOf with two ticks; an Area to explain, after the answers of `explain_on`.
    Value: the code `yes` or `no`; the explanation stands in the cell `<key>_explain`.
    Read: a tick; or the words yes, y, true, no, n, false (Spanish: sí, si, s), in any case. All else is invalid.
    """

    datatype: ClassVar[Datatype] = "yes_no"
    summary: ClassVar[str] = "Yes or no, with an explanation where the answer asks for one."

    kind: Literal["yes_no"] = "yes_no"
