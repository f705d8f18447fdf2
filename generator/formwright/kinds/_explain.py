"""What some answers call for: an explanation right below, and words for "Other"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from formwright import layout
from formwright.kinds._base import At, Lowering
from formwright.kinds._leaf import Leaf
from formwright.layout import Area, Block, Control, Line
from formwright.text import LocalText, inline, pick, plain


def _several(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError('a code is text\nPut it in quotes: "yes", "no".')
    return (value,) if isinstance(value, str) else value


Codes = Annotated[tuple[str, ...], BeforeValidator(_several)]


class Explaining(Leaf):
    """A leaf with answers that are to be explained."""

    explain_on: Codes = Field((), description="code, or list of codes, that asks for an explanation")
    explain: LocalText = Field("", description='words in place of "If no, explain."')
    explain_lines: Annotated[int, Field(ge=1, le=40)] = Field(3, description="visible lines of the explanation")

    def answers(self, out: Lowering) -> Mapping[str, str]:
        """Return code -> words of all answers."""
        raise NotImplementedError

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        blocks = super().lower(at, out)
        if not self.explain_on or at.in_grid:
            return blocks
        area = self.explanation(at, out)
        follow = layout.Group(role="follow", runs=inline(self._lead(out)), blocks=(layout.Field(control=area),))
        return (*blocks, follow)

    def _lead(self, out: Lowering) -> str:
        """Return "If no, explain.", or the definition's own words."""
        if self.explain:
            return pick(self.explain, out.language)
        said = self.answers(out)
        answer = f" {out.say('or')} ".join(said.get(code, code).lower() for code in self.explain_on)
        return out.say("if_answer", answer=answer)

    def explanation(self, at: At, out: Lowering) -> Area:
        """Return the place to explain: asked only after one of the answers `explain_on`."""
        lead = plain(self._lead(out))
        area = Area(
            key=f"{at.key}_explain",
            name=", ".join(part for part in (self.short(at, out), lead) if part),
            label=lead if at.in_grid else "",
            lines=self.explain_lines,
        )
        return out.add(area, replace(at, follows=at.key, on=self.explain_on), "explain", required=True)


def other_line(leaf: Leaf, at: At, out: Lowering, code: str, value: str | None) -> Line:
    """Return the line for the words of "Other": asked only after that answer."""
    label = out.say("other_specify")
    line = Line(
        key=f"{at.key}_other",
        name=", ".join(part for part in (leaf.short(at, out), label) if part),
        label=label,
        known=value is not None,
    )
    return out.add(line, replace(at, follows=at.key, on=(code,)), "other", value=value, required=True)


def unknown_codes(explain_on: Iterable[str], codes: Iterable[str]) -> Iterable[str]:
    """Yield a fault for each code of `explain_on` that is no answer."""
    known = tuple(codes)
    for code in explain_on:
        if code not in known:
            yield f"explain_on names {code!r}, which is not one of {', '.join(known)}\nWrite codes of this question."


def controls_of(one: Control, *more: Control | None) -> tuple[Control, ...]:
    """Return the controls that there are."""
    return (one, *(control for control in more if control is not None))
