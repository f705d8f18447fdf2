"""The Word shell of letters: what a person edits in Word, checked when it is opened."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document

from formwright.errors import Fault, Faults
from formwright.layout import Group, Para, Run
from formwright.writers.docx import shell
from formwright.writers.docx.wml import paragraph, run

WHOLE = ("{{p letterhead }}", "Our motto", "{{p body }}", "{{p signature }}")


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*paragraphs: str) -> bytes:
    """Return a Word file of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def faults(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as caught:
        shell.opened(data, "letter.docx")
    return caught.value.faults


def test_blocks_go_to_the_slots_and_the_rest_stays() -> None:
    document = shell.opened(word(*WHOLE), "letter.docx")
    shell.fill(document, {slot: [paragraph("Normal", run(f"<{slot}>"))] for slot in shell.SLOTS})
    assert [one.text for one in document.paragraphs] == ["<letterhead>", "Our motto", "<body>", "<signature>"]


def test_a_field_that_word_has_split_over_runs_is_found() -> None:
    document = docx.Document()
    document.add_paragraph("{{p letterhead }}")
    split = document.add_paragraph()
    for part in ("{", "{p b", "ody", " }", "}"):
        split.add_run(part).bold = part == "ody"
    document.add_paragraph("{{p signature }}")
    opened = shell.opened(saved(document), "letter.docx")
    shell.fill(opened, {"body": [paragraph("Normal", run("here"))]})
    assert [one.text for one in opened.paragraphs] == ["here"]


@pytest.mark.parametrize(
    ("paragraphs", "codes", "fix"),
    [
        ((*WHOLE, "{{ leterhead }}"), ["unknown_field"], 'Did you mean "letterhead"?'),
        ((*WHOLE, "{{ account.name }}"), ["statement", "unknown_field"], ""),
        ((*WHOLE, "{% if body %}x{% endif %}"), ["statement"], "Take them out"),
        (WHOLE[:3], ["slot"], "Write {{p signature }} in a paragraph of its own"),
        ((*WHOLE, "{{p body }}"), ["slot"], "Write {{p body }} in a paragraph of its own"),
        (("{{p letterhead }}", "Here: {{ body }}", "{{p signature }}"), ["slot"], "Write {{p body }} in a paragraph"),
        ((*WHOLE, "{{ body"), ["syntax"], "Write {{ name }}."),
    ],
)
def test_what_is_wrong_is_told_with_its_cure(paragraphs: tuple[str, ...], codes: list[str], fix: str) -> None:
    found = faults(word(*paragraphs))
    assert sorted(fault.code for fault in found) == codes
    assert any(fault.fix.startswith(fix) for fault in found)
    assert {fault.file for fault in found} == {"letter.docx"}


def test_a_field_in_the_head_of_the_page_is_seen_too() -> None:
    document = docx.Document()
    for text in WHOLE:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "{{ secret }}"
    assert [fault.code for fault in faults(saved(document))] == ["unknown_field"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 not a zip"])
def test_what_is_no_word_file_is_told(data: bytes) -> None:
    assert [fault.code for fault in faults(data)] == ["not_word"]


def test_no_template_code_runs() -> None:
    found = faults(word(*WHOLE, "{{ body.__class__.__mro__ }}"))
    assert [fault.code for fault in found] == ["statement"]


def test_what_goes_where() -> None:
    para = Para(runs=(Run("x"),))
    blocks = [
        Group(role="letterhead"),
        Group(role="hang", title="Reference"),
        Group(role="body", blocks=(para,)),
        Group(role="close"),
        Group(role="signature", blocks=(para,)),
        Group(role="hang", title="cc"),
    ]
    found = shell.shared(blocks)
    assert [len(found[slot]) for slot in shell.SLOTS] == [1, 2, 3]
