"""The store: issues, their events and files, behind one small interface.

`Store` is all that the pipelines know; `SqlStore` keeps it in SQLite (WAL) beside a folder of files. Several processes
may work at once: numbers are given out and events are taken one at a time, by the database.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Engine

from formwright.errors import Unusable
from formwright.issue import Issue
from formwright.records import tables
from formwright.records.blobs import Blobs
from formwright.records.documents import dump_issue, restore_issue
from formwright.records.events import Event, EventKind, Happening

KEPT = 16
"""How many issues are kept ready in memory: about a megabyte each."""
BUSY_SECONDS = 60
"""How long a process waits for another one that writes."""


def _text(asked: sa.Select[Any]) -> str:
    return str(asked.compile(dialect=sqlite.dialect()))


_ISSUE = _text(sa.select(tables.issues.c.document).where(tables.issues.c.id == sa.bindparam("id")))
_EVENTS = _text(
    sa.select(tables.events)
    .where(tables.events.c.issue.op("IS")(sa.bindparam("issue")))  # NULL for those that belong to none
    .order_by(tables.events.c.sequence)
)
_ISSUE_ID = re.compile(r"(?P<letter>[A-Z]{1,3})-(?P<year>[0-9]{4})-(?P<number>[0-9]{4,})\Z")


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One line of the list of issues."""

    id: str
    account: str
    definition: str
    issued_on: str


class Store(Protocol):
    """What the pipelines ask of a store. Every method that cannot do its work raises Unusable."""

    def next_id(self, letter: str, year: int) -> str:
        """Return an issue id (`Q-2027-0042`) that was never returned before, in any process."""

    def add_issue(self, issue: Issue, happening: Happening) -> None:
        """Store an issue together with its event `issued`: both or none. An id is stored once."""

    def issue(self, id: str) -> Issue | None:
        """Return the issue, or None."""

    def issues(self) -> tuple[IssueLine, ...]:
        """Return a line for each issue, in the order of their ids."""

    def put_bytes(self, data: bytes) -> str:
        """Keep a file; return its SHA-256."""

    def bytes(self, sha256: str) -> bytes:
        """Return the bytes of a kept file, checked."""

    def append_event(self, happening: Happening) -> Event | None:
        """Store an event; return it, or None where one with the same `once` is there already."""

    def events(self, issue: str = "") -> tuple[Event, ...]:
        """Return the events of an issue in order; of "", those that belong to none."""

    def close(self) -> None:
        """Let go of the files."""


def open_store(database: Path, files: Path) -> SqlStore:
    """Open the store, making or bringing up to date its tables; raises Unusable, in words, where that cannot be."""
    kept = Blobs(files)
    if _is_empty(database) and kept.any() and _is_empty(database):  # again: another process may have just made both
        raise _lost(database)
    _keep_private(database)
    url = sa.URL.create("sqlite+pysqlite", database=str(database))
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    store = SqlStore(engine, kept)
    try:
        store.migrate()
    except BaseException:
        store.close()
        raise
    return store


def _is_empty(database: Path) -> bool:
    """Tell whether a database is missing or holds nothing; one that was opened once has a page at least."""
    try:
        return database.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError:
        return False  # what it is, is told when it is opened


def _lost(database: str | Path) -> Unusable:
    """Return what is told of a store that is gone: made anew, it would give out the same numbers again."""
    message = f"The store {database} is missing or empty, but the files of issues and returns are there (files/)."
    return Unusable("lost_store", message, "Restore it from the backup of the workspace.")


def _keep_private(database: Path) -> None:
    """Let nobody else read the database, also one that was copied with other rights; SQLite gives its side files the
    same rights. Where that can't be, the database says what is wrong when it is opened."""
    with suppress(OSError):
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    for path in (database, *(database.with_name(f"{database.name}-{side}") for side in ("wal", "shm"))):
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _prepare(connection: Any, _: object) -> None:
    """Leave transactions to us (the driver would commit before DDL) and set what SQLite forgets between connections."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class SqlStore:
    """The store in a database (SQLite) and a folder of files."""

    def __init__(self, engine: Engine, blobs: Blobs) -> None:
        self._engine, self._blobs = engine, blobs
        self._restored: OrderedDict[str, Issue] = OrderedDict()  # they never change; a folder has several of one issue

    def next_id(self, letter: str, year: int) -> str:
        with self._writing() as connection:
            number = _last(connection, letter, year) + 1
            _set_last(connection, letter, year, number)
        return f"{letter}-{year:04}-{number:04}"

    def add_issue(self, issue: Issue, happening: Happening) -> None:
        parts = _ISSUE_ID.match(issue.id)
        if parts is None:
            raise Unusable("bad_issue_id", f"{issue.id!r} is not an issue id such as Q-2027-0001.")
        row = {
            "id": issue.id,
            "account": issue.account,
            "definition": issue.definition,
            "issued_on": issue.issued_on,
            "document": dump_issue(issue),
        }
        letter, year, number = parts["letter"], int(parts["year"]), int(parts["number"])
        with self._writing() as connection:
            try:
                connection.execute(sa.insert(tables.issues).values(row))
            except exc.IntegrityError as error:
                raise Unusable("issue_exists", f"The issue {issue.id} is stored already.") from error
            _set_last(connection, letter, year, max(number, _last(connection, letter, year)))
            connection.execute(sa.insert(tables.events).values(_row(happening)))

    def issue(self, id: str) -> Issue | None:
        kept = self._restored
        if id not in kept:
            found = self._rows(_ISSUE, id)
            if not found:
                return None
            kept[id] = restore_issue(found[0][0])
            while len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end(id)
        return kept[id]

    def issues(self) -> tuple[IssueLine, ...]:
        columns = tables.issues.c
        asked = sa.select(columns.id, columns.account, columns.definition, columns.issued_on).order_by(columns.id)
        with self._reading() as connection:
            return tuple(IssueLine(*row) for row in connection.execute(asked))

    def put_bytes(self, data: bytes) -> str:
        return self._blobs.put(data)

    def bytes(self, sha256: str) -> bytes:
        return self._blobs.get(sha256)

    def append_event(self, happening: Happening) -> Event | None:
        row = _row(happening)
        with self._writing() as connection:
            if row["once"] is not None:
                same = sa.select(tables.events.c.sequence).where(tables.events.c.once == row["once"])
                if connection.scalar(same) is not None:
                    return None
            try:
                stored = connection.execute(sa.insert(tables.events).values(row).returning(tables.events))
            except exc.IntegrityError as error:
                raise Unusable("unknown_issue", f"There is no issue {happening.issue} in this workspace.") from error
            return _event(*stored.one())

    def events(self, issue: str = "") -> tuple[Event, ...]:
        return tuple(_event(*row) for row in self._rows(_EVENTS, issue or None))

    def close(self) -> None:
        self._engine.dispose()

    def migrate(self) -> None:
        """Bring the tables to `tables.HEAD`; nothing is imported or written where they are there already."""
        with self._reading() as connection:
            if _revision(connection) == tables.HEAD:
                return
        from alembic import command, config, util

        settings = config.Config()
        settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._writing() as connection:
            settings.attributes["connection"] = connection
            if _revision(connection) is None and self._blobs.any():
                raise _lost(self._engine.url.database or "")
            try:
                command.upgrade(settings, "head")
            except util.CommandError as error:
                raise Unusable(
                    "newer_store",
                    f"The store of this workspace is newer ({_revision(connection)}) than this program knows.",
                    "Use the newer Formwright that made it.",
                ) from error

    def _rows(self, asked: str, given: str | None) -> list[tuple[Any, ...]]:
        """Return what is asked at every return, straight from the driver: the layers above take longer than it."""
        with self._told():
            connection = self._engine.raw_connection()
            try:
                found: list[tuple[Any, ...]] = connection.cursor().execute(asked, (given,)).fetchall()
                return found
            finally:
                connection.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says into words."""
        try:
            yield
        except exc.DBAPIError as error:
            raise _unusable(self._engine.url.database or "", str(error.orig)) from error
        except sqlite3.Error as error:
            raise _unusable(self._engine.url.database or "", str(error)) from error


def _unusable(database: str, said: str) -> Unusable:
    cures = {
        "locked": "Another program is writing to it: try again when that has ended.",
        "readonly": "Ask for the right to write to the workspace.",
        "unable to open": "See that the workspace's folder is there and can be written to.",
        "full": "Make room on the disk, then run the command again.",
        "malformed": "Restore the workspace from its backup.",
        "not a database": "Restore the workspace from its backup.",
    }
    fix = next((cure for word, cure in cures.items() if word in said), "Nothing was changed.")
    return Unusable("store", f"The store {database} cannot be used: {said}.", fix)


def _revision(connection: Connection) -> str | None:
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    if not connection.scalar(sa.text(asked)):
        return None
    return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


def _last(connection: Connection, letter: str, year: int) -> int:
    columns = tables.sequences.c
    asked = sa.select(columns.last).where(columns.letter == letter, columns.year == year)
    return connection.scalar(asked) or 0


def _set_last(connection: Connection, letter: str, year: int, number: int) -> None:
    columns = tables.sequences.c
    changed = sa.update(tables.sequences).where(columns.letter == letter, columns.year == year).values(last=number)
    if not connection.execute(changed).rowcount:
        connection.execute(sa.insert(tables.sequences).values(letter=letter, year=year, last=number))


def _row(happening: Happening) -> dict[str, Any]:
    return {
        "issue": happening.issue or None,
        "kind": happening.kind,
        "at": happening.at,
        "by": happening.by,
        "once": happening.once or None,
        "data": json.dumps(happening.data, ensure_ascii=False, separators=(",", ":"), allow_nan=False),
    }


def _event(sequence: int, issue: str | None, kind: EventKind, at: str, by: str, once: str | None, data: str) -> Event:
    """Return the event of a row, whose columns stand in the order of the table."""
    return Event(sequence=sequence, kind=kind, issue=issue or "", at=at, by=by, once=once or "", data=json.loads(data))
