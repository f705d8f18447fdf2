"""Letters as they are printed: one page, accessible, the address where an envelope's window is, nothing internal."""

from __future__ import annotations

import io
import re
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pikepdf
import pytest

import tagged
from formwright import papers
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.sending import Failed, Made, Order
from formwright.workspace import Workspace
from letter_cases import WORKSPACE

SECRET = "ZQSECRET"
LETTERS = ("introduction", "program_explanation", "questionnaire_cover")
WINDOW = (63.0, 163.5, 351.0, 244.5)
"""What a No. 10 envelope shows of a letter folded in three, in points from the top left: a window of 4 1/2 by 1 1/8
inches, 7/8 from the left and 1/2 from the bottom, the letter in the middle of its play."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample workspace with a secret in each internal place, and an open questionnaire for one account."""
    folder = tmp_path_factory.mktemp("letters") / "team"
    for path in WORKSPACE.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(WORKSPACE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)
    account = folder / "accounts" / "harborlight.yaml"
    account.write_text(account.read_text("utf-8") + f"notes: {SECRET}\nnarrative: {SECRET}\n", "utf-8")
    return Workspace.open(folder)


def order(workspace: Workspace, definition: str, **more: object) -> Order:
    given = {
        "definition": definition,
        "accounts": ("harborlight",),
        "on": date(2027, 1, 11),
        "out": workspace.folder / "out",
        "cache": cache_folder(),
        "fonts": fonts_folder(),
        "at": "2027-01-11T09:00:00Z",
        "reason": "They asked." if definition == "program_explanation" else "",
        "formats": ("pdf",),
    }
    return Order(**{**given, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> dict[str, Made]:
    found = {}
    for name in ("account_management", *LETTERS):
        (outcome,) = papers.issue(workspace, order(workspace, name))
        assert isinstance(outcome, Made), outcome
        found[name] = outcome
    return found


@pytest.mark.parametrize("name", LETTERS)
def test_it_is_one_page_of_pdf_ua(made: dict[str, Made], name: str) -> None:
    data = made[name].paths[0].read_bytes()
    assert made[name].warnings == ()
    assert len(made[name].issue.files[0].pages) == 1
    assert tagged.validator_failures(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert list(tagged.page_widgets(pdf)) == []


def lines_of(data: bytes, folder: Path) -> list[tuple[str, tuple[float, ...]]]:
    """Return each line of page 1 as pdftotext finds it: words and box from the top left."""
    path = folder / "letter.pdf"
    path.write_bytes(data)
    told = subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], check=True, capture_output=True).stdout
    space = "{http://www.w3.org/1999/xhtml}"
    found = []
    for line in ET.fromstring(told).iter(f"{space}line"):
        words = " ".join(word.text or "" for word in line.iter(f"{space}word"))
        found.append((words, tuple(float(line.get(edge, "0")) for edge in ("xMin", "yMin", "xMax", "yMax"))))
    return found


@pytest.mark.program("pdftotext")
@pytest.mark.parametrize("name", LETTERS)
def test_the_address_is_in_the_window_and_there_is_room_to_sign(
    made: dict[str, Made], name: str, tmp_path: Path
) -> None:
    found = dict(lines_of(made[name].paths[0].read_bytes(), tmp_path))
    for line in ("Morwenna Brandt", "Owner", "Harborlight Marine Supply Co.", "77 Breakwater Road"):
        x0, y0, x1, y1 = found[line]
        assert WINDOW[0] <= x0 <= x1 <= WINDOW[2]
        assert WINDOW[1] <= y0 <= y1 <= WINDOW[3]
    signer = "Augustin Bellweather" if name == "introduction" else "Luis Farrow-Nakagawa"
    assert found[signer][1] - found["Sincerely,"][3] >= 46


def test_nothing_internal_is_in_the_file(made: dict[str, Made]) -> None:
    """Every stream, and the stored issue: a planted secret is nowhere."""
    for name in LETTERS:
        with pikepdf.open(made[name].paths[0]) as pdf:
            for thing in pdf.objects:
                data = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else thing.unparse()
                assert SECRET.encode() not in data
                assert b"approved" not in data
        assert SECRET not in str(made[name].issue.form)


def test_the_cache_of_layouts_gets_nothing_of_a_letter(workspace: Workspace, tmp_path: Path) -> None:
    (outcome,) = papers.issue(workspace, order(workspace, "introduction", cache=tmp_path / "cache"))
    assert isinstance(outcome, Made)
    assert not (tmp_path / "cache").exists()


def test_the_same_order_gives_the_same_letter_but_for_its_id(workspace: Workspace, made: dict[str, Made]) -> None:
    (again,) = papers.issue(workspace, order(workspace, "introduction"))
    assert isinstance(again, Made)
    assert again.issue.id != made["introduction"].issue.id
    assert again.issue.form == made["introduction"].issue.form


# ---- what is stored


def test_what_is_stored_says_what_was_written(workspace: Workspace, made: dict[str, Made]) -> None:
    issue = workspace.store.issue(made["introduction"].issue.id)
    assert issue is not None
    assert re.fullmatch(r"L-2027-\d{4}", issue.id)
    assert (issue.form["document"], issue.cells, issue.rows, issue.files[0].fields) == ("letter", (), {}, ())
    assert "We have decided to consider Harborlight Marine Supply Co. an account." in issue.form["words"]
    assert {"rule": "SEL-11", "strength": "refuse", "source": "SOP L276, L325"} in issue.form["checks"]
    (event,) = workspace.store.events(issue.id)
    assert (event.data["signed_by"], event.data["signer"]) == ("port", "Augustin Bellweather")


def test_a_reason_is_kept_as_an_event(workspace: Workspace, made: dict[str, Made]) -> None:
    (event,) = workspace.store.events(made["program_explanation"].issue.id)
    assert event.data["reason"] == "They asked."


def test_the_cover_goes_with_the_open_questionnaire(made: dict[str, Made]) -> None:
    cover, form = made["questionnaire_cover"].issue, made["account_management"].issue
    assert cover.form["values"]["questionnaire.id"] == form.id
    assert cover.due_on == form.due_on


def test_another_accounts_name_does_not_go_out(workspace: Workspace) -> None:
    """LET-6, with the names of the workspace's own accounts."""
    account = workspace.folder / "accounts" / "tidewater_brokers.yaml"
    text = account.read_text("utf-8")
    account.write_text(text.replace("9 Quay Street", "c/o Harborlight Marine Supply Co."), "utf-8")
    (outcome,) = papers.issue(workspace, order(workspace, "introduction", accounts=("tidewater_brokers",)))
    account.write_text(text, "utf-8")
    assert isinstance(outcome, Failed)
    assert "LET-6" in str(outcome.error)


def test_a_letter_of_two_pages_is_told(workspace: Workspace) -> None:
    long = (WORKSPACE.parents[1] / "forms" / "letters" / "introduction.yaml").read_text("utf-8")
    path = workspace.folder / "forms" / "introduction.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(long.replace("to serve you better.", "to serve you better. " + "And so on. " * 90), "utf-8")
    (outcome,) = papers.issue(workspace, order(workspace, "introduction"))
    path.unlink()
    assert isinstance(outcome, Made)
    assert outcome.warnings == ("The letter takes 2 pages: leave out words, if one page is wanted.",)
