"""Which places were asked, judged on the merged answers: True, False, or None where nobody knows.

A place is asked if what it follows on was answered so (`explain` after "No"), if all its conditions hold, and if what
it hangs on was itself asked. An asking answer that is blank, missing, in conflict, invalid or unread is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from formwright import ids
from formwright.condition_words import in_words
from formwright.kinds._base import Json
from formwright.returns.slots import Question, Slot, Slots
from formwright.returns.states import Seen
from formwright.text import pick, plain, say

HELD: Final = frozenset({"unchanged", "confirmed", "corrected", "answered"})
"""States in which a place has a value that holds."""
_UNKNOWN: Final = frozenset({"missing", "conflict", "invalid", "unread"})


@dataclass(slots=True)
class Asking:
    """Answers, once for each place and condition, whether it was asked."""

    slots: Slots
    seen: Mapping[str, Seen]
    _places: dict[str, bool | None] = field(default_factory=dict)
    _conditions: dict[str, bool | None] = field(default_factory=dict)

    def asked(self, slot: Slot) -> bool | None:
        """Return whether `slot` was asked."""
        cell = slot.cell
        if not cell.follows and not cell.when:
            return True
        if cell.key not in self._places:
            self._places[cell.key] = None  # what hangs on itself stays unknown
            found = [self._holds(text) for text in cell.when]
            if cell.follows:
                found.append(self._follows(cell.follows, cell.on))
            self._places[cell.key] = _all(found)
        return self._places[cell.key]

    def because(self, slot: Slot) -> str:
        """Return in words what must hold for `slot` to be asked: "E.1 is Yes"."""
        language = self.slots.language
        describe = partial(_described, self.slots)
        words = [in_words(self.slots.asked[text], describe, language) for text in slot.cell.when]
        asker = self.slots.by_key.get(slot.cell.follows)
        if asker is not None:
            place = asker.place or self.slots.by_item[asker.cell.item].name
            if asker.cell.control == "tick":
                words.append(f"{place} is {'ticked' if 'on' in slot.cell.on else 'not ticked'}")
            else:
                codes = code_words(asker, language)
                words.append(f"{place} is {' or '.join(codes.get(code, code) for code in slot.cell.on)}")
        return " and ".join(words)

    def _follows(self, key: str, on: Iterable[str]) -> bool | None:
        asker = self.slots.by_key.get(key)
        seen = self.seen.get(key)
        if asker is None or seen is None:
            return None
        return _all((self.asked(asker), _answers(asker, seen, on)))

    def _holds(self, text: str) -> bool | None:
        if text not in self._conditions:
            self._conditions[text] = None
            condition = self.slots.asked[text]
            values: dict[str, Json] = {}
            unasked = False
            for name in condition.names:
                if self._unasked(name):
                    unasked = True
                else:
                    values.update(self._value(name))
            holds = condition.evaluate(values)
            # Who follows the directions of the paper never gets to a question that hangs on one that isn't asked.
            self._conditions[text] = False if holds is None and unasked else holds
        return self._conditions[text]

    def _named(self, name: str) -> tuple[Question, tuple[str, ...], list[Slot]] | None:
        item, *path = name.split(".")
        question = self.slots.by_item.get(item)
        if question is None:
            return None
        return question, tuple(path), _under(question, tuple(path))

    def _unasked(self, name: str) -> bool:
        named = self._named(name)
        return named is not None and bool(named[2]) and all(self.asked(slot) is False for slot in named[2])

    def _value(self, name: str) -> dict[str, Json]:
        """Return the value under its name, None for a place seen empty, nothing where it is not known."""
        named = self._named(name)
        if named is None or not named[2]:
            return {}
        question, path, there = named
        if any(self.seen[slot.cell.key].state in _UNKNOWN for slot in there):
            return {}
        held = {slot.cell.key: self.seen[slot.cell.key] for slot in there}
        answers = {key: seen.value for key, seen in held.items() if seen.state in HELD}
        ticks = {slot.cell.key: False for slot in there if slot.cell.control == "tick"}
        return {name: question.kind.leaf(path).value(ids.join(question.id, *path), {**ticks, **answers})}


def _under(question: Question, path: tuple[str, ...]) -> list[Slot]:
    """Return the places of an item, or of one of its parts, that its kind parses."""
    return [slot for slot in question.slots if slot.cell.role == "answer" and slot.cell.path[: len(path)] == path]


def _answers(asker: Slot, seen: Seen, on: Iterable[str]) -> bool | None:
    """Return whether a place holds one of the codes `on`; an unticked tick is off, and known."""
    if seen.state in HELD:
        return not _codes(seen.value).isdisjoint(on)
    if asker.cell.control == "tick" and seen.state in ("blank", "cleared"):
        return "off" in on
    return None


def _codes(value: Json) -> frozenset[str]:
    if isinstance(value, bool):
        return frozenset(("on" if value else "off",))
    if isinstance(value, Mapping):
        value = value.get("codes", value.get("code"))
    return frozenset(value) if isinstance(value, list | tuple) else frozenset((str(value),))


def _all(found: Iterable[bool | None]) -> bool | None:
    known = list(found)
    return False if False in known else None if None in known else True


def code_words(slot: Slot, language: str) -> dict[str, str]:
    """Return the printed words of a place's codes."""
    leaf = slot.leaf
    options = [*getattr(leaf, "options", ()), *getattr(leaf, "schemes", ()), getattr(leaf, "none", None)]
    texts = {option.code: plain(pick(option.text, language)) for option in options if option is not None}
    own = {code: say(code, language) for code in ("yes", "no", "na", "other")}
    return {code: texts.get(code) or own.get(code) or code for code in slot.cell.codes}


def _described(slots: Slots, name: str) -> tuple[str, dict[str, str]]:
    """Return how a name of a condition is printed, and the words of its codes."""
    item, *path = name.split(".")
    question = slots.by_item.get(item)
    if question is None:
        return name, {}
    there = _under(question, tuple(path))
    printed = there[0].place if path and there else question.name
    return printed, code_words(there[0], slots.language) if there else {}
