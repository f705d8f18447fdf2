"""Yes, no, or not applicable."""

from __future__ import annotations

from typing import ClassVar, Literal

from formwright.kinds._base import Datatype
from formwright.kinds._yes_no import YesOrNo


class YesNoNa(YesOrNo):
    """Yes, no, or not applicable, with an explanation where the answer asks for one.

    Controls: one OneOf with three ticks; an Area to explain, after the answers of `explain_on`.
    Value: the code `yes`, `no` or `na`; the explanation stands in the cell `<key>_explain`.
    Read: like yes_no; for `na` also n/a, n.a., not applicable, does not apply (Spanish: no aplica, no corresponde).
    """

    datatype: ClassVar[Datatype] = "yes_no_na"
    summary: ClassVar[str] = "Yes, no, or not applicable, with an explanation where the answer asks for one."
    codes: ClassVar[tuple[str, ...]] = ("yes", "no", "na")
    weight: ClassVar[int] = 5

    kind: Literal["yes_no_na"] = "yes_no_na"
