"""One sighting for each place of an issue: from all its returns together, and from what a person decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from formwright.raw import RawCell
from formwright.returns import habits, merge, states
from formwright.returns.received import Decision, Received, same_person
from formwright.returns.slots import Slot, Slots
from formwright.returns.states import Origin, Seen

Cells = Mapping[str, RawCell]
"""One return's cells by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """What is seen of an issue.

    slots: its places, with those of added rows; places: one sighting for each of them, by key; lost_pages: key -> page
    of the places on pages that are in no return; strays: read cells that have no place, with the number of the return.
    """

    slots: Slots
    places: Mapping[str, Seen]
    lost_pages: dict[str, int]
    strays: tuple[tuple[int, RawCell], ...]


def sight(slots: Slots, issue: str, arrived: Sequence[Received], decisions: Sequence[Decision]) -> Sighted:
    """Return what the returns of an issue and its decisions say of each place. Raises FormwrightError, in words, for a
    decision that can't be."""
    returns = [{cell.key: cell for cell in one.raw.cells} for one in arrived]
    slots, strays = _added_rows(slots, returns, decisions)
    decided = merge.by_key(slots, issue, decisions)
    places = _merged(slots, arrived, returns, merge.taken_back(slots, decided))
    for key, made in decided.items():
        places[key] = merge.decide(slots.by_key[key], places[key], made)
    merge.confirm(slots, places, decisions)
    return Sighted(slots=slots, places=places, lost_pages=_lost_pages(returns, places), strays=tuple(strays))


def _added_rows(
    slots: Slots, returns: Sequence[Cells], decisions: Iterable[Decision]
) -> tuple[Slots, list[tuple[int, RawCell]]]:
    """Return the places with those of rows that the account added, or told of, and the read cells that have no place.

    A decision in a row beyond the issued ones opens the whole row: its other places may be asked for.
    """
    added: dict[str, Slot] = {}
    lost: list[tuple[int, RawCell]] = []
    for index, cells in enumerate(returns):
        for key in cells.keys() - slots.by_key.keys():
            slot = added.get(key) or slots.added(key)
            if slot is None:
                lost.append((index, cells[key]))
            else:
                added[key] = slot
    for decision in decisions:
        if decision.key not in slots.by_key:
            for slot in slots.added_row(decision.key):
                added.setdefault(slot.cell.key, slot)
    if not added:
        return slots, lost
    order = {slot.cell.key: at for at, slot in enumerate(slots)}
    return slots.with_rows(sorted(added.values(), key=lambda slot: (_row_order(slot), order.get(slot.model, 0)))), lost


def _row_order(slot: Slot) -> tuple[str, int]:
    return slot.table, int(slot.cell.row[1:])


def _merged(
    slots: Slots, arrived: Sequence[Received], returns: Sequence[Cells], off: frozenset[str]
) -> dict[str, Seen]:
    """Return one sighting for each place, from all returns together; `off`: ticks that confirm nothing."""
    if not arrived:
        return {slot.cell.key: Seen(state="blank" if slot.model else "missing") for slot in slots}
    sightings = [_judged(slots, one, cells, off) for one, cells in zip(arrived, returns, strict=True)]
    if len(sightings) == 1:
        return sightings[0]
    return {slot.cell.key: merge.merge([seen[slot.cell.key] for seen in sightings]) for slot in slots}


def _judged(slots: Slots, one: Received, cells: Cells, off: frozenset[str]) -> dict[str, Seen]:
    """Return what one return says of each place."""
    sender = same_person(one.submitted_by)
    shown = habits.signs(slots, cells)
    origin = Origin(one.source.sha256, one.source.received_at, frozenset({sender} - {""}), one.sequence, shown)
    ticked = states.ticks(slots.by_key, cells) - off
    return {
        slot.cell.key: states.judge(slot, cells.get(slot.cell.key), slot.cell.confirm in ticked, origin)
        for slot in slots
    }


def _lost_pages(returns: Iterable[Cells], merged: Mapping[str, Seen]) -> dict[str, int]:
    """Return key -> page of the places on pages of which no return has anything (typed before its page was lost)."""
    placed: dict[int, dict[str, None]] = {}
    for cells in returns:
        for key, cell in cells.items():
            if cell.page and key in merged:
                placed.setdefault(cell.page, {})[key] = None
    gone = (page for page, keys in placed.items() if all(merged[key].off_pages for key in keys))
    return {key: page for page in gone for key in placed[page]}
