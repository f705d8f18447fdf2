"""The store: what was written is there, once, unchanged, whoever else writes and whatever the disk says."""

import errno
import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from formwright.errors import Unusable
from formwright.records import blobs, tables
from formwright.records.events import Happening
from formwright.records.store import SqlStore, open_store
from records.test_documents import an_issue


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(tmp_path / "store.db", tmp_path / "files")
    yield opened
    opened.close()


def issued(id: str) -> Happening:
    return Happening(kind="issued", issue=id, at="2027-01-11T09:00:00Z", by="D. Whitfield")


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_nobody_else_reads_the_store(tmp_path: Path) -> None:
    def rights() -> dict[str, str]:
        return {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("store.db*")}

    before = os.umask(0o022)
    try:
        opened = open_store(tmp_path / "store.db", tmp_path / "files")
        opened.add_issue(an_issue(), issued("Q-2027-0001"))
        assert set(rights().values()) == {"0o600"}
        assert rights().keys() == {"store.db", "store.db-wal", "store.db-shm"}
        kept = opened._blobs.path(opened.put_bytes(b"a return"))
        assert oct(kept.stat().st_mode & 0o777) == "0o600"
        opened.close()
        (tmp_path / "store.db").chmod(0o644)  # as a copy has it
        open_store(tmp_path / "store.db", tmp_path / "files").close()
        assert rights()["store.db"] == "0o600"
    finally:
        os.umask(before)


# ---- issues and their numbers


def test_an_issue_is_stored_with_its_event(store: SqlStore) -> None:
    issue = an_issue()
    store.add_issue(issue, issued(issue.id))
    assert store.issue("Q-2027-0001") == issue
    assert [line.id for line in store.issues()] == ["Q-2027-0001"]
    (event,) = store.events("Q-2027-0001")
    assert (event.sequence, event.kind, event.by) == (1, "issued", "D. Whitfield")
    assert store.issue("Q-2027-0002") is None


def test_an_issue_without_its_event_is_not_stored(store: SqlStore) -> None:
    with pytest.raises(Unusable):
        store.add_issue(an_issue(), issued("Q-1999-0009"))  # the event names an issue that is not there
    assert store.issues() == ()


def test_an_id_is_stored_once(store: SqlStore) -> None:
    store.add_issue(an_issue(), issued("Q-2027-0001"))
    with pytest.raises(Unusable, match="The issue Q-2027-0001 is stored already"):
        store.add_issue(an_issue(1), issued("Q-2027-0001"))
    assert len(store.events("Q-2027-0001")) == 1


def test_numbers_go_by_letter_and_year_and_after_what_was_imported(store: SqlStore) -> None:
    assert [store.next_id("Q", 2027), store.next_id("Q", 2027)] == ["Q-2027-0001", "Q-2027-0002"]
    assert [store.next_id("L", 2027), store.next_id("Q", 2028)] == ["L-2027-0001", "Q-2028-0001"]
    store.add_issue(an_issue(id="Q-2027-0117"), issued("Q-2027-0117"))
    store.add_issue(an_issue(id="Q-2027-0003"), issued("Q-2027-0003"))
    assert store.next_id("Q", 2027) == "Q-2027-0118"


RACE = """
import os, sys
from pathlib import Path
from formwright.records.store import open_store
folder = Path(sys.argv[1])
for _ in range(3):
    if os.fork() == 0:
        try:  # they race to make the tables, too
            store = open_store(folder / "store.db", folder / "files")
            ids = [store.next_id("Q", 2027) for _ in range(10)]
            os.write(1, (" ".join(ids) + " ").encode())
        finally:
            os._exit(0)
for _ in range(3):
    os.wait()
"""


def child(script: str, folder: Path) -> subprocess.Popen[str]:
    """Start a script of ours with one argument."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=PIPE, text=True, env=environment)


def test_processes_never_get_the_same_number(tmp_path: Path) -> None:
    found, _ = child(RACE, tmp_path).communicate(timeout=60)
    assert sorted(found.split()) == [f"Q-2027-{n:04}" for n in range(1, 31)]


# ---- events


def test_events_are_in_the_order_of_storing_not_of_clocks(store: SqlStore) -> None:
    store.add_issue(an_issue(), issued("Q-2027-0001"))
    store.append_event(Happening(kind="received", issue="Q-2027-0001", at="1970-01-01T00:00:00Z"))
    assert [event.kind for event in store.events("Q-2027-0001")] == ["issued", "received"]


def test_the_same_thing_happens_once(store: SqlStore) -> None:
    happening = Happening(kind="refused", at="2027-01-12T00:00:00Z", once="refused:foreign:ab", data={"a": [1, "ü"]})
    event = store.append_event(happening)
    assert event is not None
    assert event.data == {"a": [1, "ü"]}
    assert store.append_event(happening) is None
    assert len(store.events()) == 1


def test_an_event_of_no_issue_that_we_know_is_not_taken(store: SqlStore) -> None:
    with pytest.raises(Unusable, match="There is no issue Q-2027-0009"):
        store.append_event(Happening(kind="received", issue="Q-2027-0009", at="2027-01-12T00:00:00Z"))


@pytest.mark.parametrize("table", ["issues", "events"])
@pytest.mark.parametrize("act", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_nothing_that_is_written_can_be_changed(store: SqlStore, tmp_path: Path, table: str, act: str) -> None:
    store.add_issue(an_issue(), issued("Q-2027-0001"))
    with sqlite3.connect(tmp_path / "store.db") as other, pytest.raises(sqlite3.IntegrityError, match="never changed"):
        other.execute(act.format(table))
    other.close()


@pytest.mark.parametrize("hostile", ["'; DROP TABLE issues;--", "Q-2027-0001' OR '1'='1", "%", "\0"])
def test_text_from_outside_is_text(store: SqlStore, hostile: str) -> None:
    store.add_issue(an_issue(), issued("Q-2027-0001"))
    assert store.issue(hostile) is None
    assert store.events(hostile) == ()
    event = store.append_event(Happening(kind="received", issue="Q-2027-0001", at="", by=hostile, data={"x": hostile}))
    assert event is not None
    assert (event.by, event.data) == (hostile, {"x": hostile})


# ---- files


def test_files_are_kept_by_their_hash(store: SqlStore, tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"%PDF-1.7 a").hexdigest()
    assert store.put_bytes(b"%PDF-1.7 a") == store.put_bytes(b"%PDF-1.7 a") == sha256
    assert store.bytes(sha256) == b"%PDF-1.7 a"
    path = tmp_path / "files" / sha256[:2] / sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found for found in (tmp_path / "files").rglob("*") if found.is_file()] == [path]


def test_a_changed_or_missing_file_is_never_handed_out(store: SqlStore, tmp_path: Path) -> None:
    sha256 = store.put_bytes(b"original")
    (tmp_path / "files" / sha256[:2] / sha256).write_bytes(b"0riginal")
    with pytest.raises(Unusable, match="is not what was stored"):
        store.bytes(sha256)
    with pytest.raises(Unusable, match="cannot be read: No such file"):
        store.bytes("0" * 64)
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.bytes("../../etc/passwd")


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_full_disk_leaves_no_part_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(Unusable, match=r"cannot be written: No space left on device. Make room on the disk"):
        blobs.write(tmp_path / "form.pdf", b"x")
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_written_over_another(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(b"theirs")
    with pytest.raises(FileExistsError):
        blobs.write(tmp_path / "form.pdf", b"ours", over=False)
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("form.pdf", b"theirs")]


# ---- the database


def test_a_new_store_is_at_the_newest_version_and_is_not_migrated_again(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "store.db") as other:
        assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [(tables.HEAD,)]
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
    monkeypatch.setitem(sys.modules, "alembic", None)  # an import of it would fail
    open_store(tmp_path / "store.db", tmp_path / "files").close()


def test_the_tables_are_what_the_migrations_leave(store: SqlStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.db") as other:
        for table in tables.metadata.sorted_tables:
            columns = other.execute(f"SELECT name FROM pragma_table_info('{table.name}')").fetchall()
            assert [name for (name,) in columns] == [column.name for column in table.columns]
    other.close()


def test_the_newest_migration_is_the_one_that_the_program_names() -> None:
    versions = Path(tables.__file__).parent / "migrations" / "versions"
    assert max(path.name for path in versions.glob("[0-9]*.py")).startswith(tables.HEAD)


def test_a_store_of_a_newer_program_is_said(store: SqlStore, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.db") as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(Unusable, match=r"newer \(9999\) than this program knows. Use the newer Formwright"):
        open_store(tmp_path / "store.db", tmp_path / "files")


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("certainly not a database, though long enough to look at\n" * 20)
    with pytest.raises(Unusable, match="is not a database"):
        open_store(tmp_path / "store.db", tmp_path / "files")


@pytest.mark.parametrize("left", ["nothing", "no bytes", "no tables"])
def test_a_store_that_is_lost_is_not_made_anew_over_files_that_are_there(
    store: SqlStore, tmp_path: Path, left: str
) -> None:
    assert store.next_id("Q", 2027) == "Q-2027-0001"
    store.put_bytes(b"a form")
    store.close()
    database = tmp_path / "store.db"
    database.unlink()
    if left == "no bytes":
        database.touch()
    elif left == "no tables":
        sqlite3.connect(database).execute("PRAGMA journal_mode = WAL").connection.close()
    with pytest.raises(Unusable, match=r"store.db is missing or empty, but the files .* are there .* from the backup"):
        open_store(database, tmp_path / "files")
    assert database.exists() is (left != "nothing")
    assert left == "no tables" or not database.exists() or database.stat().st_size == 0


def test_an_empty_store_without_files_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    (tmp_path / "files" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "ab" / ".x.part").touch()
    store = open_store(tmp_path / "store.db", tmp_path / "files")
    assert store.next_id("Q", 2027) == "Q-2027-0001"
    store.close()


WRITER = """
import sys
from pathlib import Path
from records.test_documents import an_issue
from formwright.records.events import Happening
from formwright.records.store import open_store
folder = Path(sys.argv[1])
store = open_store(folder / "store.db", folder / "files")
print("ready", flush=True)
while True:
    id = store.next_id("Q", 2027)
    sha256 = store.put_bytes(id.encode() * 1000)
    happening = Happening(kind="issued", issue=id, at="2027-01-11T09:00:00Z", data={"sha256": sha256})
    store.add_issue(an_issue(id=id), happening)
"""


@pytest.mark.slow
def test_a_killed_process_leaves_whole_issues_and_whole_files(tmp_path: Path) -> None:
    for n in range(8):
        writing = child(WRITER, tmp_path)
        assert writing.stdout is not None
        writing.stdout.readline()
        time.sleep(0.02 + n * 0.013)
        writing.send_signal(signal.SIGKILL)
        writing.communicate()
    store = open_store(tmp_path / "store.db", tmp_path / "files")
    lines = store.issues()
    assert lines
    for line in lines:
        (event,) = store.events(line.id)
        assert store.bytes(event.data["sha256"]) == line.id.encode() * 1000
        assert store.issue(line.id) == an_issue(id=line.id)
    store.close()
    with sqlite3.connect(tmp_path / "store.db") as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    other.close()
