"""Back: files that came in become records, each read against its stored issue.

    bytes -> intake -> identify (worker) -> match: token -> issue -> extract (worker) -> event -> record

What is stored is the raw return; a record is computed from all of an issue's events whenever it is asked for. The
same bytes a second time are found by their hash, and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from formwright import record as records
from formwright.errors import Refused, Unusable, near
from formwright.hidden import odd, shown
from formwright.intake import open as intake
from formwright.intake import sniff
from formwright.intake.worker import Reading
from formwright.issue import Issue, IssuedFile
from formwright.raw import Compared, RawReturn
from formwright.readers._base import not_compared
from formwright.record import Record
from formwright.records.documents import dump_raw, restore_raw
from formwright.records.events import Event, Happening
from formwright.records.quarantine import Quarantine
from formwright.returns import ours, pages, typed
from formwright.returns.match import Status, added_pages, as_issued, match
from formwright.returns.received import Decision, Received, Source, same_person
from formwright.workspace import Workspace

QUARANTINE = "quarantine"
"""Folder of the workspace for the bytes of refused files, by their SHA-256; nothing of ours reads them."""
KEYS = 4
"""Keys of a question that are named where one key is wanted and the question is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was read. `again`: the same bytes were read before, and nothing changed but `sender`, who is now
    known, or known otherwise, to have sent them; `alone`: nothing was stored."""

    name: str
    issue: Issue
    record: Record
    again: bool = False
    sender: str = ""
    alone: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the record."""
        return self.record.as_json()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that makes no record, and why; the source's hash is "" where its bytes could not be read.

    `opened`: False for a path at which there is nothing to open, which is a mistake of the command and no return.
    """

    source: Source
    error: Refused
    opened: bool = True

    @property
    def name(self) -> str:
        """The file's name, fit to be printed."""
        return self.source.name

    def as_json(self) -> dict[str, Any]:
        """Return what `read --json` prints of it, and what the event keeps."""
        return records.refusal(self.error, self.source if self.opened else None)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files to read: `paths`, and what lies in those that are folders, in the order of names.

    Hidden files and folders below a folder are left out. Raises Unusable for a folder that cannot be listed.
    """
    for path in paths:
        if intake.is_folder(path):
            yield from intake.list_folder(path)
        else:
            yield path


def read(
    workspace: Workspace, paths: Iterable[Path], worker: Reading, *, at: str, by: str = "", alone: bool = False
) -> Iterator[Taken | Rejected]:
    """Read each file of `paths` (see `files_of`) and take it in; yield what became of it.

    at: this moment (UTC, ISO), noted as the time of receipt; by: who sent the files, "" if unknown; alone: each file
    by itself, nothing is stored. A refused file is kept in quarantine, while there is room, and the next one is read;
    so it is after a path that cannot be opened, of which nothing is kept. Raises Unusable for what concerns every file:
    a key that others can read, a store that cannot be used.
    """
    quarantine = None if alone else Quarantine(workspace.folder / QUARANTINE, workspace.settings.quarantine_limit)
    for path in paths:
        yield _read(workspace, path, worker, quarantine, at=at, by=by)


def _read(
    workspace: Workspace, path: Path, worker: Reading, quarantine: Quarantine | None, *, at: str, by: str
) -> Taken | Rejected:
    """Return what became of one file; quarantine: None to store nothing."""
    data, source = b"", _unread(path, at)
    try:
        data, source = _taken(path, source)
    except Unusable as error:
        return Rejected(source, Refused(error.code, error.message, error.fix), opened=False)
    except Refused as error:
        return _reject(workspace, Rejected(source, error), path, data, quarantine)
    try:
        issue, received = _extract(workspace, data, source, worker, by)
    except Refused as error:
        return _reject(workspace, Rejected(source, error), path, data, quarantine)
    if quarantine is None:
        found = records.build(issue, [received], [], revision=1)
        return Taken(name=source.name, issue=issue, record=found, alone=True)
    fresh = _take_in(workspace, issue, received, data)
    noted = "" if fresh else _note_sender(workspace, issue, received)
    return Taken(name=source.name, issue=issue, record=record_of(workspace, issue), again=not fresh, sender=noted)


def issue_of(workspace: Workspace, id: str) -> Issue:
    """Return an issue of the workspace; raises Unusable, naming what is near, where it has none of this id."""
    issue = None if odd(id) else workspace.store.issue(id)
    if issue is None:
        raise _no_such_issue(workspace, id)
    return issue


def form_of(workspace: Workspace, id: str) -> Issue:
    """Return an issue that asks something; raises Unusable for a letter or plan, and as `issue_of`."""
    return _form(issue_of(workspace, id))


def _form(issue: Issue) -> Issue:
    if not issue.is_form:
        message = f"{issue.id} is a {issue.document} to {issue.account_name}: it asks nothing, and has no record."
        raise Unusable("not_a_form", message, "List all issues with: formwright records.")
    return issue


def record_of(workspace: Workspace, issue: Issue) -> Record:
    """Return the record of an issue: all its returns, and what operators answered, as the events have them.

    Raises Unusable for a letter or plan, of which there is none.
    """
    return _computed(_form(issue), workspace.store.events(issue.id))


def answer(workspace: Workspace, issue_id: str, key: str, value: str, *, by: str, why: str, at: str) -> Record:
    """Note what stands in one place of an issue according to `by`; return the record that follows.

    Raises FormwrightError, and stores nothing, for an issue or a key that is not there, a row that is not the next one
    of its table, and a value that is no answer to its question or that nobody writes (`returns.typed`).
    """
    issue = form_of(workspace, issue_id)
    slot = records.place(issue, key)
    if slot is None:
        raise _no_such_key(issue, key)
    typed.check(slot, value)
    events = workspace.store.events(issue_id)
    if slot.model:
        known = _computed(issue, events).answers[slot.cell.item].cells.values()
        typed.check_row(slot, [cell.slot for cell in known])
    happening = Happening(kind="answered", issue=issue_id, at=at, by=by, data={"key": key, "value": value, "why": why})
    record = _computed(issue, (*events, happening))  # raises for a value that is no answer, before it is stored
    workspace.store.append_event(happening)
    return record


def _unread(path: Path, at: str) -> Source:
    return Source(name=intake.printable(path.name), sha256="", format="", method="", producer="", received_at=at)


def _taken(path: Path, source: Source) -> tuple[bytes, Source]:
    """Return a file's bytes and what is known of it. Raises Refused, and Unusable for a path that cannot be opened."""
    incoming = intake.read_file(path)
    return incoming.data, replace(source, name=incoming.name, sha256=incoming.sha256)


def _extract(workspace: Workspace, data: bytes, source: Source, worker: Reading, by: str) -> tuple[Issue, Received]:
    """Return the issue that a file belongs to, and what stands in it. Raises Refused."""
    format = sniff.format_of(data)
    identified = worker.identify(format, data)
    matched = match(
        identified,
        find_issue=workspace.store.issue,
        find_secret=lambda id: key.secret if (key := workspace.key(id)) else None,
        status=lambda id: _status(workspace.store.events(id)),
    )
    file = matched.issue.file(format)
    if file is None:
        fix = "Ask for the file that was sent, filled in."
        raise Refused("format_not_issued", f"{matched.issue.id} was not issued as {format}.", fix)
    raw = pages.as_shown(worker.extract(format, data, file.fields), file)
    if not pages.are_ours(identified, file):
        raw = _with_pages(workspace, raw, data, file, worker)
    raw = ours.set_aside(raw, matched.issue, file)
    told = (*as_issued(source.sha256, file), *added_pages(identified.pages, file, raw.problems))
    raw = replace(raw, problems=(*matched.problems, *raw.problems, *told))
    source = replace(source, format=format, method=raw.method, producer=raw.producer)
    return matched.issue, Received(source=source, raw=raw, submitted_by=by)


def _with_pages(workspace: Workspace, raw: RawReturn, data: bytes, file: IssuedFile, worker: Reading) -> RawReturn:
    """Return a raw return with what was drawn onto the pages themselves: they are compared with the issued ones."""
    try:
        issued = workspace.store.bytes(file.sha256)
    except Unusable:
        told = not_compared("the issued file is not in this workspace any more") if file.prints else Compared()
    else:
        try:
            told = worker.compare(raw.format, data, issued, file.fields)
        except Refused as error:  # its fields were read all the same
            told = not_compared(error.message.rstrip("."))
    return pages.drawn_over(raw, told, {field.key: field.value for field in file.fields})


def _take_in(workspace: Workspace, issue: Issue, received: Received, data: bytes) -> bool:
    """Store a return: its bytes, then its event; return False where the same bytes were taken in before."""
    workspace.store.put_bytes(data)
    source = received.source
    happening = Happening(
        kind="received",
        issue=issue.id,
        at=source.received_at,
        by=received.submitted_by,
        once=f"received:{source.sha256}",
        data={"source": source.as_json(), "raw": dump_raw(received.raw)},
    )
    return workspace.store.append_event(happening) is not None


def _note_sender(workspace: Workspace, issue: Issue, received: Received) -> str:
    """Store who sent bytes that were taken in before, where that says more or other than is known; return the name."""
    by, sha256 = received.submitted_by, received.source.sha256
    known = next((one for one in _returns(workspace.store.events(issue.id)) if one.source.sha256 == sha256), None)
    if not same_person(by) or known is None or same_person(by) == same_person(known.submitted_by):
        return ""
    at = received.source.received_at
    workspace.store.append_event(Happening(kind="sent", issue=issue.id, at=at, by=by, data={"sha256": sha256}))
    return by


def _reject(
    workspace: Workspace, rejected: Rejected, path: Path, data: bytes, quarantine: Quarantine | None
) -> Rejected:
    """Keep a refused file and the reason, once, and say so where there was no room for it; return what is to be told.

    A file that was not read has no hash: it is known by its name, size and time. quarantine: None to keep nothing.
    """
    if quarantine is None:
        return rejected
    source, kept = rejected.source, not data or quarantine.keep(data)
    if not kept:
        rejected = replace(rejected, error=_not_kept(rejected.error, quarantine.limit))
    known = source.sha256 or f"{source.name}:{intake.trace(path)}"
    once = f"refused:{rejected.error.code}:{known}{'' if kept else ':not kept'}"
    happening = Happening(kind="refused", at=source.received_at, once=once, data=rejected.as_json())
    workspace.store.append_event(happening)
    return rejected


def _not_kept(error: Refused, limit: int) -> Refused:
    """Return the same refusal, with what is to be done for a quarantine without room."""
    message = f"{error.message} It was not kept: {QUARANTINE}/ may hold {limit:,} bytes (quarantine_limit)."
    return Refused(error.code, message, f"{error.fix} To have refused files kept, clear out {QUARANTINE}/.".strip())


def _status(events: Iterable[Event]) -> Status:
    """Return what became of an issue by now."""
    found = Status()
    for event in events:
        if event.kind == "withdrawn":
            found = Status(state="withdrawn", on=event.at[:10])
        elif event.kind == "superseded":
            found = Status(state="superseded", by=event.data.get("by_issue", ""), on=event.at[:10])
    return found


def _computed(issue: Issue, events: Sequence[Happening]) -> Record:
    """Return the record that follows from an issue's events, in their order. Each of them that says something of the
    answers makes a revision."""
    decisions = [
        Decision(
            key=event.data["key"],
            value=event.data["value"],
            by=event.by,
            why=event.data["why"],
            at=event.at,
            sequence=n,
            kept=isinstance(event, Event),
        )
        for n, event in enumerate(events, 1)
        if event.kind == "answered"
    ]
    revision = sum(event.kind in ("received", "sent", "answered") for event in events)
    return records.build(issue, _returns(events), decisions, revision=revision)


def _returns(events: Sequence[Happening]) -> list[Received]:
    """Return what came back, each with the sender who was named last."""
    sent = {event.data["sha256"]: event.by for event in events if event.kind == "sent"}
    found = []
    for n, event in enumerate(events, 1):
        if event.kind == "received":
            source = Source(**event.data["source"])
            by = sent.get(source.sha256, event.by)
            found.append(Received(source=source, raw=restore_raw(event.data["raw"]), submitted_by=by, sequence=n))
    return found


def _no_such_issue(workspace: Workspace, id: str) -> Unusable:
    """Say that there is no such issue, and which may be meant, with its account, lest another's is taken for it."""
    accounts = {line.id: line.account for line in workspace.store.issues()}
    meant = [one for one in accounts if _loosely(one) == _loosely(id)] or near(id, accounts, most=3)
    hint = f"Did you mean {' or '.join(f'{one} ({accounts[one]})' for one in meant)}? " if meant else ""
    fix = f"{hint}List what there is with: formwright records."
    return Unusable("unknown_issue", f"There is no issue {shown(id)} in this workspace.", fix)


def _loosely(id: str) -> list[str]:
    """Return the letters and numbers of an issue's id, however it is written: q-2027-1 is Q-2027-0001."""
    return [part.upper().lstrip("0") for part in re.findall(r"[A-Za-z]+|[0-9]+", id)]


def _no_such_key(issue: Issue, key: str) -> Unusable:
    """Say that there is no such place, and which may be meant: those of a question that is named as a whole, by its
    id or its printed number, or the nearest."""
    keys = {cell.key: cell.name for cell in issue.cells if cell.role != "given"}
    listed = f"All of them: formwright show {issue.id} --keys."
    number = re.compile(rf"{re.escape(key)}(?![\w.])", re.IGNORECASE)
    inside = [one for one in keys if one.startswith(f"{key}.")] or [one for one in keys if number.match(keys[one])]
    if len(inside) > 1:
        told = f'In {issue.id}, "{shown(key)}" is not a place to answer; it has {len(inside)} of them.'
        first = f"{', '.join(inside[:KEYS])}{' and so on' if len(inside) > KEYS else ''}"
        return Unusable("unknown_key", told, f"Answer each by its own key: {first}. {listed}")
    told = f'{issue.id} has no place to answer "{shown(key)}".'
    plain, _, code = key.replace(":", ".").partition("#")  # as fields are named in the PDF
    plain = inside[0] if inside else plain
    if plain in keys:
        return Unusable("unknown_key", told, f"Its key is {plain}{f', its value {shown(code)}' if code else ''}.")
    meant = near(key, keys, most=3)
    hint = f"Did you mean {' or '.join(meant)}? " if meant else ""
    return Unusable("unknown_key", told, f"{hint}{listed}")
