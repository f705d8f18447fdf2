"""Ticks: controls, or the signs that are left of them, and which of the issued ticks each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from formwright.readers._base import Place
from formwright.readers._docx_find import aligned
from formwright.readers._docx_manifest import plain
from formwright.readers._docx_seen import Control, Paragraph, State

ON: Final = "☒☑✓✔✗✘⊠■▣◼⬛🗹🗷🗵"
OFF: Final = "☐□▢◻◽⬜🗆"
BOXES: Final = ("☐", "☒")
"""What we draw for a tick that is off, and on."""
SIGNS: Final = frozenset(ON + OFF)
_NO_SIGNS: Final = str.maketrans(dict.fromkeys(SIGNS, " "))
TYPED: Final = frozenset("xX✓✔")
"""What stands for a tick where it is typed beside the box."""
_ALIKE: Final = 85.0


@dataclass(slots=True, eq=False)
class Mark:
    """A tick as it stands in the file. on: what it says; odd: its control and its sign differ; after: the words
    between it and the next one; above: those of the paragraphs before it."""

    on: bool
    sign: str
    control: Control | None = None
    odd: bool = False
    after: str = ""
    above: str = ""


def mark_of(control: Control) -> Mark | None:
    """Return what a control says as a tick, None where it is none any more."""
    text = control.text
    sign = text if text in SIGNS else next((char for char in text if char in SIGNS), "")
    shown = None if not sign else sign in ON
    if control.checked is None:
        return None if shown is None else Mark(shown, sign, control)
    return Mark(control.checked, sign, control, odd=shown is not None and shown != control.checked)


def marks_of(paragraphs: Iterable[Paragraph]) -> list[Mark]:
    """Return the ticks of paragraphs in order."""
    found: list[Mark] = []
    above = ""
    for paragraph in paragraphs:
        here = _marks(paragraph)
        for mark in here:
            mark.after, mark.above = plain(mark.after), above
        if not here and (words := plain(paragraph.text)):
            above = words
        found += here
    return found


def _marks(paragraph: Paragraph) -> list[Mark]:
    found: list[Mark] = []
    seen: set[Control] = set()
    for bit in paragraph.bits:
        control = bit.control
        if bit.state > State.ADDED or control in seen:
            continue
        if control is not None and control.kind == "tick":
            seen.add(control)
            if mark := mark_of(control):
                found.append(mark)
            continue
        for char in bit.text:
            if char in SIGNS:
                found.append(Mark(char in ON, char, control))
            elif found:
                found[-1].after += char
    return found


def without_signs(text: str) -> str:
    """Return the words of a line without its ticks."""
    return plain(text.translate(_NO_SIGNS))


def paired(places: Sequence[Place], marks: Sequence[Mark]) -> dict[str, Mark]:
    """Return which tick of a file is which of the issued ones, by name, order and words."""
    if not marks:
        return {}
    names = {place.name: at for at, place in enumerate(places)}
    named = {at: names[mark.control.tag] for at, mark in enumerate(marks) if mark.control and mark.control.tag in names}
    taken = set(named.values())
    alike = len(places) == len(marks)

    def score(at: int, other: int) -> float:
        if other in named or at in taken:
            return 100.0 if named.get(other) == at else -100.0
        place, mark = places[at], marks[other]
        if mark.control is not None and mark.control.tag:
            return -100.0  # another tick of ours, which stands elsewhere
        words = _words(place, mark)
        if words < 0:
            return words
        told = 0.0 if alike or not mark.above else fuzz.partial_ratio(mark.above[:60], place.alias) / 100.0
        return words + told + (0.2 if at == other else 0.0)

    return {places[at].name: marks[other] for at, other in aligned(len(places), len(marks), score)}


def _words(place: Place, mark: Mark) -> float:
    words = plain(place.words)
    if not words:
        return 0.5
    after = mark.after[: len(words)]
    if not after:
        return 0.5  # in a column of ticks the words stand at its head
    return 2.0 if fuzz.ratio(words, after) >= _ALIKE else -1.0
