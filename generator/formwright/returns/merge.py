"""Several returns of one issue, and what a person decided: one sighting for each place, whatever their order.

Equal statements are one; unequal ones are a conflict, until a decision takes the key. Where nothing is stated, the
sighting that says most stands: something unread, then an untouched value, then an empty place, then a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from formwright.errors import FormwrightError
from formwright.kinds._base import Invalid
from formwright.returns.received import Decision, same_person
from formwright.returns.slots import Slot, Slots
from formwright.returns.states import Seen, decided

_SILENT: Final = ("unread", "unchanged", "blank", "missing")
"""States in which nobody says anything, the one that tells most first."""


def merge(sightings: Sequence[Seen]) -> Seen:
    """Return what all returns together say of one place. The order of `sightings` changes nothing."""
    if len(sightings) == 1:
        return sightings[0]
    singles = tuple(_singles(sightings))
    statements = _by_statement(singles)
    forced = any(seen.state == "conflict" for seen in sightings)
    if len(statements) > 1 or forced:
        return _conflict(sightings, singles)
    if statements:
        seen = next(iter(statements.values()))
        unread = any(one.state == "unread" for one in sightings)
        return replace(seen, notes=_notes(sightings, "also_unread" if unread else ""))
    return _silent(sightings)


def _singles(sightings: Iterable[Seen]) -> Iterator[Seen]:
    """Yield sightings of one value each: a conflict within one return gives several."""
    for seen in sightings:
        yield from seen.others if seen.state == "conflict" else (seen,)


def _by_statement(seen: Iterable[Seen]) -> dict[str, Seen]:
    """Return what is said -> the best sighting that says it, with all who say so."""
    groups: dict[str, list[Seen]] = {}
    for one in seen:
        if one.says is not None:
            groups.setdefault(one.says, []).append(one)
    return {says: _together(groups[says]) for says in sorted(groups)}


def _together(same: Sequence[Seen]) -> Seen:
    best = min(same, key=_rank)
    return replace(best, senders=frozenset(sender for one in same for sender in one.senders))


def _rank(seen: Seen) -> tuple[object, ...]:
    """Order equal sightings: the surest first, then by file and place, so that the choice is always the same."""
    origin = seen.origin
    return (
        -(seen.confidence or 0.0),
        (origin.received_at, origin.sha256) if origin else ("", ""),
        seen.page,
        seen.box or (),
        seen.raw or "",
        seen.state,
        seen.notes,
        seen.doubt,
    )


def _conflict(sightings: Sequence[Seen], singles: Sequence[Seen]) -> Seen:
    """Several values, each with its source; values without a statement count where one file holds them itself."""
    found = list(_by_statement(singles).values())
    inside = [one for seen in sightings if seen.state == "conflict" for one in seen.others if one.says is None]
    silent = {one.state: one for one in sorted(inside, key=_rank, reverse=True)}
    others = (*found, *(silent[state] for state in sorted(silent)))
    placed = min((one for one in (*sightings, *others) if one.page), key=_rank, default=others[0])
    return Seen(
        state="conflict",
        method=placed.method,
        confidence=placed.confidence,
        page=placed.page,
        box=placed.box,
        notes=_notes(sightings),
        senders=frozenset(sender for one in others for sender in one.senders),
        others=others,
    )


def _silent(sightings: Sequence[Seen]) -> Seen:
    for state in _SILENT:
        found = [seen for seen in sightings if seen.state == state]
        if found:
            odd = [seen for seen in found if seen.notes]
            return replace(_together(odd or found), notes=_notes(sightings))
    return min(sightings, key=_rank)


def _notes(sightings: Iterable[Seen], more: str = "") -> tuple[str, ...]:
    return tuple(sorted({note for seen in sightings for note in (*seen.notes, more) if note}))


# ---- decisions ----------------------------------------------------------------------------------


def decide(slot: Slot, merged: Seen, decisions: Sequence[Decision]) -> Seen:
    """Return the last decision on a place; what it sets aside stays in `others`.

    Who sent an equal value, or the handwriting that the person read, has said it too. A statement of a file that
    arrived after the decision and says something else is noted (`decided_otherwise`).
    """
    *earlier, last = decisions
    seen = _checked(slot, last)
    known = [one for one in _singles((merged,)) if one.says is not None or one.state == "unread"]
    senders = {same_person(last.by)}
    for one in known:
        if one.state == "unread" or one.says == seen.says:
            senders |= one.senders
    aside = [one for one in known if one.state == "unread" or one.says != seen.says]
    aside += [one for one in (_checked(slot, decision) for decision in earlier) if one.says != seen.says]
    late = any(one.origin and one.origin.received_at > last.at for one in aside if one.says is not None)
    return replace(
        seen,
        page=merged.page,
        box=merged.box,
        notes=("decided_otherwise",) if late else (),
        senders=frozenset(senders - {""}),
        others=tuple(aside),
    )


def by_key(slots: Slots, issue: str, decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Return the decisions on each key, in their order. Raises FormwrightError for a key that is not to be decided."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        slot = slots.by_key.get(decision.key)
        if slot is None:
            near = get_close_matches(decision.key, slots.by_key, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise FormwrightError(f"{issue} has no place {decision.key!r}.{hint}")
        if slot.cell.role == "given":
            raise FormwrightError(f"{slot.place} ({decision.key}) is ours to state; it takes no answer.")
        found.setdefault(decision.key, []).append(decision)
    return found


def _checked(slot: Slot, decision: Decision) -> Seen:
    try:
        return decided(slot, decision)
    except Invalid as error:
        told = f"{slot.place} ({decision.key}): {error.message} {error.fix}".strip()
        raise FormwrightError(told) from error
