"""A statement to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from formwright import ids, layout
from formwright.kinds._base import Answer, At, Cell, Datatype, Json, Kind, Lowering
from formwright.kinds._leaf import rows as in_rows
from formwright.kinds.date import parse_date
from formwright.kinds.text import parse_text
from formwright.layout import Blank, Block, Control, Line, Value
from formwright.text import inline, pick

_NEVER: Final = "a certification cannot be prefilled\nTake it out; who signs writes the name."


class Certification(Kind):
    """A statement (its text) with printed name, title, signature and date, for one or several signers.

    Controls: for each signer Lines `name`, `title`, `date` and a Blank `signature`.
    Value: `{name, title, date}`; for several signers `{s1: {...}, s2: {...}}`. A signature is a cell and no value.
    Read: name and title as text, the date like a date.
    """

    datatype: ClassVar[Datatype] = "certification"
    summary: ClassVar[str] = "A statement to sign."

    kind: Literal["certification"] = "certification"
    signers: Annotated[int, Field(ge=1, le=9)] = Field(1, description="who sign, one below the other")

    def lower(self, at: At, out: Lowering) -> tuple[Block, ...]:
        title = out.say("certification")
        here = at if at.spoken else replace(at, spoken=title)
        blocks: tuple[Block, ...] = ()
        for signer in self._signers():
            blocks += self._signer(signer, here, out)
        runs = inline(pick(self.text, out.language))
        return (layout.Group(role="certification", title=title, runs=runs, where=title, anchor=self.id, blocks=blocks),)

    def _signers(self) -> tuple[str, ...]:
        return ("",) if self.signers == 1 else tuple(f"s{n}" for n in range(1, self.signers + 1))

    def _signer(self, signer: str, at: At, out: Lowering) -> tuple[Block, ...]:
        spoken = f"{at.spoken}, {out.say('signer', n=signer[1:])}" if signer else at.spoken
        here = replace(at, key=ids.join(at.key, signer), row=signer, spoken=spoken)
        date_label = f"{out.say('date')} ({out.say('date_format')})"
        return in_rows((
            self._line(Line, "name", out.say("printed_name"), 6, here, out),
            self._line(Line, "title", out.say("title"), 6, here, out),
            self._line(Blank, "signature", out.say("signature"), 9, here, out, purpose="signature"),
            self._line(Line, "date", date_label, 3, here, out, hint="date"),
        ))  # fmt: skip

    def _line(
        self, shape: type[Line] | type[Blank], piece: str, label: str, width: int, at: At, out: Lowering, **more: Any
    ) -> Control:
        needed = at.required and self.required
        control = shape(
            key=ids.join(at.key, piece), name=f"{at.spoken}, {label}", label=label, width=width,
            required=needed and not at.when, **more,
        )  # fmt: skip
        role: Literal["signature", "answer"] = "signature" if piece == "signature" else "answer"
        return out.add(control, at, role, piece=piece, required=needed)

    def dates(self, cell: Cell) -> bool:
        return cell.field == "date"

    def parse(self, cell: Cell, raw: Value) -> Answer:
        return parse_date(raw) if cell.field == "date" else parse_text(raw, None)

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        found = {}
        for signer in self._signers():
            base = ids.join(key, signer)
            said = {piece: answers.get(f"{base}.{piece}") for piece in ("name", "title", "date")}
            if any(said.values()):
                found[signer] = {piece: text for piece, text in said.items() if text is not None}
        return found.get("") if self.signers == 1 else found or None

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        if self.prefill:
            yield _NEVER
        if not self.text:
            yield "a certification needs a `text`: the statement that is signed\nWrite one."

    def prefill_faults(self, value: Json) -> Iterator[str]:
        yield _NEVER
