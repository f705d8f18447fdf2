"""Any number of several answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Invalid, Json, Lowering
from formwright.kinds._explain import controls_of, other_line
from formwright.kinds._leaf import Leaf
from formwright.kinds._options import OTHER, Choosable, option_faults, options, said, words
from formwright.kinds._raw import codes_of
from formwright.kinds.choice import other_findings
from formwright.layout import Control, ManyOf, Option, Value
from formwright.schema import Truth


class Choices(Leaf):
    """Any number of several answers; `other` adds one with a line for its words, `none` one that excludes the others.

    Controls: one ManyOf; a Line for the words of “Other”.
    Value: `{codes: [...], other: text or null}`, the codes in the order of the form.
    Read: ticks, or texts that equal codes or words of options, in any case. `none` beside others, and all else, is
    invalid.
    Findings: `other_unspecified`, `other_not_chosen`.
    """

    datatype: ClassVar[Datatype] = "choices"
    summary: ClassVar[str] = "Any number of several answers."

    kind: Literal["choices"] = "choices"
    options: tuple[Choosable, ...] = Field(description="`{code, text}` each")
    other: Truth = Field(False, description='adds "Other (please specify)", code `other`, and a line')
    none: Choosable | None = Field(None, description="`{code, text}` of the answer that excludes all others")
    stacked: Truth = Field(True, description="one below the other")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        made = options(self.options, out.language)
        if self.other:
            made += (Option(code=OTHER, label=out.say("other")),)
        if self.none:
            made += options((self.none,), out.language)
        many = self.place(ManyOf, at, out, options=made, stacked=self.stacked)
        if not self.other:
            return (many,)
        words = self.shown(at).get(OTHER)
        return controls_of(many, other_line(self, at, out, OTHER, words if isinstance(words, str) else None))

    def parse(self, cell: Cell, raw: Value) -> Answer:
        found = set(codes_of(raw, self._words()))
        if self.none and self.none.code in found and len(found) > 1:
            name = self._words()[self.none.code][0]
            raise Invalid(f"“{name}” is ticked together with other answers.", "Leave either it or the others.")
        return Answer([code for code in self._words() if code in found])

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        codes, other = answers.get(key), answers.get(f"{key}_other")
        if codes is None and other is None:
            return None
        return {"codes": codes or [], "other": other}

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict) or not value.keys() <= {"codes", "other"}:
            raise ValueError(f"{value!r} is not {{codes: [...], other: ...}}")
        codes, other = value.get("codes") or [], value.get("other")
        unknown = [code for code in codes if code not in self._words()]
        if unknown or not isinstance(codes, list | tuple):
            raise ValueError(f"{unknown or codes!r}: not among {', '.join(self._words())}")
        if self.none and self.none.code in codes and len(codes) > 1:
            raise ValueError(f"{self.none.code} excludes the other codes")
        if other is not None and (not isinstance(other, str) or not self.other):
            raise ValueError(f"other: {other!r} has no place")
        return {"": tuple(codes), **({OTHER: other} if other else {})}

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        if self.other:
            yield from other_findings(key, OTHER in (answers.get(key) or ()), answers)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        every = (*self.options, self.none) if self.none else self.options
        yield from option_faults(every, other=self.other)

    def _words(self) -> dict[str, tuple[str, ...]]:
        found = words(self.options)
        if self.other:
            found[OTHER] = (*said("other"), "Other")
        return found | words((self.none,) if self.none else ())
