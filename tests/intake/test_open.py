"""The door: regular files only, bounded, read once, hashed as read (THREATS.md 2, row 37)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from formwright.errors import Refused, Unusable
from formwright.intake import open as door


def test_it_reads_and_hashes_a_file(tmp_path: Path) -> None:
    (tmp_path / "return.pdf").write_bytes(b"abc")
    taken = door.read_file(tmp_path / "return.pdf")
    assert (taken.name, taken.data) == ("return.pdf", b"abc")
    assert taken.sha256 == hashlib.sha256(b"abc").hexdigest()


def test_it_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as caught:
        door.read_file(tmp_path / "none.pdf")
    assert caught.value.code == "missing"
    assert "none.pdf" in caught.value.message


def test_it_refuses_what_is_no_regular_file(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    for name, words in (("folder.pdf", "a folder"), ("link.pdf", "a link"), ("pipe.pdf", "a pipe")):
        with pytest.raises(Refused) as caught:
            door.read_file(tmp_path / name)
        assert caught.value.code == "not_a_file"
        assert words in caught.value.message
    with pytest.raises(Refused) as caught:
        door.read_file("/dev/null")
    assert "a device" in caught.value.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_it_says_that_a_file_may_not_be_read(tmp_path: Path) -> None:
    closed = tmp_path / "closed.pdf"
    closed.write_bytes(b"%PDF-1.7")
    closed.chmod(0)
    with pytest.raises(Unusable) as caught:
        door.read_file(closed)
    assert caught.value.code == "unreadable"


@pytest.mark.root
def test_it_says_that_a_file_of_another_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to others
        foreign = Path(folder) / "foreign.pdf"
        foreign.write_bytes(b"%PDF-1.7")
        foreign.chmod(0o600)
        Path(folder).chmod(0o755)
        with as_nobody(), pytest.raises(Unusable) as caught:
            door.read_file(foreign)
        assert caught.value.code == "unreadable"
        Path(folder).chmod(0o700)  # nobody may even see what is in it
        with as_nobody():
            assert not door.is_folder(foreign)
            with pytest.raises(Unusable) as caught:
                door.read_file(foreign)
    assert caught.value.code == "unreadable"


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up root's right to read everything."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_it_refuses_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "SIZE_LIMIT", 10)
    (tmp_path / "ten.pdf").write_bytes(b"x" * 10)
    (tmp_path / "eleven.pdf").write_bytes(b"x" * 11)
    assert len(door.read_file(tmp_path / "ten.pdf").data) == 10
    with pytest.raises(Refused) as caught:
        door.read_file(tmp_path / "eleven.pdf")
    assert caught.value.code == "too_large"


def test_it_takes_what_poppler_makes_of_a_chinese_form() -> None:
    assert door.SIZE_LIMIT == 33_554_432


def test_it_lists_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", ".hidden"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "below").mkdir()
    (tmp_path / "c.pdf").symlink_to("nowhere")
    assert [path.name for path in door.list_folder(tmp_path)] == ["a.pdf", "b.pdf", "c.pdf"]
    with pytest.raises(Unusable):
        door.list_folder(tmp_path / "none")


def test_it_prints_foreign_names_on_one_line(tmp_path: Path) -> None:
    name = "a\nb\u202e\x1b[0m.pdf"
    (tmp_path / name).write_bytes(b"x")
    assert door.read_file(tmp_path / name).name == "a\\nb\\u202e\\x1b[0m.pdf"
    assert door.printable(os.fsdecode(b"\xff.pdf")) == "\\udcff.pdf"
    assert door.printable("表格.pdf") == "表格.pdf"
