"""The quarantine: refused bytes by their hash, never more than its limit."""

from __future__ import annotations

from pathlib import Path

from formwright.records.quarantine import Quarantine

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def held(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_bytes_are_kept_under_their_hash_up_to_the_limit(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path / "quarantine", 10)
    assert quarantine.keep(b"hello")
    assert (tmp_path / "quarantine" / HELLO[:2] / HELLO).read_bytes() == b"hello"
    assert quarantine.keep(b"world")
    assert not quarantine.keep(b"!")
    assert held(tmp_path) == 10


def test_what_is_kept_already_takes_no_room(tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path, 5)
    assert quarantine.keep(b"hello")
    assert quarantine.keep(b"hello")
    assert held(tmp_path) == 5


def test_what_an_earlier_run_kept_counts(tmp_path: Path) -> None:
    assert Quarantine(tmp_path, 9).keep(b"hello")
    assert not Quarantine(tmp_path, 9).keep(b"world")


def test_a_limit_of_nothing_keeps_nothing(tmp_path: Path) -> None:
    assert not Quarantine(tmp_path / "quarantine", 0).keep(b"hello")
    assert not (tmp_path / "quarantine").exists()
