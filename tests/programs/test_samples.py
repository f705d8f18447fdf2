"""The sample returns, place by place: what was typed stands in the record as it was typed, and nothing else does.

The files were filled in by pdftk (FDF, XFDF), pdf-lib and pdf.js (samples/make_returns.py). The expected records
compare items; here each place is compared with samples/returns/typed. No program is needed.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from formwright import form as forms
from formwright import reading
from formwright.intake.worker import InProcess
from formwright.issue import Issue
from formwright.reading import Rejected, Taken
from formwright.record import Record, RecordCell
from formwright.records.documents import restore_issue
from formwright.records.events import Happening
from formwright.workspace import Workspace
from programs.office import SAMPLES, Office

RETURNS = SAMPLES / "returns"
TYPED = sorted((RETURNS / "typed").glob("*.yaml"))
FILES = sorted(RETURNS.glob("*.pdf"))
SILENT = {"blank", "unasked", "unchanged", "confirmed"}
TRIED = {
    "attachments": "answered blank unasked",
    "certification": "answered blank invalid",
    "choice": "answered blank confirmed corrected unasked",
    "choices": "answered blank unasked",
    "contact": "confirmed corrected",
    "duration": "answered blank",
    "fiscal_year": "answered",
    "identifier": "answered blank confirmed invalid",
    "integer": "corrected invalid",
    "matrix": "answered blank",
    "paragraph": "answered blank confirmed corrected unasked unchanged",
    "percent": "answered blank confirmed corrected unchanged",
    "text": "answered blank cleared confirmed corrected unasked unchanged",
    "tick": "answered blank unasked",
    "yes_no": "answered blank conflict unasked",
}
"""Kind of a place -> the states that the sample returns put it in: the cells of docs/reference/states.md that real
programs have tried. (`missing`: test_pages_left_out.) A table and a composite are judged by their places."""


class Desk(Office):
    """The sample workspace with the issues of the sample returns."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for path in sorted((RETURNS / "issues").glob("*.json")):
            issue = restore_issue(path.read_text("utf-8"))
            self.workspace.store.put_bytes(path.with_suffix(".pdf").read_bytes())
            happening = Happening(kind="issued", issue=issue.id, at=f"{issue.issued_on}T09:00:00Z")
            self.workspace.store.add_issue(issue, happening)


def read(workspace: Workspace, path: Path, *, alone: bool, by: str = "") -> Taken | Rejected:
    (outcome,) = reading.read(workspace, [path], InProcess(), at="2027-02-15T10:00:00Z", by=by, alone=alone)
    return outcome


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    yield desk
    desk.workspace.close()


@pytest.fixture(scope="module")
def demo() -> ModuleType:
    """samples/demo.py, for its comparison."""
    spec = importlib.util.spec_from_file_location("formwright_demo", SAMPLES / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells_of(record: Record) -> dict[str, RecordCell]:
    return {key: cell for item in record.answers.values() for key, cell in item.cells.items()}


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_each_place_holds_what_was_typed(path: Path, desk: Desk) -> None:
    told: dict[str, Any] = YAML(typ="safe").load(path.read_text("utf-8"))
    outcome = read(desk.workspace, RETURNS / f"{path.stem}.pdf", alone=True)
    assert isinstance(outcome, Taken), outcome
    issue = desk.workspace.store.issue(told["issue"])
    assert issue is not None
    typed = by_key(issue, told["typed"])
    cells = cells_of(outcome.record)
    wrong = {key: (cells[key].seen.raw, text) for key, text in typed.items() if said(cells[key]) != text}
    assert wrong == {}
    made_up = {key: cell.state for key, cell in cells.items() if key not in typed and cell.state not in SILENT}
    assert made_up == {}


def by_key(issue: Issue, typed: dict[str, Any]) -> dict[str, str]:
    """Return key -> what a place then says: texts as typed, codes, codes in printed order, `on` for a tick."""
    places = issue.files[0].fields
    keys = {place.name: place.key for place in places}
    chosen = [(keys[name], "" if value is False else value) for name, value in typed.items() if "#" not in name]
    found = {key: "on" if value is True else value for key, value in chosen}
    for place in places:
        if place.kind == "tick" and "#" in place.name and typed.get(place.name):
            found[place.key] = ", ".join(part for part in (found.get(place.key), place.code) if part)
    return found


def said(cell: RecordCell) -> str:
    """Return what stands in a place: the text as it stood, LF between lines, or the codes."""
    if isinstance(cell.seen.value, bool):
        return "on" if cell.seen.value else ""
    if cell.slot.cell.control in ("one_of", "many_of") and cell.seen.value:
        return ", ".join([cell.seen.value] if isinstance(cell.seen.value, str) else cell.seen.value)
    return (cell.seen.raw or "").replace("\r\n", "\n").replace("\r", "\n")


def test_the_records_are_as_expected(tmp_path: Path, demo: ModuleType) -> None:
    desk = Desk(tmp_path)
    tried: dict[str, set[str]] = {}
    for path in FILES:
        expected = json.loads((RETURNS / f"{path.stem}.expected.json").read_text("utf-8"))
        outcome = read(desk.workspace, path, alone=False, by=expected.get("by", ""))
        assert list(demo.differences(expected, outcome.as_json())) == [], path.name
        if isinstance(outcome, Taken):
            for kind, state in sorts(outcome):
                tried.setdefault(kind, set()).add(state)
    desk.workspace.close()
    assert {kind: " ".join(sorted(states)) for kind, states in tried.items()} == TRIED


def sorts(taken: Taken) -> Iterator[tuple[str, str]]:
    """Yield (kind, state) of each place that an account answers."""
    kinds = {question.kind.id: question.kind for question in forms.restore(dict(taken.issue.form)).questions()}
    for item in taken.record.answers.values():
        for cell in item.cells.values():
            if cell.slot.folds:
                place = cell.slot.cell
                yield kinds[place.item].leaf(place.path).kind, cell.state


def test_every_file_has_an_expected_record_and_every_typed_one_a_file() -> None:
    names = {path.stem for path in FILES}
    assert {path.name.removesuffix(".expected.json") for path in RETURNS.glob("*.expected.json")} == names
    assert {path.stem for path in TYPED} <= names
    assert sum(path.stat().st_size for path in RETURNS.rglob("*") if path.is_file()) < 8_000_000
