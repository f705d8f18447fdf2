"""All items there and back: every place of the questionnaire filled in by real programs, every value compared.

Three accounts (Chinese and Cyrillic prefill, Latin, hardly any) x six ways to fill in; then files written anew by
qpdf and mutool. What is typed and what it means is literal (everything.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from formwright import reading
from formwright.intake.worker import InProcess
from formwright.issuing import Made
from formwright.reading import Taken
from formwright.record import Record
from programs import filling
from programs.conftest import Office
from programs.everything import Entry, entries

WAYS = [
    pytest.param(way, marks=[pytest.mark.program(filling.NEEDS[way])] if way in filling.NEEDS else [])
    for way in filling.PROGRAMS
]
ITEMS = {"lantern_loom": 46, "harborlight": 46, "tidewater_brokers": 44}
"""Numbered questions: Lantern & Loom's overlay drops one and adds one, Tidewater's drops two."""
TELLS = {"appearance_left_open"}
"""What a return as a whole may say: its answers are left to the viewer to draw."""


def filled(made: Made, way: str, folder: Path) -> Path:
    """Return the issue's file with something in every place."""
    names = {place.key: place.name.partition("#")[0] for place in made.issue.files[0].fields}
    typed = dict(pair for entry in entries(made.issue) for pair in entry.into(names))
    job = filling.Job(made.paths[0], made.issue.files[0].fields, typed, folder / f"{way}.pdf")
    filling.PROGRAMS[way](job)
    return job.target


def read(office: Office, path: Path) -> Record:
    """Return the record of one file, read by itself."""
    (outcome,) = reading.read(office.workspace, [path], InProcess(), at="2027-02-15T10:00:00Z", alone=True)
    assert isinstance(outcome, Taken), outcome
    return outcome.record


def check(record: Record, made: Made) -> None:
    """Assert that every place holds what was typed into it, and that nothing else is there."""
    cells = {key: cell for item in record.answers.values() for key, cell in item.cells.items()}
    every = entries(made.issue)
    given = {cell.key for cell in made.issue.cells if cell.role == "given" and cell.item in record.answers}
    assert cells.keys() == {entry.cell.key for entry in every} | given
    wrong = [wrong for entry in every for wrong in differences(entry, cells[entry.cell.key].as_json())]
    assert wrong == []
    changed = {key for key in given if cells[key].state != "unchanged" or cells[key].seen.raw != cells[key].slot.prefill}
    assert changed == set()
    assert record.strays == ()
    assert {problem.code for problem in record.problems if not problem.item} <= TELLS
    assert sum(1 for item in record.answers.values() if item.number) == ITEMS[record.account]


def differences(entry: Entry, found: dict[str, object]) -> list[str]:
    """Return where a cell of the record is not what was typed: its state, its value, its text as it stood."""
    state = "corrected" if entry.cell.prefill is not None else "answered"
    wrong = [] if found["state"] == state else [f"{entry.cell.key} is {found['state']}, not {state}"]
    if found["value"] != entry.meant:
        wrong.append(f"{entry.cell.key}: {found['value']!r}, not {entry.meant!r}")
    raw = str(found["raw"]).replace("\r\n", "\n").replace("\r", "\n")
    if entry.cell.control in ("line", "area", "blank") and raw != entry.typed:
        wrong.append(f"{entry.cell.key} reads {raw!r}, not {entry.typed!r}")
    return wrong


@pytest.mark.parametrize("way", WAYS)
def test_every_place_comes_back(made: Made, office: Office, way: str, tmp_path: Path) -> None:
    check(read(office, filled(made, way, tmp_path)), made)


@pytest.mark.program("qpdf", "mutool", "pdftk")
@pytest.mark.parametrize(
    "command",
    [
        ["qpdf", "--object-streams=generate", "--linearize", "IN", "OUT"],
        ["mutool", "clean", "-gggg", "IN", "OUT"],
        ["pdftk", "IN", "output", "OUT", "compress"],
    ],
    ids=["qpdf", "mutool", "pdftk"],
)
def test_a_file_written_anew_gives_the_same_record(
    made: Made, office: Office, command: list[str], tmp_path: Path
) -> None:
    source = filled(made, "pdftk_xfdf", tmp_path)
    target = tmp_path / "anew.pdf"
    filling.run(*({"IN": source, "OUT": target}.get(part, part) for part in command))
    assert target.read_bytes() != source.read_bytes()
    check(read(office, target), made)


@pytest.mark.parametrize("entry", ["E.13, no", "not typed"])
def test_a_wrong_value_would_be_seen(made: Made, office: Office, entry: str, tmp_path: Path) -> None:
    """The check itself: a file with other answers does not pass it."""
    names = {place.key: place.name.partition("#")[0] for place in made.issue.files[0].fields}
    typed = dict(pair for one in entries(made.issue) for pair in one.into(names))
    if entry == "not typed":
        del typed["resale_price"]
    else:
        typed["price_restrictions"] = {"yes": "no", "no": "yes"}[str(typed["price_restrictions"])]
    job = filling.Job(made.paths[0], made.issue.files[0].fields, typed, tmp_path / "other.pdf")
    filling.pdfium_forms(job)
    with pytest.raises(AssertionError, match="resale_price|price_restrictions"):
        check(read(office, job.target), made)
