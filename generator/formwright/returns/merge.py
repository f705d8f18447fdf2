"""Several returns of one issue, and what a person decided: one sighting for each place, whatever their order.

Equal statements are one; unequal ones are a conflict, until a decision takes the key. Where nothing is stated, the
sighting that says most stands: something unread, then an untouched value, then an empty place, then a missing one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from formwright.errors import FormwrightError
from formwright.kinds._base import Invalid
from formwright.returns.received import Decision, same_person
from formwright.returns.slots import Slot, Slots, as_text
from formwright.returns.states import Seen, decided, unfit

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
        (origin.sequence, origin.received_at, origin.sha256) if origin else (0, "", ""),
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
    """Return the last decision on a place; what it sets aside, and every earlier decision, stays in `others`.

    Who sent an equal value, or the handwriting that the person read, has said it too. What was said before, and is
    decided to be so, is not doubted any more. A statement of a file that arrived after the decision and says something
    else is noted (`decided_otherwise`).
    """
    *before, last = decisions
    seen = _checked(slot, last)
    earlier = [_checked(slot, decision) for decision in before]
    known = [one for one in _singles((merged,)) if one.says is not None or one.state == "unread"]
    senders = {same_person(last.by)}
    for one in known:
        if one.state == "unread" or one.says == seen.says:
            senders |= one.senders
    aside = [one for one in known if one.state == "unread" or one.says != seen.says]
    late = any(one.origin and one.origin.after(last) for one in aside if one.says is not None)
    said = seen.says in {one.says for one in (*known, *earlier)}
    return replace(
        seen,
        page=merged.page,
        box=merged.box,
        doubt="" if said else seen.doubt,
        notes=("decided_otherwise",) if late else (),
        senders=frozenset(senders - {""}),
        others=(*aside, *earlier),
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


def taken_back(slots: Slots, made: Mapping[str, Sequence[Decision]]) -> frozenset[str]:
    """Return the ticks "Correct as shown" that the last decision says are off: no return's tick confirms by them."""
    ticks = {key: slots.by_key[key] for key in made if slots.by_key[key].cell.role == "confirm"}
    return frozenset(key for key, slot in ticks.items() if _checked(slot, made[key][-1]).state != "answered")


def confirm(slots: Slots, merged: MutableMapping[str, Seen], decisions: Sequence[Decision]) -> None:
    """Let a decision that a tick "Correct as shown" is on confirm the places that it covers.

    What is untouched or lost is `confirmed`; what was changed stays so, and is noted. A later decision on a place
    itself counts more.
    """
    last = {decision.key: at for at, decision in enumerate(decisions)}
    for slot in slots:
        key, tick = slot.cell.key, slot.cell.confirm
        if tick in last and merged[tick].state == "answered" and last.get(key, -1) < last[tick]:
            merged[key] = _confirmed(slot, merged[key], decisions[last[tick]])


def _confirmed(slot: Slot, seen: Seen, decision: Decision) -> Seen:
    if seen.state == "unchanged":
        return replace(seen, state="confirmed", decision=decision)
    if seen.state == "missing":
        raw = as_text(slot.issued) if slot.issued is not None else None
        return Seen(
            state="confirmed", value=slot.prefill, raw=raw, method="operator", confidence=1.0, decision=decision
        )
    if seen.state in ("corrected", "cleared") and "confirmed_and_changed" not in seen.notes:
        return replace(seen, notes=(*seen.notes, "confirmed_and_changed"))
    return seen


def _checked(slot: Slot, decision: Decision) -> Seen:
    """Return what a decision says. Raises FormwrightError for a new one that is no answer; one that was taken before,
    and that its kind reads no more, is `invalid`: it must not bar the way to the next."""
    try:
        return decided(slot, decision)
    except Invalid as error:
        if decision.kept:
            return unfit(decision, error)
        told = f"{slot.place} ({decision.key}): {error.message} {error.fix}".strip()
        if _other(slot):
            told += f" For anything else answer “other” here, and its words at {decision.key}_other."
        raise FormwrightError(told) from error


def _other(slot: Slot) -> bool:
    """Tell whether the place is a choice that has a line for the words of another answer."""
    return slot.cell.role == "answer" and bool(getattr(slot.leaf, "other", False))
