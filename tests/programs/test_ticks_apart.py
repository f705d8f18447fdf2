"""Ticks whose entry says on while the page shows them empty, as programs that merge data leave them.

pdftk given "Yes" where the form's own state is `yes`, and pypdf given a text where a name is wanted, write /V and leave
/AS at Off. The value is right, and nobody has seen it on the page: it is kept, and a person is told to look. A confirm
tick confirms nothing then.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

import filling
from formwright.record import Record
from formwright.sending import Made
from programs.office import Office

RADIO = "price_restrictions"
TICK = "record_retention.mediums"
CONFIRM = "company_confirm"


MERGED = (RADIO, f"{TICK.replace('.', ':')}#microfilm", CONFIRM)


def merged_by_pdftk(made: Made, folder: Path, names: Sequence[str] = MERGED, word: str = "Yes") -> Path:
    """Return the form merged with data whose ticks say "Yes", or another word."""
    root = ElementTree.Element("xfdf", {"xmlns": "http://ns.adobe.com/xfdf/"})
    fields = ElementTree.SubElement(root, "fields")
    for name in names:
        ElementTree.SubElement(ElementTree.SubElement(fields, "field", name=name), "value").text = word
    (folder / "data.xfdf").write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
    filling.run("pdftk", made.paths[0], "fill_form", folder / "data.xfdf", "output", folder / "merged.pdf")
    return folder / "merged.pdf"


def merged_by_pypdf(made: Made, folder: Path) -> Path:
    """Return the form merged by a script that gives a radio group's state as a text."""
    writer = pypdf.PdfWriter(clone_from=made.paths[0])
    for page in writer.pages:
        writer.update_page_form_field_values(page, {RADIO: "yes"}, auto_regenerate=False)
    writer.write(folder / "merged.pdf")
    return folder / "merged.pdf"


def told(record: Record, key: str) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in record.problems if one.key == key]


@pytest.mark.program("pdftk")
def test_ticks_merged_by_pdftk_are_read_and_flagged(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(merged_by_pdftk(harborlight, tmp_path))
    radio, tick = record.answers[RADIO], record.answers["record_retention"]
    assert (radio.cells[RADIO].state, radio.cells[RADIO].seen.value) == ("answered", "yes")
    assert (tick.cells[TICK].state, tick.cells[TICK].seen.value) == ("answered", ["microfilm"])
    assert told(record, RADIO) == told(record, TICK) == told(record, CONFIRM) == [("odd_field", "warning")]
    assert "review" in radio.needs
    assert "review" in tick.needs
    assert record.review
    states = {key: cell.state for item in record.answers.values() for key, cell in item.cells.items()}
    assert "confirmed" not in states.values()


def test_a_radio_merged_by_pypdf_is_read_and_flagged(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(merged_by_pypdf(harborlight, tmp_path))
    item = record.answers[RADIO]
    assert (item.cells[RADIO].state, item.cells[RADIO].seen.value) == ("answered", "yes")
    assert told(record, RADIO) == [("odd_field", "warning")]
    assert "review" in item.needs


@pytest.mark.program("pdftk")
def test_a_tick_merged_as_no_is_off(harborlight: Made, office: Office, tmp_path: Path) -> None:
    record = office.read(merged_by_pdftk(harborlight, tmp_path, MERGED[1:], "No"))
    tick = record.answers["record_retention"].cells[TICK]
    assert (tick.state, tick.seen.value) == ("blank", None)
    assert told(record, TICK) == told(record, CONFIRM) == []
