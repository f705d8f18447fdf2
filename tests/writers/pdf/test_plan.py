"""Action plans in PDF: those of the sample accounts, accessible, with right page numbers in the contents."""

from __future__ import annotations

import io
import re
from functools import cache

import pikepdf
import pypdf
import pytest

import tagged
from formwright import account as accounts
from formwright import token
from formwright.layout import Stamp
from formwright.plan import definition as definitions
from formwright.plan import model
from formwright.plan.case import Case
from formwright.plan.check import check
from formwright.plan.checklist import checklist
from formwright.plan.lower import lower
from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.stamp import Stamper
from plans import FORM, ROOT

SAMPLES = ROOT / "samples" / "workspace"
NAMES = ("lantern_loom", "harborlight", "tidewater_brokers")


def sample(name: str) -> Case:
    """Return the plan of a sample account."""
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    plan = model.load((SAMPLES / "plans" / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    account = accounts.load((SAMPLES / "accounts" / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    return Case(definition, plan, account, checklist(definition, plan))


@cache
def printed(name: str) -> bytes:
    """Return the PDF of a sample account's plan."""
    fonts = Fonts.packaged(None)
    compiled = compile(lower(sample(name)), 0, fonts)
    tokens = token.mint_all(b"x" * 32, "K1", "samples-0001", "P-2027-0001", name, "0" * 64, len(compiled.pages))
    return Stamper(compiled, fonts).stamp(Stamp(values={}, tokens=tokens, foot="Issue P-2027-0001"), {})


def pages(name: str) -> list[str]:
    """Return the text of each page, with single blanks."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(printed(name))).pages]


@pytest.mark.parametrize("name", NAMES)
def test_the_plans_of_the_samples_keep_the_rules(name: str) -> None:
    one = sample(name)
    assert check(one.definition, one.plan, one.account) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_pdf_ua_1_has_no_failures(name: str) -> None:
    assert tagged.validator_failures(printed(name)) == []
    assert tagged.faults(printed(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_contents_name_the_page_on_which_each_part_begins(name: str) -> None:
    found = pages(name)
    entries = re.findall(
        r"(Checklist|Account Background and Structure|Scope of Plan|Project List|Approval)[ .]+(\d+)", found[0]
    )
    assert [title for title, _ in entries] == [
        "Checklist",
        "Account Background and Structure",
        "Scope of Plan",
        "Project List",
        "Approval",
    ]
    with pikepdf.open(io.BytesIO(printed(name))) as pdf:
        numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages, start=1)}
        heads = [
            numbers[node.Pg.objgen]
            for node in tagged.structure(pdf.Root.StructTreeRoot)
            if node.get("/S") == "/H2" and "/Pg" in node
        ]
    # The first heading of level 2 is that of the contents themselves.
    assert [int(page) for _, page in entries] == heads[1:]


def test_marks_and_timeline_have_their_words() -> None:
    with pikepdf.open(io.BytesIO(printed("lantern_loom"))) as pdf:
        figures = [str(node.Alt) for node in tagged.structure(pdf.Root.StructTreeRoot) if node.get("/S") == "/Figure"]
    rows = 19 + 1
    assert figures.count("Checked") == rows
    assert figures.count("Not checked") == rows
    assert [text for text in figures if text not in {"Checked", "Not checked"}] == [
        "Timeline of 5 projects from February 2027 to January 2028: P1 Lantern classification, P2 Assists declared in "
        "full, P3 Entries linked to payments, P4 Reconciliation decision, P5 Duties paid by ACH. Every date is in the "
        "project list."
    ]


def test_it_holds_no_field_but_the_token() -> None:
    with pikepdf.open(io.BytesIO(printed("harborlight"))) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["form:token"]


def test_nothing_of_the_profile_that_is_internal_is_in_it() -> None:
    one = sample("lantern_loom")
    assert one.account.notes
    with pikepdf.open(io.BytesIO(printed("lantern_loom"))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
                assert b"Ningbo" not in item.read_bytes()
    assert not any("Ningbo" in page for page in pages("lantern_loom"))
