"""A number by which somebody is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Invalid, Json, Lowering
from formwright.kinds._leaf import Leaf
from formwright.kinds._options import Choosable, option_faults, options, words
from formwright.kinds._patterns import TEXT_LIMIT, pattern_faults
from formwright.kinds._raw import line_of, one_code
from formwright.layout import Control, Line, OneOf, Value


class Scheme(Choosable):
    """One family of numbers: its code, its name, the pattern of a whole number, an example."""

    pattern: str = Field(description="regular expression of the whole number, capital letters")
    example: str = Field("", description="said when a number fits nothing")

    def fits(self, number: str) -> bool:
        """Tell whether a number, as `_tidy` makes it, is one of this family."""
        return len(number) <= TEXT_LIMIT and re.fullmatch(self.pattern, number) is not None


class Identifier(Leaf):
    """A number of one of several families (IRS number, Social Security number, Customs-assigned number).

    Controls: one Line; in style `choose` a list `type` and a Line `number`.
    Value: `{type, number}`, the number in capitals. In style `line` the type follows from the number.
    Read: the number must fit exactly one of the patterns (style `line`), else it is invalid; in style `choose`, a
    number that does not fit its type is a finding.
    Findings: `not_exactly_one`, `not_of_type`.
    """

    datatype: ClassVar[Datatype] = "identifier"
    summary: ClassVar[str] = "A number of one of several families."
    twelfths: ClassVar[int] = 4

    kind: Literal["identifier"] = "identifier"
    schemes: tuple[Scheme, ...] = Field(description="`{code, text, pattern, example}` each")
    style: Literal["line", "choose"] = Field("line", description="one line, or the type to choose and the number")

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        if self.style == "line":
            return (self.place(Line, at, out, hint="identifier"),)
        made = options(self.schemes, out.language)
        return (
            self.place(OneOf, at, out, piece="type", label=out.say("type"), options=made, style="list", width=6),
            self.place(Line, at, out, piece="number", label=out.say("number"), hint="identifier", width=6),
        )

    def parse(self, cell: Cell, raw: Value) -> Answer:
        if cell.field == "type":
            return Answer(one_code(raw, words(self.schemes)))
        number = _tidy(line_of(raw, TEXT_LIMIT))
        fitting = [scheme for scheme in self.schemes if scheme.fits(number)]
        if not fitting:
            raise Invalid(f"This does not have the form of: {self._expected()}.", "Check the digits and the hyphens.")
        if cell.field == "number":
            return Answer(number)
        if len(fitting) > 1:
            names = ", or ".join(_name(scheme) for scheme in fitting)
            raise Invalid(f"This has the form of several: {names}.", "Ask which of them it is.")
        return Answer({"type": fitting[0].code, "number": number})

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        if self.style == "line":
            return answers.get(key)
        found = {piece: answers.get(f"{key}.{piece}") for piece in ("type", "number")}
        return found if any(found.values()) else None

    def show(self, value: Json) -> dict[str, Value]:
        if isinstance(value, str):
            value = {"type": self._type_of(value), "number": value}
        if not isinstance(value, dict) or value.keys() != {"type", "number"}:
            raise ValueError(f"{value!r} is not {{type, number}}")
        kind, number = value["type"], value["number"]
        schemes = {scheme.code: scheme for scheme in self.schemes}
        if kind not in schemes or not isinstance(number, str) or not schemes[kind].fits(_tidy(number)):
            raise ValueError(f"{number!r} does not have the form of: {self._expected()}")
        if self.style == "line":
            self._type_of(number)
            return {"": number}
        return {"type": kind, "number": number}

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        if self.style == "line":
            return
        kind, number = answers.get(f"{key}.type"), answers.get(f"{key}.number")
        if bool(kind) != bool(number):
            where = f"{key}.type" if number else f"{key}.number"
            said = "The number has no type." if number else "A type is chosen without a number."
            yield Finding("not_exactly_one", where, said, "Ask for the other half.")
        elif kind and number and not any(one.fits(number) for one in self.schemes if one.code == kind):
            names = {scheme.code: _name(scheme) for scheme in self.schemes}
            said = f"The number does not have the form of: {names.get(kind, kind)}."
            yield Finding("not_of_type", f"{key}.number", said, "Ask which of the two is right.")

    def faults(self) -> Iterator[str]:
        wrong = [fault for scheme in self.schemes for fault in pattern_faults(scheme.pattern)]
        yield from wrong
        yield from super().faults()
        yield from option_faults(self.schemes)
        for scheme in () if wrong else self.schemes:
            if scheme.example and not scheme.fits(scheme.example):
                said = f"the example {scheme.example!r} does not fit the pattern of {scheme.code!r}"
                yield f"{said}\nMend the one or the other."

    def _type_of(self, number: str) -> str:
        fitting = [scheme.code for scheme in self.schemes if scheme.fits(_tidy(number))]
        if len(fitting) != 1:
            how = "more than one" if fitting else "none"
            raise ValueError(f"{number!r} is {how} of {', '.join(words(self.schemes))}")
        return fitting[0]

    def _expected(self) -> str:
        return ", or ".join(_name(scheme) for scheme in self.schemes)


def _tidy(number: str) -> str:
    return number.strip().upper()


def _name(scheme: Scheme) -> str:
    name = words((scheme,))[scheme.code][0]
    return f"{name} (such as {scheme.example})" if scheme.example else name
