"""The state of an item from its cells, what it needs, and whether the record is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from formwright.returns.asked import Asking
from formwright.returns.slots import Question, Slot
from formwright.returns.states import Seen, State

Need = Literal["answer", "confirm", "review"]
NEEDS: Final[tuple[Need, ...]] = ("answer", "confirm", "review")

_SOMETHING: Final = frozenset({"unchanged", "confirmed", "corrected", "answered", "invalid", "unread", "conflict"})
_HOLES: Final = frozenset({"cleared", "invalid", "missing", "unread", "conflict"})
"""States of a required cell that keep a record from being complete."""
_FIRST: Final[tuple[State, ...]] = ("conflict", "invalid", "unread", "missing")


@dataclass(frozen=True, slots=True)
class Folded:
    """What the cells of one item come to.

    required: keys of the cells that must be answered here; holes: those of them without an answer that holds;
    cleared_rows: base keys of the prefilled rows in which nothing is left; changed: keys that change what we knew.
    """

    states: Mapping[str, State]
    state: State
    required: frozenset[str]
    blank: tuple[str, ...]
    holes: tuple[str, ...]
    cleared_rows: tuple[str, ...]
    changed: tuple[str, ...]


def fold(question: Question, seen: Mapping[str, Seen], asking: Asking) -> Folded:
    """Return the states of an item's cells and of the item."""
    states: dict[str, State] = {}
    for slot in question.slots:
        state = seen[slot.cell.key].state
        states[slot.cell.key] = "unasked" if state == "blank" and asking.asked(slot) is False else state
    rows = _rows(question) if question.tables else {}
    filled = {row for row, slots in rows.items() if any(_something(slot, states) for slot in slots)}
    required = frozenset(_required(question, asking, filled))
    added = _added(question, rows, filled)
    changed = tuple(
        slot.cell.key
        for slot in question.slots
        if slot.folds
        and (
            states[slot.cell.key] in ("corrected", "cleared")
            or (slot.row in added and states[slot.cell.key] == "answered")
        )
    )
    return Folded(
        states=states,
        state=_item(question, states, asking, bool(added)),
        required=required,
        blank=tuple(key for key in states if key in required and states[key] == "blank"),
        holes=tuple(key for key in states if key in required and states[key] in _HOLES),
        cleared_rows=tuple(row for row, slots in rows.items() if row not in filled and _cleared(slots, states)),
        changed=changed,
    )


def _rows(question: Question) -> dict[str, list[Slot]]:
    rows: dict[str, list[Slot]] = {}
    for slot in question.slots:
        if slot.row and slot.cell.role not in ("confirm", "signature"):
            rows.setdefault(slot.row, []).append(slot)
    return rows


def _something(slot: Slot, states: Mapping[str, State]) -> bool:
    """Tell whether a cell makes its row one that holds something; a lost cell does if it was prefilled."""
    state = states[slot.cell.key]
    return state in _SOMETHING or (state == "missing" and slot.issued is not None)


def _cleared(slots: Iterable[Slot], states: Mapping[str, State]) -> bool:
    return any(states[slot.cell.key] == "cleared" for slot in slots)


def _required(question: Question, asking: Asking, filled: Iterable[str]) -> Iterable[str]:
    """Yield the keys that must be answered. A repeating row asks for nothing until something stands in it; a table
    with nothing in it at all is a question without an answer, which its first row stands for."""
    asked_rows = set(filled)
    for table in question.wanted:
        rows = question.tables[table]
        if asked_rows.isdisjoint(rows):
            asked_rows.add(rows[0])
    for slot in question.slots:
        wanted = slot.cell.required and (not slot.row or slot.row in asked_rows)
        if wanted and slot.cell.role != "confirm" and asking.asked(slot) is True:
            yield slot.cell.key


def _added(question: Question, rows: Mapping[str, list[Slot]], filled: Iterable[str]) -> frozenset[str]:
    """Return the rows that the account wrote beside prefilled ones."""
    if not rows:
        return frozenset()
    known = {row for row, slots in rows.items() if any(slot.known for slot in slots)}
    beside = {row for table in question.tables.values() if not known.isdisjoint(table) for row in table}
    return frozenset(row for row in filled if row in beside and row not in known)


def _item(question: Question, states: Mapping[str, State], asking: Asking, added: bool) -> State:
    """Return the first state that holds, in DESIGN.md's order; what is lost and was not asked leaves it as it is."""
    folding = [slot for slot in question.slots if slot.folds]
    found = {states[slot.cell.key] for slot in folding}
    if found == {"unasked"}:
        return "unasked"
    if "missing" in found and any(asking.asked(slot) is not False for slot in folding):
        lost = (slot for slot in folding if states[slot.cell.key] == "missing")
        found -= {"missing"} if all(asking.asked(slot) is False for slot in lost) else set()
    for state in _FIRST:
        if state in found:
            return state
    prefilled = {states[slot.cell.key] for slot in folding if slot.known}
    if found & {"corrected", "cleared"} or added:
        return "cleared" if prefilled == {"cleared"} and "answered" not in found else "corrected"
    if "answered" in found:
        return "answered"
    if prefilled:
        return "confirmed" if prefilled == {"confirmed"} else "unchanged"
    return "blank"


def needs(question: Question, folded: Folded, seen: Mapping[str, Seen], contact: str, review: bool) -> tuple[Need, ...]:
    """Return what an item needs; `contact` is the primary point of contact as compared, "" if none is known.

    A change of what we knew is to be confirmed with the primary point of contact unless that person said it
    (SOP L428): who sent it is unknown unless somebody states it.
    """
    found: set[Need] = set()
    if folded.blank:
        found.add("answer")
    if any(not contact or contact not in seen[key].senders for key in folded.changed):
        found.add("confirm")
    if review:
        found.add("review")
    return tuple(need for need in NEEDS if need in found)
