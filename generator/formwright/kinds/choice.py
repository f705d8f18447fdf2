"""One of several answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Json, Lowering
from formwright.kinds._explain import Explaining, controls_of, other_line, unknown_codes
from formwright.kinds._options import OTHER, Choosable, option_faults, options, said, words
from formwright.kinds._raw import one_code
from formwright.layout import Control, OneOf, Option, Value
from formwright.schema import Truth

_FEW: Final = 3
"""More options than these are a list where there is little room."""
_LINE: Final = 66
"""Characters of all options together that stand side by side."""


class Choice(Explaining):
    """One of several answers, as ticks or as a list to choose from; `other` adds one with a line for its words.

    Controls: one OneOf; a Line for the words of “Other”; an Area to explain.
    Value: the code; with `other` `{code, other: text or null}`. Conditions compare the code.
    Read: a tick, or a text that equals the code or the words of an option, in any case. All else is invalid.
    Findings: `other_unspecified`, `other_not_chosen`.
    """

    datatype: ClassVar[Datatype] = "choice"
    summary: ClassVar[str] = "One of several answers."

    kind: Literal["choice"] = "choice"
    options: tuple[Choosable, ...] = Field(description="`{code, text}` each")
    style: Literal["ticks", "list"] | None = Field(None, description="ticks, or a list; a list in narrow columns")
    stacked: Truth | None = Field(None, description="one below the other; by their length if not given")
    other: Truth = Field(False, description='adds "Other (please specify)", code `other`, and a line')

    def answers(self, out: Lowering) -> Mapping[str, str]:
        return {option.code: option.label for option in self._options(out)}

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        made = self._options(out)
        style = self.style or ("list" if at.in_grid and len(made) > _FEW else "ticks")
        long = sum(len(option.label) + 4 for option in made) > _LINE
        stacked = long if self.stacked is None else self.stacked
        width = self.width or (6 if style == "list" else 12)
        one = self.place(OneOf, at, out, options=made, style=style, stacked=stacked, width=width)
        explain = at.in_grid and self.explain_on
        return controls_of(
            one,
            other_line(self, at, out, OTHER, self._other_words(at)) if self.other else None,
            self.explanation(at, out) if explain else None,
        )

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return Answer(one_code(raw, self._words()))

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        code, other = answers.get(key), answers.get(f"{key}_other")
        if not self.other:
            return code
        return None if code is None and other is None else {"code": code, "other": other}

    def show(self, value: Json) -> dict[str, Value]:
        code, other = value, None
        if self.other and isinstance(value, dict):
            if not value.keys() <= {"code", "other"}:
                raise ValueError(f"{value!r} is not {{code: ..., other: ...}}")
            code, other = value.get("code"), value.get("other")
        codes = self._words()
        if not isinstance(code, str) or code not in codes:
            raise ValueError(f"{code!r} is not one of {', '.join(codes)}")
        if other is not None and not isinstance(other, str):
            raise ValueError(f"other: {other!r} is not a text")
        return {"": code, **({OTHER: other} if other else {})}

    def _other_words(self, at: At) -> str | None:
        words = self.shown(at).get(OTHER)
        return words if isinstance(words, str) else None

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        if self.other:
            yield from other_findings(key, answers.get(key) == OTHER, answers)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from option_faults(self.options, other=self.other, least=1 if self.other else 2)
        yield from unknown_codes(self.explain_on, self._words())

    def _options(self, out: Lowering) -> tuple[Option, ...]:
        made = options(self.options, out.language)
        return (*made, Option(code=OTHER, label=out.say("other"))) if self.other else made

    def _words(self) -> dict[str, tuple[str, ...]]:
        return words(self.options) | ({OTHER: (*said("other"), "Other")} if self.other else {})


def other_findings(key: str, chosen: bool, answers: Mapping[str, Json]) -> Iterator[Finding]:
    """Yield what does not fit between the answer "Other" and its words."""
    line = f"{key}_other"
    if chosen and not answers.get(line):
        yield Finding("other_unspecified", line, "“Other” is chosen without saying what it is.", "Ask what it is.")
    if answers.get(line) and not chosen:
        yield Finding(
            "other_not_chosen", key, "Words stand at “Other”, which is not chosen.", "Ask whether they count."
        )
