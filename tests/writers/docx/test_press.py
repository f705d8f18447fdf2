"""The manifest: PR001 an entry for each control and heading, in the order of the document · PR002 what was issued in
it · PR003 where it stands, told anew from the file · PR004 the press and its cache."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import layouts
from formwright.errors import Faults
from formwright.issue import Issued
from formwright.layout import Para, Run, Stamp
from formwright.records import documents
from formwright.writers.docx import cache
from formwright.writers.docx.press import Press, Ready
from writers.docx.opened import FOOT, TOKEN, W, Word, words

VALUES: dict[str, Any] = {
    "form.prepared_for": "Sample Lamp Importers, Inc.",
    "company.name": "Sample & Sons",
    "legal_form": "llc",
    "programs": ("ftz", "tib"),
    "office.state": "VA",
    "officers.r1_confirm": True,
}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(tmp_path_factory.mktemp("cache"), None)


@pytest.fixture(scope="module")
def ready(press: Press) -> Ready:
    return press.ready(layouts.sample(), VALUES)


@pytest.fixture(scope="module")
def data(ready: Ready) -> bytes:
    return ready.stamp(Stamp(values=VALUES, tokens=(TOKEN,), foot=FOOT), {})


@pytest.fixture(scope="module")
def manifest(ready: Ready, data: bytes) -> dict[str, Issued]:
    entries = ready.fields(VALUES, TOKEN, data)
    assert len({entry.name for entry in entries}) == len(entries)
    return {entry.name: entry for entry in entries}


def test_every_control_of_the_file_has_an_entry_in_its_order(manifest: dict[str, Issued], data: bytes) -> None:
    controls = [name for name, entry in manifest.items() if entry.kind not in ("heading", "text", "property")]
    assert controls == list(Word(data).controls())


@pytest.mark.parametrize(
    ("name", "key", "kind", "code", "fixed", "value"),
    [
        ("form.prepared_for", "form.prepared_for", "line", "", True, "Sample Lamp Importers, Inc."),
        ("company.name", "company.name", "line", "", False, "Sample & Sons"),
        ("company.irs", "company.irs", "line", "", False, None),
        ("manuals.summary", "manuals.summary", "area", "", False, None),
        ("office.state", "office.state", "list", "", False, "VA"),
        ("office.since", "office.since", "date", "", False, None),
        ("legal_form#llc", "legal_form", "tick", "llc", False, True),
        ("legal_form#corp", "legal_form", "tick", "corp", False, False),
        ("programs#tib", "programs", "tick", "tib", False, True),
        ("programs#gsp", "programs", "tick", "gsp", False, False),
        ("officers.r1_confirm", "officers.r1_confirm", "tick", "", False, True),
        ("officers.r2_confirm", "officers.r2_confirm", "tick", "", False, None),
        ("FormwrightToken", "form.token", "property", "", True, TOKEN),
        ("_Q_officers", "form.question.officers", "heading", "", True, "A.3 Name and title of the account’s officers."),
    ],
)
def test_an_entry_says_what_was_issued(
    manifest: dict[str, Issued], name: str, key: str, kind: str, code: str, fixed: bool, value: object
) -> None:
    entry = manifest[name]
    assert (entry.key, entry.kind, entry.code, entry.fixed, entry.value) == (key, kind, code, fixed, value)
    assert (entry.page, entry.box) == (0, (0.0, 0.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("name", "region", "said", "at"),
    [
        ("form.return_by", "", "Please return by", (0, 1, 1)),
        ("company.irs", "_Q_company", "IRS identification number", (0, 1, 1)),
        ("company_confirm", "_Q_company", "Correct as shown", ()),
        ("officers.r2.title", "_Q_officers", "Title", (0, 2, 1)),
        ("officers.r5.name", "_Q_officers", "Name", (0, 5, 0)),
        ("manuals.list.r3.copy", "_Q_manuals", "Copy attached", (0, 3, 2)),
        (
            "manuals.summary",
            "_Q_manuals",
            "If no, summarize the account’s procedures for ensuring compliance.",
            (1, 1, 0),
        ),
        ("remit.terms", "_Q_remit", "What are the terms of payment?", (1, 0, 0)),
        ("remit.proofs.r2.entry", "_Q_remit", "Entry number", (2, 2, 1)),
        ("assists.b#no", "_Q_assists", "No", (0, 2, 3)),
    ],
)
def test_an_entry_says_where_it_stands(
    manifest: dict[str, Issued], name: str, region: str, said: str, at: tuple[int, ...]
) -> None:
    entry = manifest[name]
    assert (entry.region, entry.words, entry.at) == (region, said, at)


def test_the_places_are_those_of_the_file(manifest: dict[str, Issued], data: bytes) -> None:
    """Found here by going up from each control, in the writer by going down from the body."""
    body = Word(data).xml()
    order = {node: place for place, node in enumerate(body.iter())}
    marks = [mark for mark in body.iter(f"{W}bookmarkStart") if mark.get(f"{W}name").startswith("_Q_")]
    tables = list(body.iter(f"{W}tbl"))
    for tag, control in Word(data).controls().items():
        control = next(one for one in body.iter(f"{W}sdt") if _tag(one) == tag)
        before = [mark for mark in marks if order[mark] < order[control]]
        region = before[-1].get(f"{W}name") if before else ""
        cell = next(control.iterancestors(f"{W}tc"), None)
        at: tuple[int, ...] = ()
        if cell is not None:
            row, table = next(cell.iterancestors(f"{W}tr")), next(cell.iterancestors(f"{W}tbl"))
            start = order[before[-1]] if before else -1
            ours = [one for one in tables if order[one] > start]
            at = (ours.index(table), list(table.iter(f"{W}tr")).index(row), list(row.iter(f"{W}tc")).index(cell))
        assert (manifest[tag].region, manifest[tag].at) == (region, at), tag


def _tag(control: Any) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val"))


def test_headings_are_as_printed_but_for_kinds_of_blanks(manifest: dict[str, Issued], data: bytes) -> None:
    printed = {re.sub(r"\s+", " ", words(one)) for one in Word(data).xml().iter(f"{W}p")}
    headings = [entry for entry in manifest.values() if entry.kind == "heading"]
    assert len(headings) == 5
    for entry in headings:
        assert entry.value in printed
        assert entry.words == entry.value
        assert entry.region == entry.name


def test_aliases_are_those_of_the_file(manifest: dict[str, Issued], data: bytes) -> None:
    for tag, control in Word(data).controls().items():
        assert manifest[tag].alias == control.find(f"{W}sdtPr/{W}alias").get(f"{W}val")


def test_the_manifest_is_stored_and_comes_back(manifest: dict[str, Issued]) -> None:
    for entry in manifest.values():
        assert documents._restore(Issued, documents._dump(entry)) == entry


# ---- PR004 --------------------------------------------------------------------------------------


def test_a_compiled_layout_comes_back_from_the_disk(press: Press, ready: Ready, tmp_path: Path) -> None:
    compiled = ready.stamper.compiled
    assert cache.unpack(cache.pack(compiled)) == compiled
    cache.cached(layouts.sample(), tmp_path)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes()[:-5])
    assert cache.cached(layouts.sample(), tmp_path) == compiled


def test_the_key_depends_on_layout_code_and_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache.key(layouts.sample())
    assert first == cache.key(layouts.sample())
    assert first != cache.key(layouts.stress())
    assert {"docx/stamp.py", "writers/_qr.py", "fonts/PublicSans-Bold.ttf", "layout.py"} <= set(cache.ground())
    monkeypatch.setattr(cache, "ground", lambda: {"python-docx": "0.1"})
    assert first != cache.key(layouts.sample())


def test_a_layout_is_ready_at_once_the_second_time(press: Press, ready: Ready) -> None:
    again = press.ready(layouts.sample(), {})
    assert again.stamper is ready.stamper
    assert again.fingerprint == ready.fingerprint
    assert again.pages == ()


def test_the_press_checks_wording(press: Press) -> None:
    press.check(layouts.sample())
    with pytest.raises(Faults, match=r"U\+0001"):
        press.check(layouts.layout(Para(runs=(Run("a\x01"),))))
