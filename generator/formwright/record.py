"""The record: the structured answers of an issue, from all its returns and what a person decided.

    build(issue, returns, decisions, revision=n) -> Record     pure: the same input, the same record
    Record.as_json()                                           DESIGN.md, "The record"
    summary(record)                                            one line

Each place is judged in each return by itself (`returns.states`), all of them merged (`returns.sighted`), asked or not
judged on the merged answers (`returns.asked`), and folded into its item (`returns.fold`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from formwright import __version__
from formwright.errors import Refused, Unusable
from formwright.issue import Issue
from formwright.kinds._base import Json
from formwright.raw import RawCell, RawProblem, Stray
from formwright.returns import ours
from formwright.returns.asked import Asking
from formwright.returns.attached import Attachment, attachments
from formwright.returns.checks import Checks, values
from formwright.returns.fold import Folded, Need, fold, needs
from formwright.returns.problems import Problem, Problems, quoted
from formwright.returns.received import Decision, Received, Source, distinct, same_person
from formwright.returns.sighted import Sighted, sight
from formwright.returns.slots import Question, Slot, Slots, lay_out
from formwright.returns.states import STATEMENTS, Origin, Seen, State
from formwright.stored import questions
from formwright.text import clipped

__all__ = ["Decision", "Item", "Received", "Record", "RecordCell", "Source", "build", "place", "refusal", "summary"]


@dataclass(frozen=True, slots=True)
class RecordCell:
    """One place in the record: its state, and the sighting and the issued place it comes from."""

    state: State
    slot: Slot
    seen: Seen

    def as_json(self) -> dict[str, Json]:
        """Return the cell; `values` stand in a conflict, `history` and `decided` where a person decided."""
        found = _sighting(self.seen, self.state)
        found["prefill"] = self.slot.prefill
        order = ("value", "state", "raw", "prefill", "method", "confidence", "page", "box", "source")
        made: dict[str, Json] = {name: found[name] for name in order}
        made |= _decided(self.seen)
        if self.seen.others:
            name = "values" if self.state == "conflict" else "history"
            made[name] = [_sighting(other, other.state) | _decided(other) for other in self.seen.others]
        return made


def _decided(seen: Seen) -> dict[str, Json]:
    """Return by whom, why and when a place was decided, as the record holds it; nothing for what came back."""
    decision = seen.decision
    return {"decided": {"by": decision.by, "why": decision.why, "at": decision.at}} if decision is not None else {}


def _sighting(seen: Seen, state: State) -> dict[str, Json]:
    return {
        "value": seen.value,
        "state": state,
        "raw": seen.raw,
        "method": seen.method or None,
        "confidence": seen.confidence,
        "page": seen.page or None,
        "box": list(seen.box) if seen.box else None,
        "source": seen.origin.sha256 if seen.origin and state != "missing" else None,
    }


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the record; `number` as printed, "" for what is not a numbered question; name: what it is called in
    print; changed: the keys that change what we knew; lacking: those that must be answered and are blank. The last
    three are for people; the JSON has the states."""

    number: str
    state: State
    value: Json
    needs: tuple[Need, ...]
    cells: Mapping[str, RecordCell]
    name: str
    changed: tuple[str, ...]
    lacking: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        """Return the item as the record holds it."""
        return {
            "state": self.state,
            "value": self.value,
            "needs": list(self.needs),
            "cells": {key: cell.as_json() for key, cell in self.cells.items()},
        }


@dataclass(frozen=True, slots=True)
class Record:
    """The structured answers of one issue. `account_name` and the items' numbers are for people; the JSON has ids."""

    issue: str
    account: str
    account_name: str
    issued_on: str
    form: Mapping[str, str]
    status: Literal["complete", "partial"]
    revision: int
    submitted_by: Mapping[str, Json] | None
    sources: tuple[Source, ...]
    answers: Mapping[str, Item]
    attachments: tuple[Attachment, ...]
    problems: tuple[Problem, ...]
    strays: tuple[tuple[Stray, str], ...]

    @property
    def review(self) -> bool:
        """Tell whether a person must look: at an item, or at a problem of the return as a whole.

        An answer of an operator ends the first; the second stays, since it says what came back.
        """
        whole = any(not problem.item and problem.severity != "info" for problem in self.problems)
        return whole or any("review" in item.needs for item in self.answers.values())

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON: the same in the store, in exports and from `formwright read --json`."""
        return {
            "issue": {"id": self.issue, "account": self.account, "issued_on": self.issued_on},
            "form": dict(self.form),
            "status": self.status,
            "review": self.review,
            "revision": self.revision,
            "submitted_by": dict(self.submitted_by) if self.submitted_by else None,
            "reader_version": __version__,
            "sources": [source.as_json() for source in self.sources],
            "answers": {key: item.as_json() for key, item in self.answers.items()},
            "attachments": [one.as_json() for one in self.attachments],
            "problems": [problem.as_json() for problem in self.problems],
            "strays": [
                {"name": one.name, "value": one.value, "page": one.page or None, "kind": one.kind, "source": source}
                for one, source in self.strays
            ],
        }


def build(issue: Issue, returns: Sequence[Received], decisions: Sequence[Decision], *, revision: int) -> Record:
    """Return the record of an issue from all its accepted returns and decisions.

    The order of the returns changes nothing, and the same bytes twice change nothing; decisions stand in their order,
    the last one for a key holds. Raises FormwrightError, in words, for a decision that can't be: an unknown place, or
    a value that is no answer to its question.
    """
    return compute(issue, _slots(issue), returns, decisions, revision=revision)


def place(issue: Issue, key: str) -> Slot | None:
    """Return the place `key` of an issue for a decision, an issued one or one in a further row of a table, or None."""
    slots = _slots(issue)
    slot = slots.by_key.get(key) or slots.added(key)
    return slot if slot is not None and slot.cell.role != "given" else None


class _ByIdentity:
    """An issue as a key of the cache: issues are never changed, and one id with one form has one set of places."""

    __slots__ = ("issue", "name")

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.name = (issue.workspace, issue.id, issue.form_fingerprint)

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.name == other.name and self.issue.cells == other.issue.cells


@lru_cache(maxsize=64)
def _kept(key: _ByIdentity) -> Slots:
    try:
        found = list(questions(key.issue.form))
    except (ValueError, LookupError, TypeError) as error:
        message = f"What is stored of the issue {key.issue.id} is damaged: its questions cannot be read."
        raise Unusable("damaged_issue", message, "Restore the workspace's store from its backup.") from error
    return lay_out(key.issue, found)


def _slots(issue: Issue) -> Slots:
    return _kept(_ByIdentity(issue))


def compute(
    issue: Issue, slots: Slots, returns: Iterable[Received], decisions: Sequence[Decision], *, revision: int
) -> Record:
    """Return the record, given the issue's places (`build` keeps these from one return to the next)."""
    arrived = distinct(returns)
    sighted = sight(slots, issue.id, arrived, decisions)
    asking = Asking(sighted.slots, sighted.places)
    folded = {question.id: fold(question, sighted.places, asking) for question in sighted.slots.questions}
    strays = _strays(arrived, sighted.strays)
    problems = _problems(issue, arrived, sighted, asking, folded)
    _of_strays(problems, strays)
    contact = same_person(issue.primary_contact)
    return Record(
        issue=issue.id,
        account=issue.account,
        account_name=issue.account_name,
        issued_on=issue.issued_on,
        form=_form(issue),
        status="partial" if any(one.blank or one.holes for one in folded.values()) else "complete",
        revision=revision,
        submitted_by=_senders(arrived, contact),
        sources=tuple(one.source for one in arrived),
        answers=_answers(sighted, folded, contact, problems.review),
        attachments=attachments(sighted.slots, sighted.places, folded),
        problems=_ordered(problems.found, sighted.slots),
        strays=strays,
    )


def _form(issue: Issue) -> dict[str, str]:
    return {
        "id": issue.definition,
        "version": issue.definition_version,
        "definition_fingerprint": issue.definition_fingerprint,
        "form_fingerprint": issue.form_fingerprint,
    }


# ---- problems and strays ------------------------------------------------------------------------


def _problems(
    issue: Issue, arrived: Sequence[Received], sighted: Sighted, asking: Asking, folded: Mapping[str, Folded]
) -> Problems:
    """Return the problems of the returns as a whole, of each item, and of the facts that belong to none."""
    problems = Problems(issue.id)
    names = {one.source.sha256: one.source.name for one in arrived}
    checks = Checks(problems, sighted.places, asking, names, sighted.lost_pages)
    _of_returns(problems, arrived, sighted)
    checks.pages(sighted.slots.questions)
    for question in sighted.slots.questions:
        checks.item(question, folded[question.id])
    for slot in sighted.slots.facts:
        checks.place(slot, sighted.places[slot.cell.key])
    return problems


_WHOLE: Final = frozenset({"issue_superseded", "issue_withdrawn"})
"""Problems of a whole return for which every answer in it is looked at."""


def _of_returns(problems: Problems, arrived: Sequence[Received], sighted: Sighted) -> None:
    """Pass on the problems that the readers found, but of a place that a person has decided since: that one is over."""
    if not arrived:
        problems.add("no_return")
    slots, places = sighted.slots, sighted.places
    for one in arrived:
        for found in one.raw.problems:
            if found.key in places and _settled(places[found.key], one):
                continue
            problems.pass_on(_as_read(found, slots))
            if found.code in _WHOLE:
                stated = (key for key, seen in places.items() if seen.state in STATEMENTS)
                problems.review.update(slots.by_key[key].cell.item for key in stated)


def _settled(seen: Seen, one: Received) -> bool:
    """Tell whether a person decided a place after a return arrived."""
    origin = Origin(one.source.sha256, one.source.received_at, frozenset(), one.sequence)
    return seen.decision is not None and not origin.after(seen.decision)


def _as_read(found: RawProblem, slots: Slots) -> Problem:
    """Return a reader's problem as one of the record."""
    slot = slots.by_key.get(found.key)
    return Problem(
        code=found.code,
        severity=found.severity,
        item=slot.cell.item if slot and slot.cell.item in slots.by_item else "",
        key=found.key,
        message=found.message,
        fix=found.fix,
    )


def _strays(arrived: Sequence[Received], lost: Iterable[tuple[int, RawCell]]) -> tuple[tuple[Stray, str], ...]:
    """Return what was not issued, with the hash of its file, in the order of files and pages."""
    found = [(one.source.sha256, stray) for one in arrived for stray in one.raw.strays]
    for index, cell in lost:
        value = str(cell.raw or cell.value or "")
        if cell.state != "missing":
            found.append((arrived[index].source.sha256, Stray(name=cell.key, value=value, page=cell.page)))
    order = {one.source.sha256: at for at, one in enumerate(arrived)}
    found.sort(key=lambda pair: (order[pair[0]], pair[1].page, pair[1].name, pair[1].value, pair[1].kind))
    return tuple((stray, source) for source, stray in found)


def _of_strays(problems: Problems, strays: Iterable[tuple[Stray, str]]) -> None:
    """Note what was not issued; what stood in a field of ours is told of already, by the place that it repeats."""
    for stray, _ in strays:
        if stray.kind not in ours.KINDS:
            page = f" (page {stray.page})" if stray.page else ""
            value = f", holding {quoted(stray.value)}" if stray.value else ""
            problems.add("stray", name=quoted(stray.name or stray.kind), value=value, page=page)


def _ordered(found: Iterable[Problem], slots: Slots) -> tuple[Problem, ...]:
    """Return the problems in printed order; those of the returns as a whole come first."""
    items = {question.id: at for at, question in enumerate(slots.questions, 1)}
    keys = {slot.cell.key: at for at, slot in enumerate(slots, 1)}
    return tuple(
        sorted(found, key=lambda one: (items.get(one.item, 0), keys.get(one.key, 0), one.code, one.key, one.message))
    )


# ---- answers ------------------------------------------------------------------------------------


def _answers(sighted: Sighted, folded: Mapping[str, Folded], contact: str, review: Container[str]) -> dict[str, Item]:
    """Return the items; `contact` is the primary point of contact as compared, `review` the items to look at."""
    return {
        question.id: _item(question, folded[question.id], sighted.places, contact, question.id in review)
        for question in sighted.slots.questions
    }


def _item(question: Question, folded: Folded, seen: Mapping[str, Seen], contact: str, review: bool) -> Item:
    cells = {
        slot.cell.key: RecordCell(folded.states[slot.cell.key], slot, seen[slot.cell.key]) for slot in question.slots
    }
    held = values(question, seen, folded.states)
    return Item(
        number=question.number,
        state=folded.state,
        value=question.kind.value(question.id, held) if held else None,
        needs=needs(question, folded, seen, contact, review),
        cells=cells,
        name=question.name,
        changed=folded.changed,
        lacking=folded.blank,
    )


def _senders(arrived: Iterable[Received], contact: str) -> dict[str, Json] | None:
    """Return who sent the returns, as stated, and whether that is the primary point of contact for each of them."""
    names = {same_person(one.submitted_by): one.submitted_by.strip() for one in reversed(list(arrived))}
    told = sorted(name for name in names.values() if name)
    return {"names": told, "primary_contact": bool(contact) and set(names) == {contact}} if told else None


# ---- in one line --------------------------------------------------------------------------------

_SUMMARY: Final[tuple[State, ...]] = (
    "answered", "confirmed", "corrected", "cleared", "unchanged", "blank", "unasked", "invalid", "missing", "unread",
    "conflict",
)  # fmt: skip


def summary(record: Record) -> str:
    """Return the record in one line: its issue, account and status, its numbered questions by state, its problems, and
    whether a person must look."""
    counted = Counter(item.state for item in record.answers.values() if item.number)
    total = sum(counted.values())
    said = " ".join(f"{counted[state]} {state}" for state in _SUMMARY if counted[state])
    items = f"{total} item{'' if total == 1 else 's'}: {said}" if total else "no items"
    count = len(record.problems)
    problems = f"{count} problem{'' if count == 1 else 's'}" if count else "no problems"
    review = " · review" if record.review else ""
    return f"{record.issue} {clipped(record.account_name)}: {record.status} · {items} · {problems}{review}"


def refusal(error: Refused, source: Source | None) -> dict[str, Json]:
    """Return what stands in place of a record for a file that is refused."""
    told = {"code": error.code, "message": error.message, "fix": error.fix or None}
    return {"refused": told, "source": source.as_json() if source else None}
