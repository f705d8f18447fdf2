"""What one return says of one place: its state, judged by its kind and against what was issued.

Asked or not is not known here: it hangs on the merged answers (`asked`), so a place is `blank` first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from formwright.hidden import hidden, visible
from formwright.kinds._base import Invalid, Json
from formwright.layout import Value
from formwright.raw import RawCell
from formwright.returns import dates, habits
from formwright.returns.received import Decision
from formwright.returns.slots import Slot, as_read, as_text, is_blank, on_one_line, same_words
from formwright.text import clean
from formwright.ticks import ticked

State = Literal[
    "unasked", "blank", "unchanged", "confirmed", "corrected", "cleared", "answered", "invalid", "missing", "unread",
    "conflict",
]  # fmt: skip
STATES: Final[tuple[State, ...]] = get_args(State)
STATEMENTS: Final = frozenset({"answered", "corrected", "cleared", "confirmed", "invalid"})
"""States in which somebody says something of a place."""
SENT: Final = STATEMENTS | {"unread"}
"""States that a sender answers for: who sent the handwriting that a person then typed in has said it."""
NOBODY: Final[frozenset[str]] = frozenset()
_HELD: Final = 20
"""So many parts of a typed text may be the words of one option."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sighting comes from: hash of the file, when it arrived, who sent it (as compared; empty if unknown), its
    place in what happened to the issue (0 if unknown), and what in it shows how its writer puts dates and numbers."""

    sha256: str
    received_at: str
    senders: frozenset[str]
    sequence: int = 0
    shown: habits.Signs = habits.NONE

    def after(self, decision: Decision) -> bool:
        """Tell whether it arrived after a decision: by the order of events, else by the clock."""
        if self.sequence and decision.sequence:
            return self.sequence > decision.sequence
        return self.received_at > decision.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is seen of one place, in one return or in all of them.

    raw: the text as it stood, None where nothing could be read; reason, cure: why it is invalid; doubt: why a person
    should look; notes: what is odd about the place in the file; origin: None for a decision; senders: who says the
    same; others: the values in conflict, or what a decision set aside; decision: by whom and why it was decided.
    """

    state: State
    value: Json = None
    raw: str | None = None
    method: str = ""
    confidence: float | None = None
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    reason: str = ""
    cure: str = ""
    doubt: str = ""
    notes: tuple[str, ...] = ()
    origin: Origin | None = None
    senders: frozenset[str] = NOBODY
    others: tuple[Seen, ...] = ()
    decision: Decision | None = None

    @property
    def off_pages(self) -> bool:
        """Tell whether its place is on no page of what came back, though something may be typed in it."""
        return self.state == "missing" or "off_pages" in self.notes

    @property
    def says(self) -> str | None:
        """Return what is said, for comparing: equal words say the same, however they are spaced; None for nothing."""
        if self.state == "invalid":
            return f"invalid {on_one_line(self.raw or '')}"
        if self.state not in STATEMENTS:
            return None
        return canonical(on_one_line(self.value) if isinstance(self.value, str) else self.value)


def canonical(value: Json) -> str:
    """Return a JSON value as the one text by which equal values are known."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def judge(slot: Slot, raw: RawCell | None, confirmed: bool, origin: Origin) -> Seen:
    """Return what one return says of a place.

    raw: None where the return has nothing under its key; confirmed: the tick "Correct as shown" that covers the place
    is on in this return.
    """
    if raw is None and slot.model:
        return Seen(state="blank", origin=origin)  # in an added row: nobody issued it, so nobody lost it
    if raw is None or raw.state == "missing" or _lost_untouched(slot, raw):
        return Seen(state="missing", origin=origin)
    raw = _as_issued(slot, raw)
    if slot.cell.role == "given":
        return _given(slot, raw, origin)
    if raw.state == "read" and not raw.note and slot.issued is None and is_blank(raw.value):
        return _empty(raw, origin)  # most places of most returns: made in one go
    if raw.state == "unread":
        return _seen(raw, origin, Seen(state="unread", raw=raw.raw or None))
    if raw.state == "conflict":
        return _several(slot, raw, raw.values, confirmed, origin)
    value = as_read(raw.value, slot.cell.control)
    if slot.cell.control == "one_of" and isinstance(value, tuple) and len(set(value)) > 1:
        return _several(slot, raw, tuple((code,) for code in dict.fromkeys(value)), confirmed, origin)
    return _seen(raw, origin, says(slot, "" if value is None else value, confirmed, origin.shown))


def _lost_untouched(slot: Slot, raw: RawCell) -> bool:
    """Tell whether a place is on no page any more, with what we issued in it: nobody can have seen it."""
    return raw.note == "off_pages" and slot.issued is not None and as_read(raw.value, slot.cell.control) == slot.issued


def _as_issued(slot: Slot, raw: RawCell) -> RawCell:
    """Return what was seen; where it differs from what was issued only in what nobody sees, the issued text."""
    if raw.note != "hidden_characters" or not isinstance(raw.value, str) or not isinstance(slot.issued, str):
        return raw
    if visible(clean(raw.value)) != visible(clean(slot.issued)):
        return raw
    return replace(raw, value=slot.issued, note="" if hidden(slot.issued) else raw.note)


def _empty(raw: RawCell, origin: Origin) -> Seen:
    return Seen(
        state="blank",
        raw=raw.raw,
        method=raw.method,
        confidence=raw.confidence,
        page=raw.page,
        box=raw.box,
        origin=origin,
    )


def says(slot: Slot, value: Value, confirmed: bool, shown: habits.Signs = habits.NONE) -> Seen:
    """Return the state and value of a place in which `value` stands; `shown`: the habits of the same return."""
    notes = ("confirmed_and_changed",) if confirmed and slot.known else ()
    if is_blank(value):
        return Seen(state="cleared", raw="", notes=notes) if slot.known else Seen(state="blank", raw="")
    if slot.known and slot.issued is not None and same_words(value, slot.issued):
        return Seen(state="confirmed" if confirmed else "unchanged", value=slot.prefill, raw=as_text(value))
    try:
        habits.check(slot, value, shown)
        parsed, doubt = slot.parse(value)
        doubt = " ".join(filter(None, (doubt, dates.doubt(slot, parsed))))
    except Invalid as error:
        return Seen(state="invalid", raw=as_text(value), reason=error.message, cure=error.fix)
    if not slot.known:
        return Seen(state="answered", value=parsed, raw=as_text(value), doubt=doubt)
    if canonical(parsed) == canonical(slot.prefill):
        return Seen(state="confirmed" if confirmed else "unchanged", value=parsed, raw=as_text(value))
    return Seen(state="corrected", value=parsed, raw=as_text(value), doubt=doubt, notes=notes)


def decided(slot: Slot, decision: Decision) -> Seen:
    """Return what a decision says of a place. Raises Invalid, in words, for what its kind can't read."""
    seen = says(slot, "", True) if not decision.value.strip() else _typed(slot, decision.value)
    return replace(seen, raw=decision.value, method="operator", confidence=1.0, notes=(), decision=decision)


def unfit(decision: Decision, why: Invalid) -> Seen:
    """Return what stands for a decision that a kind can't read."""
    return Seen(
        state="invalid",
        raw=decision.value,
        reason=why.message,
        cure=why.fix,
        method="operator",
        confidence=1.0,
        decision=decision,
    )


def _typed(slot: Slot, text: str) -> Seen:
    """Return what a typed text says in a place, whatever its control is."""
    if slot.cell.control == "tick":
        return says(slot, _on(text), True)
    if slot.cell.control not in ("one_of", "many_of"):
        return _or_raise(says(slot, text.strip(), True))
    whole = says(slot, (text.strip(),), True)
    if whole.state != "invalid" or slot.cell.control == "one_of":
        return _or_raise(whole)
    several = [says(slot, tuple(_parted(slot, text, mark)), True) for mark in (";", ",") if mark in text]
    return _or_raise(next((seen for seen in several if seen.state != "invalid"), [*several, whole][0]))


def _parted(slot: Slot, text: str, mark: str) -> Iterator[str]:
    """Yield the answers in a text that `mark` parts; the words of an option may hold the mark, the longest count."""
    parts = text.split(mark)
    while parts:
        held = (n for n in range(min(len(parts), _HELD), 0, -1) if _is_one(slot, mark.join(parts[:n])))
        count = next(held, 1)
        if one := mark.join(parts[:count]).strip():
            yield one
        parts = parts[count:]


def _is_one(slot: Slot, text: str) -> bool:
    return says(slot, (text.strip(),), True).state != "invalid"


def _or_raise(seen: Seen) -> Seen:
    if seen.state == "invalid":
        raise Invalid(seen.reason, seen.cure)
    return seen


def _on(text: str) -> bool:
    found = ticked(text)
    if found is None:
        raise Invalid(f"“{text}” says neither that the tick is on nor that it is off.", "Write yes or no.")
    return found


def _given(slot: Slot, raw: RawCell, origin: Origin) -> Seen:
    """A text of ours always stands; what came back instead is noted (`raw`)."""
    same = raw.state == "read" and same_words(raw.value or "", slot.issued if slot.issued is not None else "")
    text = raw.raw or as_text(raw.value if raw.value is not None else "")
    if raw.state == "conflict":
        text = " / ".join(as_text(value) for value in raw.values)
    notes = () if same else ("altered_fixed",)
    return _seen(raw, origin, Seen(state="unchanged", value=slot.prefill, raw=text, notes=notes))


def _several(slot: Slot, raw: RawCell, values: Iterable[Value], confirmed: bool, origin: Origin) -> Seen:
    """Several values under one key: a conflict unless they come to the same. An empty place says nothing against a
    value: it is none."""
    found: dict[str, Seen] = {}
    for value in values:
        read = as_read(value, slot.cell.control)
        seen = _seen(raw, origin, says(slot, "" if read is None else read, confirmed, origin.shown))
        found.setdefault(seen.says or f"{seen.state} {canonical(seen.value)}", replace(seen, raw=as_text(value)))
    found = {name: seen for name, seen in found.items() if seen.state != "blank"} or found
    if len(found) == 1:
        seen = next(iter(found.values()))
        return seen if raw.note else replace(seen, notes=(*seen.notes, "doubled_field"))
    others = tuple(found[name] for name in sorted(found))
    return _seen(raw, origin, Seen(state="conflict", others=others))


def _seen(raw: RawCell, origin: Origin, seen: Seen) -> Seen:
    """Return a sighting with its place in the file and its source."""
    return Seen(
        state=seen.state,
        value=seen.value,
        raw=raw.raw or seen.raw,
        method=raw.method,
        confidence=raw.confidence,
        page=raw.page,
        box=raw.box,
        reason=seen.reason,
        cure=seen.cure,
        doubt=seen.doubt,
        notes=(*seen.notes, raw.note) if raw.note else seen.notes,
        origin=origin,
        senders=origin.senders if seen.state in SENT else NOBODY,
        others=seen.others,
    )


def ticks(slots: Mapping[str, Slot], raws: Mapping[str, RawCell]) -> frozenset[str]:
    """Return the keys of the confirm ticks that are on in one return.

    One that the page shows empty, though its value says on, confirms nothing: the account saw no tick.
    """
    read = ((key, raws[key]) for key, slot in slots.items() if slot.cell.role == "confirm" and key in raws)
    return frozenset(
        key
        for key, raw in read
        if raw.state == "read" and as_read(raw.value, "tick") is True and raw.note != "group_without_kid"
    )
