"""A house's own letters, written whole in Word: docxtpl fills them, LibreOffice prints them, every rule holds."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest

from formwright import libreoffice, papers
from formwright.cli._shared import cache_folder
from formwright.errors import Faults, Unusable
from formwright.letter.places import OF_TEMPLATES, PLACES
from formwright.sending import Failed, Made, Order
from formwright.workspace import Workspace
from formwright.writers.docx import house
from letter_cases import ACCOUNT, SETTINGS, changed
from workspaces import write

DEFINITION = """\
id: own
document: letter
version: "1"
title: Our own letter
signer: {AM: nasc, PAT: port}
template: own.docx
checks:
  - {rule: LET-1, source: SOP L377, phrases: ["consider {account.name} an account"]}
  - {rule: LET-2, source: SOP L377}
"""
KNOWN = (*PLACES, "address", *OF_TEMPLATES)
WORDS = (
    "{{ address }}",
    "Dear {{ contact.salutation }}:",
    "We consider {{ account.name }} an account.{% if account.kind == 'AM' %} Ask {{ manager.name }}.{% endif %}",
    "{{ signer.name }}, {{ issue }}",
)


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "team"
    write(folder / "formwright.toml", SETTINGS)
    write(folder / "accounts" / "example_co.yaml", ACCOUNT)
    write(folder / "forms" / "own.yaml", DEFINITION)
    write(folder / "templates" / "own.docx", word(*WORDS))
    write(folder / "keys" / "K1", f'secret = "{"5a" * 32}"\n', 0o600)
    return Workspace.open(folder)


def issued(workspace: Workspace, *formats: str) -> Made | Failed:
    order = Order(
        definition="own",
        accounts=("example_co",),
        on=date(2027, 1, 11),
        out=workspace.folder / "out",
        cache=cache_folder(),
        at="2027-01-11T09:00:00Z",
        formats=formats or ("docx",),
    )
    (outcome,) = papers.issue(workspace, order)
    return outcome


def test_docxtpl_fills_it_and_it_is_an_issue_like_any_letter(workspace: Workspace) -> None:
    made = issued(workspace)
    assert isinstance(made, Made), made
    assert opened(made.paths[0].read_bytes()) == [
        "Ann Sample\nPresident\nExample Imports, Inc.\n1 Example Road\nSampleton, DC 00000",
        "Dear Ann Sample:",
        "We consider Example Imports, Inc. an account. Ask Dana Whitfield.",
        "Mona Solano, L-2027-0001",
    ]
    assert made.issue.form["document"] == "letter"
    assert "We consider Example Imports, Inc. an account." in made.issue.form["words"]
    identifier = docx.Document(str(made.paths[0])).core_properties.identifier
    assert identifier.startswith("L-2027-0001:K1:000:")


def test_the_rules_look_at_what_the_template_says(workspace: Workspace) -> None:
    write(workspace.folder / "templates" / "own.docx", word("We write to {{ account.name }}."))
    outcome = issued(workspace)
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, Faults)
    assert [fault.code for fault in outcome.error.faults] == ["let1"]


def test_a_place_that_nothing_fills_is_told_where_it_is_to_be_written(workspace: Workspace) -> None:
    account = changed(ACCOUNT, ("name: Dana Whitfield, title: Account Manager, phone: 555-0134", "name: Dana"))
    write(workspace.folder / "accounts" / "example_co.yaml", account)
    write(workspace.folder / "templates" / "own.docx", word(*WORDS, "{{ manager.phone }}"))
    outcome = issued(workspace)
    assert isinstance(outcome, Failed)
    assert "Add `team.phone` to the profile." in str(outcome.error)


def test_values_are_text_whatever_is_in_them(workspace: Workspace) -> None:
    account = changed(ACCOUNT, ("name: Example Imports, Inc.", "name: 'A & {{ 7 * 7 }} <Sons'"))
    write(workspace.folder / "accounts" / "example_co.yaml", account)
    made = issued(workspace)
    assert isinstance(made, Made), made
    assert opened(made.paths[0].read_bytes())[2] == "We consider A & {{ 7 * 7 }} <Sons an account. Ask Dana Whitfield."


@pytest.mark.program("soffice")
def test_libreoffice_prints_it(workspace: Workspace) -> None:
    made = issued(workspace, "pdf", "docx")
    assert isinstance(made, Made), made
    assert [file.format for file in made.issue.files] == ["pdf", "docx"]
    with pikepdf.open(made.paths[0]) as pdf:
        assert len(pdf.pages) == 1


def test_without_libreoffice_it_says_so(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "installed", lambda: "")
    outcome = issued(workspace, "pdf")
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, Unusable)
    assert outcome.error.fix == "Install LibreOffice, or issue it with --format docx."


# ---- the template


@pytest.mark.parametrize(
    ("text", "code", "fix"),
    [
        ("{{ account.nmae }}", "unknown_field", 'Did you mean "account.name"?'),
        ("{{ notes }}", "unknown_field", ""),
        ("{{ account.oi_clearance }}", "unknown_field", ""),
        ("{{ account.name.upper() }}", "unknown_field", ""),
        ("{{ account.name|upper }}", "statement", "Use {{ name }}"),
        ("{% for x in account.name %}x{% endfor %}", "statement", "Use {{ name }}"),
        ("{% include 'secret' %}", "statement", "Use {{ name }}"),
        ("{{ account.name", "syntax", "Write {{ name }}."),
        ("{{ account.__class__ }}", "unknown_field", ""),
    ],
)
def test_a_template_is_checked_when_it_is_loaded(text: str, code: str, fix: str) -> None:
    with pytest.raises(Faults) as caught:
        house.load(word(text), "own.docx", KNOWN)
    assert code in [fault.code for fault in caught.value.faults]
    found = next(fault for fault in caught.value.faults if fault.code == code)
    assert found.file == "own.docx"
    assert found.fix.startswith(fix)


def test_a_field_in_the_head_counts_and_one_split_over_runs() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "{{ office.unit }}"
    split = document.add_paragraph()
    for part in ("{{ acc", "ount", ".name }}"):
        split.add_run(part).italic = part == "ount"
    out = io.BytesIO()
    document.save(out)
    made = house.load(out.getvalue(), "own.docx", KNOWN)
    assert set(made.names) == {"account.name", "office.unit"}
    assert opened(made.render({"account.name": "Example", "office.unit": "Office"})) == ["Example"]


def test_what_xml_cannot_hold_is_refused_first_with_its_place() -> None:
    made = house.load(word("{{ account.name }}"), "own.docx", KNOWN)
    with pytest.raises(Faults) as caught:
        made.render({"account.name": "a\x0bb"})
    assert "{account.name}" in str(caught.value)
    assert "U+000B" in str(caught.value)


def test_the_same_values_give_the_same_bytes() -> None:
    made = house.load(word("{{ account.name }}"), "own.docx", KNOWN)
    assert made.render({"account.name": "Example"}, "T") == made.render({"account.name": "Example"}, "T")
