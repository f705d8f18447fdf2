"""Answers drawn onto the pages themselves by other programs: named in the record, and their places not called blank.

What only writes the pages anew (qpdf, mutool, pdftk) tells nothing: tests/programs/test_every_place.py holds to that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import filling
from formwright.intake.worker import Worker
from formwright.sending import Made
from programs.office import Office

PLACE = "disposition"


def drawn(made: Made, folder: Path, *draw: Any) -> Path:
    """Return the form of `made` with words and lines drawn onto its pages by pdf-lib."""
    job = filling.Job(made.paths[0], made.issue.files[0].fields, {}, folder / "drawn.pdf")
    filling.node("meddle_pdflib.mjs", job, {"draw": draw})
    return job.target


def over(made: Made, key: str) -> tuple[int, float, float]:
    """Return page and a point in the box of a place, from the bottom left."""
    place = next(one for one in made.issue.files[0].fields if one.key == key)
    height = made.issue.files[0].pages[place.page - 1][1]
    return place.page, place.box[0] + 4, height - place.box[1] - 12


@pytest.mark.program("node")
@pytest.mark.parametrize("worker", [False, True], ids=["in process", "by the worker"])
def test_words_drawn_over_a_place(harborlight: Made, office: Office, worker: bool, tmp_path: Path) -> None:
    page, x, y = over(harborlight, PLACE)
    path = drawn(harborlight, tmp_path, [page, x, y, "Sold at auction"], [3, 20, 20, "see letter"])
    with Worker() as child:
        record = office.read(path, child if worker else None)
    assert [(one.kind, one.name, one.value, one.page) for one, _ in record.strays] == [
        ("page text", "text drawn onto the page", "see letter", 3),
        ("page text", f"text drawn onto the page, at {PLACE}", "Sold at auction", page),
    ]
    item = record.answers[PLACE]
    assert (item.state, item.value, item.cells[PLACE].as_json()["raw"]) == ("unread", None, "Sold at auction")
    assert "review" in item.needs
    assert record.review
    assert {(one.code, one.key) for one in record.problems} == {("unread", PLACE), ("stray", "")}


@pytest.mark.program("node")
def test_a_line_drawn_on_a_page(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(drawn(harborlight, tmp_path, [5, 100, 400, [160, 420]]))
    assert [(one.code, one.severity, one.item) for one in record.problems] == [("page_changed", "warning", "")]
    assert "on page 5 something is drawn" in record.problems[0].message
    assert record.review
    assert record.strays == ()


@pytest.mark.program("node", "qpdf", "mutool")
@pytest.mark.parametrize(
    "command", ["qpdf --object-streams=generate --coalesce-contents IN OUT", "mutool clean -gggg -s -z IN OUT"]
)
def test_drawn_words_outlive_a_file_written_anew(
    harborlight: Made, office: Office, command: str, tmp_path: Path
) -> None:
    first = drawn(harborlight, tmp_path, [4, 100, 500, "typed by hand"])
    anew = tmp_path / "anew.pdf"
    filling.run(*({"IN": first, "OUT": anew}.get(part, part) for part in command.split()))
    record = office.read(anew)
    assert [(one.value, one.page) for one, _ in record.strays] == [("typed by hand", 4)]
    assert {one.code for one in record.problems} == {"stray"}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command.split(), marks=pytest.mark.program(command.split()[0]), id=command)
        for command in (
            "qpdf --qdf IN OUT",
            "qpdf --recompress-flate --compression-level=9 --coalesce-contents IN OUT",
            "mutool clean -gggg -d IN OUT",
            "mutool clean -gggg -s -z IN OUT",
            "pdftk IN output OUT uncompress",
        )
    ],
)
def test_pages_written_anew_are_the_same(harborlight: Made, office: Office, command: list[str], tmp_path: Path) -> None:
    anew = tmp_path / "anew.pdf"
    filling.run(*({"IN": harborlight.paths[0], "OUT": anew}.get(part, part) for part in command))
    record = office.read(anew)
    assert record.problems == ()
    assert record.strays == ()


def test_without_the_issued_file_it_is_said_that_nobody_compared(
    harborlight: Made, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pikepdf

    from formwright.errors import Unusable

    def lost(_: str) -> bytes:
        raise Unusable("lost", "It is gone.", "Restore it.")

    with pikepdf.open(harborlight.paths[0]) as pdf:
        pdf.pages[2].contents_add(pdf.make_stream(b"0 0 9 9 re f"))
        pdf.save(tmp_path / "other.pdf")
    monkeypatch.setattr(office.workspace.store, "bytes", lost)
    assert [one.code for one in office.read(tmp_path / "other.pdf").problems] == ["pages_not_compared"]
