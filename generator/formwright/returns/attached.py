"""The papers that were asked for: one row for each tick "attached", whether it is ticked or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from formwright.kinds._base import Json
from formwright.returns.asked import HELD
from formwright.returns.fold import Folded
from formwright.returns.slots import Question, Slot, Slots, as_text
from formwright.returns.states import Seen
from formwright.text import pick, plain

_ENDING = "_enclosed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One paper asked for: `for_` says what, enclosed is None where nobody knows, note is what the account wrote."""

    item: str
    key: str
    for_: str
    enclosed: bool | None
    note: str | None

    def as_json(self) -> dict[str, Json]:
        """Return the paper as the record holds it."""
        return {
            "item": self.item,
            "key": self.key,
            "for": self.for_ or None,
            "enclosed": self.enclosed,
            "note": self.note,
        }


def attachments(slots: Slots, seen: Mapping[str, Seen], folded: Mapping[str, Folded]) -> tuple[Attachment, ...]:
    """Return the papers asked for, in printed order; those of unasked places are left out."""
    found: list[Attachment] = []
    for question in slots.questions:
        states = folded[question.id].states
        ticks = [slot for slot in question.slots if slot.cell.role == "enclosed"]
        found += [_paper(tick, question, slots, seen) for tick in ticks if states[tick.cell.key] != "unasked"]
    return tuple(found)


def _paper(tick: Slot, question: Question, slots: Slots, seen: Mapping[str, Seen]) -> Attachment:
    base = tick.cell.key.removesuffix(_ENDING)
    beside = list(_beside(base, question.slots))
    given = [as_text(slot.issued) for slot in beside if slot.cell.role == "given" and slot.issued is not None]
    notes = [seen[slot.cell.key] for slot in beside if slot.cell.role == "answer"]
    written = [str(note.value) for note in notes if note.state in HELD]
    sight = seen[tick.cell.key]
    known = {"blank": False, "cleared": False}.get(sight.state)
    return Attachment(
        item=question.id,
        key=tick.cell.key,
        for_=given[0] if given else _wanted(tick, slots.language),
        enclosed=True if sight.state in HELD else known,
        note=written[0] if written else None,
    )


def _beside(base: str, places: Iterable[Slot]) -> Iterator[Slot]:
    """Yield the places of the same paper: what it is for, and the line to say what was sent."""
    for slot in places:
        head, _, last = slot.cell.key.rpartition(".")
        if head == base and last == slot.cell.field:
            yield slot


def _wanted(tick: Slot, language: str) -> str:
    """Return what is to be sent, in the definition's words."""
    wants = getattr(tick.leaf, "wants", "")
    return plain(pick(wants or (tick.leaf.text if tick.leaf is not None else ""), language))
