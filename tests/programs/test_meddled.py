"""Returns in which the form itself was changed: pages left out, fields removed, retyped, added, our own texts altered.

Nothing is lost in silence: each place ends in one state, and what is odd is a problem.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import filling
from formwright.record import Record
from formwright.sending import Made
from programs.office import Office


def meddled(made: Made, folder: Path, **what: str) -> Path:
    """Return the form of `made` with fields changed by pdf-lib; `__` stands for `:` in a name."""
    typed = {name.replace("__", ":"): said for name, said in what.items()}
    job = filling.Job(made.paths[0], made.issue.files[0].fields, typed, folder / "meddled.pdf")
    filling.node("meddle_pdflib.mjs", job, typed)
    return job.target


def states(record: Record) -> dict[str, str]:
    return {key: cell.state for item in record.answers.values() for key, cell in item.cells.items()}


def problems(record: Record) -> set[tuple[str, str]]:
    return {(problem.code, problem.key) for problem in record.problems}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["qpdf", "IN", "--pages", ".", "1-10", "--", "OUT"], id="qpdf", marks=pytest.mark.program("qpdf")),
        pytest.param(["pdftk", "IN", "cat", "1-10", "output", "OUT"], id="pdftk", marks=pytest.mark.program("pdftk")),
    ],
)
def test_pages_left_out(harborlight: Made, office: Office, command: list[str], tmp_path: Path) -> None:
    typed = {"officers:r2:name": "Ödön Brandt-Szabó", "officers:r2:title": "Secretary", "price_restrictions": "no"}
    whole = tmp_path / "whole.pdf"
    filling.pdfium_forms(filling.Job(harborlight.paths[0], harborlight.issue.files[0].fields, typed, whole))
    part = tmp_path / "part.pdf"
    filling.run(*({"IN": whole, "OUT": part}.get(word, word) for word in command))
    record = office.read(part)
    pages = {place.key: place.page for place in harborlight.issue.files[0].fields}
    lost = {key for key, page in pages.items() if page > 10 and key in states(record)}
    assert {key for key, state in states(record).items() if state == "missing"} == lost
    assert len(lost) > 50
    assert record.answers["price_restrictions"].state == "missing"
    assert record.answers["officers"].value == [
        {"_row": "r1", "name": "Morwenna Brandt", "title": "President"},
        {"_row": "r2", "name": "Ödön Brandt-Szabó", "title": "Secretary"},
    ]
    assert record.status == "partial"
    assert {code for code, _ in problems(record)} == {"pages_missing"}


@pytest.mark.program("node")
def test_a_removed_field_is_missing(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(meddled(harborlight, tmp_path, disposition="remove"))
    assert [key for key, state in states(record).items() if state == "missing"] == ["disposition"]
    assert problems(record) == {("missing", "disposition")}


@pytest.mark.program("node")
def test_a_field_of_another_type_is_unread(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(meddled(harborlight, tmp_path, exports="tick"))
    assert states(record)["exports"] == "unread"
    assert record.answers["exports"].value is None
    assert problems(record) == {("unread", "exports")}
    assert "review" in record.answers["exports"].needs


@pytest.mark.program("node")
def test_an_added_field_is_a_stray_and_no_answer(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(meddled(harborlight, tmp_path, remarks="add"))
    assert [(stray.name, stray.value) for stray, _ in record.strays] == [("remarks", "a field of our own")]
    assert problems(record) == {("stray", "")}
    assert set(states(record).values()) == {"blank", "unchanged"}


@pytest.mark.program("node")
@pytest.mark.parametrize(
    ("name", "item"), [("form__contact", ""), ("invoice_remittance__proofs__r1__invoice", "invoice_remittance")]
)
def test_our_own_texts_stand(harborlight: Made, office: Office, name: str, item: str, tmp_path: Path) -> None:
    record = office.read(meddled(harborlight, tmp_path, **{name: "Somebody else"}))
    key = name.replace("__", ".")
    assert [(one.code, one.key, one.item, one.severity) for one in record.problems] == [
        ("altered_fixed", key, item, "error")
    ]
    assert record.review
    if item:
        assert record.answers[item].cells[key].as_json()["value"] == "HM-2026-118"
        assert "review" in record.answers[item].needs
