"""Names in any script, long ones, and characters that a format cannot hold: right in both formats, or a fault."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from formwright import papers
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.errors import Faults
from formwright.sending import Failed, Made, Order
from formwright.workspace import Workspace
from letter_cases import ACCOUNT, LETTER, SETTINGS, changed
from workspaces import write


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "team"
    write(folder / "formwright.toml", SETTINGS)
    write(folder / "forms" / "hello.yaml", LETTER)
    write(folder / "keys" / "K1", f'secret = "{"5a" * 32}"\n', 0o600)
    return Workspace.open(folder)


def issued(workspace: Workspace, *changes: tuple[str, str]) -> Made | Failed:
    write(workspace.folder / "accounts" / "example_co.yaml", changed(ACCOUNT, *changes))
    order = Order(
        definition="hello",
        accounts=("example_co",),
        on=date(2027, 1, 11),
        out=workspace.folder / "out",
        cache=cache_folder(),
        fonts=fonts_folder(),
        at="2027-01-11T09:00:00Z",
    )
    (outcome,) = papers.issue(workspace, order)
    return outcome


def words(made: Made) -> str:
    """Return the text of the Word file."""
    (path,) = (path for path in made.paths if path.suffix == ".docx")
    body = docx.Document(str(path)).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "".join(
        part.text or "" if part.tag == f"{space}t" else "\n" for part in body.iter(f"{space}t", f"{space}br")
    )


@pytest.mark.parametrize("name", ["王小明", "Ελένη Παππά", "Вера Образец", "Inés Márquez-Høiland", "Ann & Bo <Sample"])
def test_a_name_goes_out_in_both_formats(workspace: Workspace, name: str) -> None:
    if name == "王小明" and fonts_folder() is None:
        pytest.skip("the font for Chinese is not in .cache/fonts")
    made = issued(workspace, ("name: Ann Sample", f"name: {name}"))
    assert isinstance(made, Made), made
    assert [path.suffix for path in made.paths] == [".pdf", ".docx"]
    assert words(made).startswith("Test OfficeLetters100 Specimen Avenue\n555-0100")
    assert f"{name}\nPresident\nExample Imports, Inc." in words(made)
    assert f"Dear {name}:" in words(made)


def test_what_no_font_draws_is_told_where_it_was_written(workspace: Workspace) -> None:
    outcome = issued(workspace, ("name: Ann Sample", 'name: "Ann \\uE000"'))
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, Faults)
    fault = outcome.error.faults[0]
    assert (fault.file.endswith("example_co.yaml"), fault.line) == (True, 12)
    assert "U+E000" in fault.message
    assert workspace.store.issues() == ()


def test_a_long_name_wraps_and_nothing_is_cut(workspace: Workspace) -> None:
    name = "The Very Long Example Company of Imported Housewares and More, Incorporated"
    made = issued(workspace, ("name: Example Imports, Inc.", f"name: {name}"), ("title: President, ", ""))
    assert isinstance(made, Made), made
    assert f"We consider {name} an account." in words(made)


def test_nothing_internal_is_in_any_part_of_the_word_file(workspace: Workspace) -> None:
    made = issued(workspace, ("ca_status: none", "ca_status: none\nnotes: ZQSECRET\nnarrative: ZQSECRET"))
    assert isinstance(made, Made), made
    with zipfile.ZipFile(io.BytesIO(made.paths[1].read_bytes())) as file:
        for part in file.namelist():
            data = file.read(part)
            assert b"ZQSECRET" not in data
            assert b"approved" not in data
