"""The compile cache: an entry is right or is made anew; its name depends on all that it was made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import layouts
from formwright.writers import _cache
from formwright.writers.pdf import cache, versions
from formwright.writers.pdf.plan import Compiled

GROUND = versions.ground()


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return cache.compile(layouts.sample(), 1)


@pytest.fixture
def folder(tmp_path: Path, compiled: Compiled) -> Path:
    """A folder that holds the sample with one sheet already."""
    made = tmp_path / "cache"
    made.mkdir()
    (made / f"{cache.key(layouts.sample(), 1)}.compiled").write_bytes(cache.pack(compiled))
    return made


def test_what_is_packed_comes_back_equal(compiled: Compiled) -> None:
    assert cache.unpack(cache.pack(compiled)) == compiled


def test_a_whole_entry_is_not_made_again(folder: Path, compiled: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(cache, "compile")
    assert cache.cached(layouts.sample(), 1, folder) == compiled


@pytest.mark.parametrize("harm", [lambda data: data[:-60], lambda data: data.replace(b"/Tx", b"/Ty", 1), lambda _: b""])
def test_a_damaged_entry_is_made_anew(folder: Path, compiled: Compiled, harm, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    (entry,) = folder.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(harm(whole))
    monkeypatch.setattr(cache, "compile", lambda layout, sheets, fonts: compiled)
    assert cache.cached(layouts.sample(), 1, folder) == compiled
    assert [path.read_bytes() for path in folder.iterdir()] == [whole]


def test_a_new_entry_is_written_whole(tmp_path: Path, compiled: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "compile", lambda layout, sheets, fonts: compiled)
    cache.cached(layouts.sample(), 3, tmp_path / "new" / "cache")
    (entry,) = (tmp_path / "new" / "cache").iterdir()
    assert entry.name == f"{cache.key(layouts.sample(), 3)}.compiled"
    assert cache.unpack(entry.read_bytes()) == compiled


def test_nothing_is_left_where_writing_fails(
    tmp_path: Path, compiled: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(cache, "compile", lambda layout, sheets, fonts: compiled)
    monkeypatch.setattr(_cache.os, "replace", full)
    with pytest.raises(OSError, match="no space left"):
        cache.cached(layouts.sample(), 1, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_key_depends_on_layout_sheets_templates_and_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    layout = layouts.sample()
    keys = {cache.key(layout, 0), cache.key(layout, 1), cache.key(replace(layout, foot="another"), 0)}
    for name, other in (("weasyprint", "0.0.1"), ("pango", "1.0"), ("html/document.css", "0" * 64)):
        with monkeypatch.context() as patch:
            patch.setattr(versions, "ground", lambda name=name, other=other: {**GROUND, name: other})
            keys.add(cache.key(layout, 0))
    assert len(keys) == 6
    assert cache.key(layouts.sample(), 0) == cache.key(layout, 0)
