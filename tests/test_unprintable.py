"""Characters without a shape are told where they were written: each once, the first few, no cure left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower, unprintable
from formwright import overlay as overlays
from formwright.errors import Fault
from formwright.lower import Facts
from formwright.resolve import resolve
from formwright.writers.pdf.fonts import Fonts

DEFINITION = """\
id: small
version: "1"
title: Small
sections:
  - id: company
    letter: A
    title: Company
    items:
      - {id: legal_name, label: "1", kind: text, text: Name., prefill: name}
      - id: places
        label: "2"
        kind: table
        text: Your places.
        prefill: facilities
        row_name: place
        columns:
          - {id: location, kind: text, text: Where}
          - {id: operations, kind: text, text: What for}
      - {id: other, label: "3", kind: text, text: Other name.}
"""
ACCOUNT = """\
id: small
kind: AM
name: NAME
ca_status: none
contacts: [{id: weber, name: Ines Weber, primary: true}]
locations:
  - {id: yard, name: Yard, purpose: Storage, address: "PLACE\\nSampleton", facility: true}
"""


def told(folder: Path, *, name: str = "Northwind", place: str = "1 Quay", other: str = "") -> list[Fault]:
    definition = definitions.load(DEFINITION, "forms/small.yaml")
    account = accounts.load(ACCOUNT.replace("NAME", name).replace("PLACE", place), "accounts/small.yaml")
    files: list[accounts.Account | overlays.Overlay] = [account]
    overlay = None
    if other:
        text = f"id: o\nbase: {{id: small, version: '1'}}\noperations:\n  - prefill: other\n    value: {other}\n"
        overlay = overlays.load(text, "overlays/small.yaml")
        files.append(overlay)
    form = resolve(definition, account, overlay, issued_on=date(2027, 1, 11))
    lowered = lower.lower(form, Facts(prepared_for=name, return_by="March 1, 2027"))
    return unprintable.faults(form, lowered, Fonts.packaged(folder), files)


def places(found: list[Fault]) -> list[tuple[str, int, int, str, str]]:
    """Return where, of which item, and which character."""
    return [(fault.file, fault.line, fault.column, fault.item, fault.message[:38]) for fault in found]


def test_what_can_be_drawn_has_no_fault(tmp_path: Path) -> None:
    assert told(tmp_path, name="Ångström Ελλάς Образец") == []


def test_one_text_that_goes_to_two_places_is_told_once(tmp_path: Path) -> None:
    found = told(tmp_path, name="Northwind ע")
    assert places(found) == [
        ("accounts/small.yaml", 3, 7, "legal_name", "Prepared for, A.1: the character U+05E")
    ]  # fmt: skip
    assert "U+05E2 (HEBREW LETTER AYIN)" in found[0].message


def test_a_text_that_is_part_of_what_is_printed_is_found(tmp_path: Path) -> None:
    found = told(tmp_path, place="1 ע Quay")
    assert places(found) == [("accounts/small.yaml", 7, 55, "places", "A.2, place 1, Where: the character U+0")]


def test_a_text_of_the_overlay_is_found_there(tmp_path: Path) -> None:
    assert places(told(tmp_path, other="ע")) == [
        ("overlays/small.yaml", 5, 12, "other", "A.3: the character U+05E2 (HEBREW LETT")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lines", "more"), [("אבגדהו", 6, ""), ("אבגדהוזח", 5, " And 3 more such characters.")]
)
def test_many_are_cut_and_counted(tmp_path: Path, name: str, lines: int, more: str) -> None:
    found = told(tmp_path, name=name)
    assert len(found) == lines
    assert found[-1].fix == f"Write it in Latin letters.{more}"


def test_no_cure_is_left_out(tmp_path: Path) -> None:
    found = told(tmp_path, name="אבגדהוזח", place="宁波")
    assert len(found) == 5
    assert sum("DroidSansFallbackFull.ttf" in fault.message for fault in found) == 1
    assert found[-1].fix.startswith("Cure: ")
    assert found[-1].fix.endswith("And 5 more such characters.")
