"""What yes_no and yes_no_na share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from formwright.kinds._base import Answer, At, Cell, Json, Lowering
from formwright.kinds._explain import Explaining, controls_of, unknown_codes
from formwright.kinds._options import said
from formwright.kinds._raw import one_code
from formwright.layout import Control, OneOf, Option, Value

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "yes": ("y", "true", "sí", "si", "s"),
    "no": ("n", "false"),
    "na": ("n/a", "n.a.", "not applicable", "does not apply", "no aplica", "no corresponde"),
}


class YesOrNo(Explaining):
    """A question with two or three fixed answers."""

    codes: ClassVar[tuple[str, ...]] = ("yes", "no")
    weight: ClassVar[int] = 3

    def answers(self, out: Lowering) -> Mapping[str, str]:
        return {code: out.say(code) for code in self.codes}

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        options = tuple(Option(code=code, label=label) for code, label in self.answers(out).items())
        explain = at.in_grid and self.explain_on
        one = self.place(OneOf, at, out, options=options)
        return controls_of(one, self.explanation(at, out) if explain else None)

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return Answer(one_code(raw, {code: (*said(code), *_WORDS[code]) for code in self.codes}))

    def show(self, value: Json) -> dict[str, Value]:
        if value not in self.codes:
            raise ValueError(f"{value!r} is not one of {', '.join(self.codes)}")
        return {"": value}

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from unknown_codes(self.explain_on, self.codes)
