"""All items there and back: every place of the questionnaire filled in by real programs, every value compared.

Three accounts (Chinese and Cyrillic prefill, Latin, hardly any) x six ways to fill in; then files written anew by
qpdf and mutool. What is typed and what it means is literal (everything.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

import filling
from formwright.intake.worker import Worker
from formwright.record import Record
from formwright.sending import Made
from programs.everything import Entry, entries
from programs.office import Office

WAYS = [
    pytest.param(way, marks=[pytest.mark.program(filling.NEEDS[way])] if way in filling.NEEDS else [])
    for way in filling.PROGRAMS
]
ITEMS = {"lantern_loom": 46, "harborlight": 46, "tidewater_brokers": 44}
"""Numbered questions: Lantern & Loom's overlay drops one and adds one, Tidewater's drops two."""
TELLS = {"appearance_left_open"}
"""What a return as a whole may say: its answers are left to the viewer to draw."""
ODD = {"confirmed_and_changed", "not_asked", "na_but_answered", "below_threshold", "other_not_chosen"}
"""What may be said of answers when everything is filled in. Nothing else: no conflict, no doubt, no odd field."""


def filled(made: Made, way: str, folder: Path) -> Path:
    """Return the issue's file with something in every place."""
    names = {place.key: place.name.partition("#")[0] for place in made.issue.files[0].fields}
    typed = dict(pair for entry in entries(made.issue) for pair in entry.into(names))
    job = filling.Job(made.paths[0], made.issue.files[0].fields, typed, folder / f"{way}.pdf")
    filling.PROGRAMS[way](job)
    return job.target


def check(record: Record, made: Made) -> None:
    """Assert that every place holds what was typed into it, and that nothing else is there."""
    cells = {key: cell for item in record.answers.values() for key, cell in item.cells.items()}
    every = entries(made.issue)
    given = {cell.key for cell in made.issue.cells if cell.role == "given" and cell.item in record.answers}
    assert cells.keys() == {entry.cell.key for entry in every} | given
    wrong = [wrong for entry in every for wrong in differences(entry, cells[entry.cell.key].as_json())]
    assert wrong == []
    changed = {
        key for key in given if cells[key].state != "unchanged" or cells[key].seen.raw != cells[key].slot.prefill
    }
    assert changed == set()
    assert record.strays == ()
    assert {problem.code for problem in record.problems if not problem.item} <= TELLS
    assert {problem.code for problem in record.problems if problem.item} <= ODD
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
@pytest.mark.parametrize(
    "made",
    [*(pytest.param(name, marks=pytest.mark.slow) for name in ("lantern_loom", "harborlight")), "tidewater_brokers"],
    indirect=True,
)
def test_every_place_comes_back(made: Made, office: Office, way: str, tmp_path: Path) -> None:
    check(office.read(filled(made, way, tmp_path)), made)


@pytest.fixture(scope="module")
def full(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form of Harborlight with something in every place, by pdfium."""
    return filled(office.issue("harborlight"), "pdfium", tmp_path_factory.mktemp("full"))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, marks=pytest.mark.program(command[0]), id=command[0])
        for command in (
            ["qpdf", "--object-streams=generate", "--linearize", "IN", "OUT"],
            ["mutool", "clean", "-gggg", "IN", "OUT"],
            ["pdftk", "IN", "output", "OUT", "compress"],
        )
    ],
)
def test_a_file_written_anew_gives_the_same_record(
    office: Office, full: Path, command: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "anew.pdf"
    filling.run(*({"IN": full, "OUT": target}.get(part, part) for part in command))
    assert target.read_bytes() != full.read_bytes()
    with Worker() as worker:  # as `formwright read` does: in a child process, within its limits
        check(office.read(target, worker), office.issue("harborlight"))


@pytest.mark.parametrize("key", ["resale_price", "price_restrictions"])
def test_a_wrong_value_would_be_seen(office: Office, key: str, tmp_path: Path) -> None:
    """The check itself: a file in which one answer is lacking, or is another, does not pass it."""
    made = office.issue("tidewater_brokers")
    names = {place.key: place.name.partition("#")[0] for place in made.issue.files[0].fields}
    typed = dict(pair for one in entries(made.issue) for pair in one.into(names))
    if key == "resale_price":
        del typed[key]
    else:
        typed[key] = {"yes": "no", "no": "yes"}[str(typed[key])]
    job = filling.Job(made.paths[0], made.issue.files[0].fields, typed, tmp_path / "other.pdf")
    filling.pdfium_forms(job)
    with pytest.raises(AssertionError, match=key):
        check(office.read(job.target), made)
