"""The problems of one item: what is wrong, doubtful or odd in its places, in the words of `problems.SORTS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from formwright.hidden import named
from formwright.kinds._base import Finding, Json
from formwright.returns.asked import HELD, Asking, code_words
from formwright.returns.fold import Folded
from formwright.returns.problems import FINDINGS, Problem, Problems, quoted
from formwright.returns.slots import Question, Slot, as_text
from formwright.returns.states import STATEMENTS, Seen, State, canonical

_TYPED: Final = ("control_characters", "hidden_characters")
_CODES: Final[Mapping[str, str]] = {
    **{note: note for note in (*_TYPED, "doubled_field", "hidden_field", "kid_and_group_differ", "readers_differ")},
    "off_pages": "hidden_field",
}
"""Notes of readers with a problem of their own; all others are an `odd_field`."""
_TICKED: Final = "confirmed_and_changed"
_OURS: Final = (_TICKED, "also_unread", "altered_fixed", "decided_otherwise")
_OPEN: Final = frozenset({"conflict", "invalid", "unread", "missing"})
_NAMED: Final = 3
"""So many items on lost pages are named one by one."""
_UNREAD: Final[Mapping[str, str]] = {
    "type_changed": ": the sort of field was changed",
    "odd_value": ": its value is of another sort",
    "too_long": ": it is longer than is read",
    "beside_value": ": there are words in it elsewhere than in its value",
    "odd_tick": ": {raw} stands where a tick is asked",
    "drawn_over": ": something is drawn over it",
    "only_shown": ": only the page shows it, and the entry behind it is empty",
    "readers_differ": ": two programs read different things in it",
}
_ODD: Final[Mapping[str, str]] = {
    "appearance_missing": "the page does not show it",
    "drawn_over": "something is drawn over it",
    "group_without_kid": "the page does not show it ticked",
    "kid_without_group": "only what the page shows says so, and the entry behind it does not",
    "moved": "it does not stand where it was issued, so the page asks something else there",
    "only_shown": "the page shows words there, and the entry behind it is empty",
    "part_missing": "one of its ticks is not in the return",
    "as_prompt": "it stands in the style of what an empty field says",
    "prompt_left": "what an empty field says stood beside it",
    "several_in_cell": "its cell has several places, and which line is which is not said",
    "table_in_cell": "a table was put into its cell",
    "text_beside": "some of it stands outside its field",
    "rich_text_differs": "what the page shows may be its formatted text, which says other words",
    "words_changed": "the list shows other words for it than were issued",
}
"""What readers note about a place that can be read all the same (`readers`), in words."""


@dataclass(frozen=True, slots=True)
class Checks:
    """What the problems of a record are found with; `sources`: hash of a file -> its name; `lost`: key -> page of the
    places on pages that are lost as a whole."""

    problems: Problems
    seen: Mapping[str, Seen]
    asking: Asking
    sources: Mapping[str, str]
    lost: MutableMapping[str, int] = field(default_factory=dict)

    def pages(self, questions: Iterable[Question]) -> None:
        """Note lost pages at once where many items stood on them; where it is a few, each is named by itself."""
        on_them = [slot.cell.item for one in questions for slot in one.slots if slot.cell.key in self.lost]
        if len(set(on_them)) <= _NAMED:
            self.lost.clear()
            return
        pages = sorted(set(self.lost.values()))
        told = f"Page {pages[0]} is" if len(pages) == 1 else f"Pages {_ranges(pages)} are"
        self.problems.add("pages_missing", pages=told)

    def item(self, question: Question, folded: Folded) -> None:
        """Note the problems of an item and its places."""
        for slot in question.slots:
            seen = self.seen[slot.cell.key]
            if slot.row in folded.cleared_rows and _taken_out_and_ticked(seen):
                seen = replace(seen, notes=tuple(note for note in seen.notes if note != _TICKED))
            if seen.notes or seen.doubt or seen.state in ("conflict", "invalid", "unread"):
                self.place(slot, seen)
            if seen.state in STATEMENTS and (slot.cell.when or slot.cell.follows):
                self._asked(slot, seen)
        self._lost(question, folded)
        self._cleared(question, folded)
        if any(self.seen[slot.cell.key].state in STATEMENTS for slot in question.slots if slot.folds):
            self._between(question, folded)

    def place(self, slot: Slot, seen: Seen) -> None:
        """Note what is wrong or odd in one place."""
        add = partial(self.problems.add, item=slot.cell.item if slot.item else "", key=slot.cell.key, place=slot.place)
        if seen.state == "conflict":
            add("conflict", values=" and ".join(self._values(slot, seen.others)))
        elif seen.state == "invalid":
            add("invalid", reason=_sentence(seen.reason, seen.raw), cure=seen.cure)
        elif seen.state == "unread":
            add("unread", because="".join(_UNREAD.get(note, "") for note in seen.notes).format(raw=quoted(seen.raw)))
        if seen.doubt:
            add("doubtful", reason=_sentence(seen.doubt, seen.raw))
        for note in seen.notes:
            if note in _OURS:
                self._ours(note, slot, seen, add)
            elif seen.state not in _OPEN - {"invalid"} and (seen.state != "blank" or note in _TYPED):
                self._odd(note, slot, seen, add)

    def _odd(self, note: str, slot: Slot, seen: Seen, add: Callable[..., None]) -> None:
        code = _CODES.get(note, "odd_field")
        if (code, slot.cell.key) not in self.problems.told:
            add(
                code,
                raw=_taken(slot, seen, code),
                read=quoted(seen.value if isinstance(seen.value, str) else as_text(str(seen.value or ""))),
                names=named(seen.raw or "") or "in one of several returns",
                note=_ODD.get(note, f"with the note “{note}”"),
            )

    def _ours(self, note: str, slot: Slot, seen: Seen, add: Callable[..., None]) -> None:
        decision = seen.decision
        odd = [one for one in seen.others if note in one.notes] if seen.state == "conflict" else []
        add(
            note,
            raw=" and ".join(_said(slot, one) for one in odd or [seen]),
            issued=quoted(_issued(slot)),
            decided=quoted(decision.value if decision else ""),
            by=decision.by if decision else "",
            values=" and ".join(self._values(slot, (one for one in seen.others if one.origin))),
        )

    def _values(self, slot: Slot, others: Iterable[Seen]) -> Iterator[str]:
        """Yield what each says and which file it is from; how it is read, where equal words are not read alike."""
        told = [(one, _said(slot, one)) for one in others]
        for one, said in told:
            name = self.sources.get(one.origin.sha256, "") if one.origin else ""
            alike = sum(said == other for _, other in told) > 1
            notes = ", ".join(note for note in (name, _reading(one) if alike else "") if note)
            yield f"{said} ({notes})" if notes else said

    def _asked(self, slot: Slot, seen: Seen) -> None:
        if seen.state == "confirmed" or slot.cell.role == "other":
            return  # words at "Other" that is not chosen are a finding of their kind
        asked = self.asking.asked(slot)
        if asked is not True:
            code = "not_asked" if asked is False else "condition_unknown"
            self.problems.add(
                code,
                item=slot.cell.item,
                key=slot.cell.key,
                place=slot.place,
                condition=self.asking.because(slot),
            )

    def _lost(self, question: Question, folded: Folded) -> None:
        lost = [slot for slot in question.slots if folded.states[slot.cell.key] == "missing"]
        if not lost or not self.sources:
            return
        review = any(self.asking.asked(slot) is not False for slot in lost)
        lost = [slot for slot in lost if slot.cell.key not in self.lost]
        if not lost:  # all of it is on pages that are told of already
            self.problems.review.update([question.id] if review else [])
            return
        total, count = len(question.slots), len(lost)
        only = lost[0] if count == 1 else None
        if only is not None:
            words = "its place is not"
        elif count == total:
            words = f"none of its {total} places is"
        else:
            words = f"{count} of its {total} places are not"
        self.problems.add(
            "missing",
            item=question.id,
            key=only.cell.key if only else "",
            review=review,
            place=only.place if only else question.name,
            lost=words,
        )

    def _cleared(self, question: Question, folded: Folded) -> None:
        """Note what was taken out, once: a row as a whole, else each place that is needed; a place that is ticked as
        correct all the same is told of already (`place`)."""
        for row in folded.cleared_rows:
            self._row_cleared(question, row, folded)
        for slot in question.slots:
            key, seen = slot.cell.key, self.seen[slot.cell.key]
            needed = key in folded.holes and folded.states[key] == "cleared"
            if needed and slot.row not in folded.cleared_rows and _TICKED not in seen.notes:
                self.problems.add(
                    "required_cleared", item=question.id, key=key, place=slot.place, issued=quoted(_issued(slot))
                )

    def _row_cleared(self, question: Question, row: str, folded: Folded) -> None:
        """Note an emptied row. To confirm it is enough (`needs`), unless it is ticked as correct, or is needed."""
        inside = [slot.cell.key for slot in question.slots if slot.row == row]
        ticked = any(_taken_out_and_ticked(self.seen[key]) for key in inside)
        self.problems.add(
            "row_cleared",
            item=question.id,
            key=row,
            review=ticked or any(key in folded.holes and folded.states[key] == "cleared" for key in inside),
            place=_row_place(question, row),
            ticked=", though it is ticked as correct" if ticked else "",
        )

    def _between(self, question: Question, folded: Folded) -> None:
        """Note what the kind finds odd between answers that are each well-formed."""
        answers = values(question, self.seen, folded.states)
        for finding in question.kind.findings(question.id, answers):
            if self._said(question, finding.key, answers) or self._ours_alone(finding, folded):
                continue
            slot = self.asking.slots.by_key.get(finding.key)
            place = slot.place if slot else _row_place(question, finding.key)
            self.problems.pass_on(
                Problem(
                    code=finding.code,
                    severity=FINDINGS.get(finding.code, "warning"),
                    item=question.id,
                    key=finding.key,
                    message=f"{place}: {finding.message}",
                    fix=finding.fix,
                )
            )

    def _ours_alone(self, finding: Finding, folded: Folded) -> bool:
        """Tell whether a finding for information is about what we printed and the account left as it was."""
        return FINDINGS.get(finding.code) == "info" and folded.states.get(finding.key) in ("unchanged", "confirmed")

    def _said(self, question: Question, key: str, answers: Mapping[str, Json]) -> bool:
        """Tell whether a finding only repeats what is known of its place: there is something there that does not
        hold, or a table has nothing in it at all and needs an answer."""
        inside = [slot.cell.key for slot in question.slots if slot.cell.key == key or slot.table == key]
        held = (slot for slot in question.slots if slot.cell.key in answers and slot.cell.role != "confirm")
        empty = key in question.tables and not any(slot.cell.key.startswith(f"{key}.") for slot in held)
        return empty or any(self.seen[name].state in _OPEN for name in inside)


def values(question: Question, seen: Mapping[str, Seen], states: Mapping[str, State]) -> dict[str, Json]:
    """Return the values of an item's places by key; places without one are absent. Ours stand as they were issued, and
    a tick that was asked and seen empty is False."""
    found: dict[str, Json] = {}
    for slot in question.slots:
        sight, state = seen[slot.cell.key], states[slot.cell.key]
        if state in HELD and sight.value is not None:
            found[slot.cell.key] = sight.value
        elif slot.cell.role == "given" and slot.prefill is not None:
            found[slot.cell.key] = slot.prefill
        elif slot.cell.control == "tick" and state in ("blank", "cleared") and slot.folds:
            found[slot.cell.key] = False
    return found


def _taken_out_and_ticked(seen: Seen) -> bool:
    return seen.state == "cleared" and _TICKED in seen.notes


def _issued(slot: Slot) -> str:
    """Return what was issued, of a choice the words that are printed."""
    if isinstance(slot.issued, tuple):
        return _in_words(slot, slot.issued)
    return as_text(slot.issued) if slot.issued is not None else ""


def _said(slot: Slot, seen: Seen) -> str:
    """Return what one sighting says, as it stands in a message."""
    if seen.state == "cleared":
        return "an empty place"
    chosen = slot.cell.codes and slot.cell.control == "one_of" and isinstance(seen.value, str)
    words = quoted(_in_words(slot, (seen.value,)) if chosen else seen.raw or "")
    return words if seen.state != "confirmed" else f"{words}, ticked as correct"


def _in_words(slot: Slot, codes: Iterable[str]) -> str:
    words = code_words(slot, slot.language)
    return ", ".join(words.get(code, code) for code in codes)


def _taken(slot: Slot, seen: Seen, code: str) -> str:
    """Return what a place is read as, in a message: of a tick whether it is on, and the words that stood there."""
    words = quoted(seen.raw or "")
    if slot.cell.control != "tick" or code == "hidden_field":
        return words
    return f"{'ticked' if seen.value is True else 'not ticked'} ({words})"


def _reading(seen: Seen) -> str:
    """Return how what one sighting says is read."""
    if seen.state == "invalid":
        return f"not read: {seen.reason.rstrip('.')}"
    value = seen.value if isinstance(seen.value, str | bool) else canonical(seen.value)
    return f"read as {quoted(as_text(value))}" if seen.value is not None else ""


def _ranges(pages: Sequence[int]) -> str:
    """Return sorted numbers, three and more in a row as a range: "1, 2, 5-27"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    told = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(one for some in told for one in some)


def _sentence(text: str, raw: str | None) -> str:
    """Return what a kind says of a text, with the text itself where it does not quote it."""
    return text if not raw or "“" in text else f"{text} It says {quoted(raw)}."


def _row_place(question: Question, row: str) -> str:
    """Return a row's place: that of its first cell, without the column ("A.3, officer 2")."""
    inside = (slot.place for slot in question.slots if slot.row == row or slot.cell.key.startswith(f"{row}."))
    first = next(inside, "")
    return first.rpartition(", ")[0] or first or question.name
