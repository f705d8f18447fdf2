"""One question made of several parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, ClassVar, Final, Literal

from pydantic import Field

from formwright import conditions, ids, layout
from formwright.kinds import AnyPart
from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Invalid, Json, Kind, Lowering
from formwright.kinds._grid import CONFIRM_WEIGHT
from formwright.kinds._leaf import Leaf
from formwright.kinds._leaf import rows as in_rows
from formwright.kinds._options import doubled
from formwright.kinds._yes_no import YesOrNo
from formwright.layout import Block, Value
from formwright.text import inline, pick

_FROM_US: Final = "ours"
"""The `source` of words that are ours, not the source's: they are labels, never questions."""
_IF: Final = "**If"
_LONG: Final = ("table", "matrix", "attachments")
"""Parts that may break between their rows."""


class Composite(Kind):
    """One question made of several parts, one below the other or side by side.

    Consecutive labelled yes/no parts without explanation become one table of lines. A part that is asked only after
    an answer to another part follows it, set in. Without words of its own, the parts are the questions.

    Controls: those of its parts.
    Value: `{part: value}`, parts with a value.
    Prefill: `{part: value}`.
    """

    datatype: ClassVar[Datatype] = "composite"
    summary: ClassVar[str] = "One question made of several parts."

    kind: Literal["composite"] = "composite"
    parts: tuple[AnyPart, ...] = Field(description="any kinds but composite and certification")
    arrange: Literal["stack", "row"] = Field("stack", description="one below the other, or side by side")

    def children(self) -> tuple[Kind, ...]:
        return self.parts

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        return self._side_by_side(at, out) if self.arrange == "row" else self._stacked(at, out)

    # ---- one below the other

    def _stacked(self, at: At, out: Lowering) -> tuple[Block, ...]:
        blocks: list[Block] = []
        for is_line, group in groupby(self.parts, key=_is_line):
            parts = list(group)
            lines = [part for part in parts if isinstance(part, YesOrNo)]
            if is_line and len(lines) > 1:
                blocks.append(self._lines(lines, at, out))
            else:
                blocks.extend(self._part(part, at, out) for part in parts)
        return tuple(blocks)

    def _at(self, part: Kind, at: At, out: Lowering) -> At:
        """Return the place of a part: its label joins the number, what is known of it is its prefill."""
        position = self.parts.index(part) + 1
        place = ", ".join(said for said in (at.spoken, out.say("part", n=position)) if said)
        return at.down(
            part.id,
            spoken=f"{at.spoken} {part.label}".strip() if part.label else at.spoken,
            place=place,
            required=at.required and self.required,
            prefill=(at.prefill or {}).get(part.id),
            when=(*at.when, part.show_when) if part.show_when else at.when,
        )

    def _part(self, part: Kind, at: At, out: Lowering) -> Block:
        words = pick(part.text, out.language)
        if part.datatype == "none":
            return layout.Para(runs=inline(words))
        strong = not self.text and part.source != _FROM_US
        blocks = part.lower(self._at(part, at, out), out)
        long = part.datatype in _LONG
        only = out.condition(part.show_when) if part.show_when and not self._says_itself(part, at.item, words) else ""
        told = " ".join(said for said in (only, pick(part.help, out.language)) if said)
        if self._asker(part, at.item) is not None and not strong:
            blocks = (layout.Para(runs=inline(told), role="help"), *blocks) if told else blocks
            return layout.Group(role="follow", runs=inline(words), blocks=blocks, long=long, keep=not long)
        return layout.Group(
            role="part",
            number=part.label or "",
            runs=inline(words),
            help=inline(told),
            blocks=blocks,
            strong=strong,
            long=long,
            keep=not long,
        )

    def _asker(self, part: Kind, item: str) -> int | None:
        """Return the position of the other part after whose answer this part is asked, or None."""
        names = condition_names(part.show_when)
        asked = [n for n, other in enumerate(self.parts) if f"{item}.{other.id}" in names and other is not part]
        return asked[0] if asked else None

    def _says_itself(self, part: Kind, item: str, words: str) -> bool:
        """Tell whether its words "If yes, ..." say when it is asked: below the part that it hangs on, or below others
        that hang on it too."""
        asker = self._asker(part, item)
        if asker is None or not words.startswith(_IF):
            return False
        between = self.parts[asker + 1 : self.parts.index(part)]
        return all(self._asker(other, item) == asker for other in between)

    def _lines(self, parts: list[YesOrNo], at: At, out: Lowering) -> layout.Grid:
        """Return yes/no questions as lines, the answers at the right."""
        known = [self._at(part, at, out).prefill is not None for part in parts]
        rows = tuple(self._line(part, any(known), at, out) for part in parts)
        columns = [layout.Column(title="", width=4 if all(part.kind == "yes_no" for part in parts) else 6)]
        if any(known):
            columns.append(layout.Column(title=out.say("correct_as_shown"), width=CONFIRM_WEIGHT, tick=True))
        name = ", ".join(said for said in (at.spoken, self.words(out.language)) if said)
        return layout.Grid(columns=tuple(columns), rows=rows, name=name, role="lines", number=at.number)

    def _line(self, part: YesOrNo, confirmed: bool, at: At, out: Lowering) -> layout.Row:
        here = replace(self._at(part, at, out), in_grid=True)
        known = here.prefill is not None
        key = f"{here.key}_confirm" if known else ""
        cells: tuple[layout.Cell, ...] = (part.controls(replace(here, confirm=key), out),)
        if confirmed:
            cells += ((out.confirm(here, key, here.spoken, label=False),) if known else (),)
        words = part.words(out.language)
        return layout.Row(id=part.id, cells=cells, head=words, number=part.label or "", known=known)

    # ---- side by side

    def _side_by_side(self, at: At, out: Lowering) -> tuple[Block, ...]:
        known = bool(at.prefill) and not at.confirm
        key = f"{at.key}_confirm" if known else at.confirm
        controls: list[layout.Control] = []
        for part in self.parts:
            if isinstance(part, Leaf):
                width = part.width or max(12 // len(self.parts), 2)
                here = replace(self._at(part, at, out), labelled=True, confirm=key, place="")
                controls.extend(part.model_copy(update={"width": width}).controls(here, out))
        blocks = in_rows(controls)
        if known:
            blocks += (layout.Field(control=out.confirm(at, key, self.short(at, out))),)
        return blocks

    # ---- back

    def parse(self, cell: Cell, raw: Value) -> Answer:
        raise Invalid("A question of several parts has no answer of its own.")

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {part.id: part.value(ids.join(key, part.id), answers) for part in self.parts}
        return {name: value for name, value in found.items() if value is not None} or None

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        for part in self.parts:
            yield from part.findings(ids.join(key, part.id), answers)

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if not self.parts:
            yield "there must be at least one part\nGive `parts`, or make it another kind."
        yield from doubled("part", [part.id for part in self.parts])
        for part in self.parts:
            if not part.text:
                yield f"the part {part.id!r} needs a `text`\nWrite one."
        if self.arrange == "row":
            yield from self._row_faults()

    def _row_faults(self) -> Iterator[str]:
        for part in self.parts:
            if not isinstance(part, Leaf) or len(_dry(part)) != 1:
                yield f"the part {part.id!r} is not one field\nSet such parts one below the other (arrange: stack)."
            elif part.show_when:
                yield f"the part {part.id!r} has show_when\nParts side by side are asked together."

    def prefill_faults(self, value: Json) -> Iterator[str]:
        if not isinstance(value, dict):
            yield "a composite is prefilled with a mapping, part: value"
            return
        parts = {part.id: part for part in self.parts}
        for name, known in value.items():
            if name not in parts:
                yield f"there is no part {name!r}; there are {', '.join(parts)}"
            elif known is not None:
                yield from (f"{name}: {fault}" for fault in parts[name].prefill_faults(known))


def _is_line(part: Kind) -> bool:
    """Tell whether a part may stand in a table of lines."""
    return isinstance(part, YesOrNo) and bool(part.label) and not (part.explain_on or part.show_when or part.help)


def condition_names(text: str | None) -> tuple[str, ...]:
    """Return the names that a condition asks; none for a condition that cannot be read (a fault of its own)."""
    try:
        return conditions.parse(text).names if text else ()
    except ValueError:
        return ()


def _dry(part: Leaf) -> tuple[Any, ...]:
    """Return the controls that a part makes side by side, to count them."""
    at = At(key=part.id, item=part.id, number="", spoken="", in_grid=True)
    return part.controls(at, Lowering(language="en"))
