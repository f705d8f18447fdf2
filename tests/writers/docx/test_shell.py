"""The Word shell of letters: what a person edits in Word, checked when it is opened."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.shared import Pt

import layouts
from formwright import resources
from formwright.errors import Fault, Faults
from formwright.layout import Group, Layout, Para, Run, Stamp
from formwright.writers.docx import shell
from formwright.writers.docx.compile import LETTERS
from formwright.writers.docx.compile import compile as compile_docx
from formwright.writers.docx.stamp import Stamper
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


# ---- the shell that is shipped


def letter() -> Layout:
    para = Para(runs=(Run("Dear Ann Sample:"),))
    blocks = (Group(role="letterhead", blocks=(para,)), Group(role="body", blocks=(para,)), Group(role="close"))
    return replace(layouts.sample(), blocks=blocks)


def test_the_shipped_shell_has_the_slots_and_our_styles() -> None:
    document = shell.opened(resources.read_bytes(LETTERS), LETTERS)
    assert {"FW Letter", "FW Letter Block", "FW Letter Side", "FW Masthead"} <= {
        style.name for style in document.styles
    }


def test_what_a_person_changes_in_word_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of a style, a motto between the slots, a wider margin: and the foot stays ours."""
    document = docx.Document(io.BytesIO(resources.read_bytes(LETTERS)))
    document.styles["FW Letter"].font.size = Pt(12)
    document.paragraphs[1].insert_paragraph_before("Our motto")
    document.sections[0].left_margin = Pt(90)
    document.sections[0].different_first_page_header_footer = True
    edited = saved(document)
    real = resources.read_bytes
    monkeypatch.setattr(resources, "read_bytes", lambda path: edited if path == LETTERS else real(path))
    compiled = compile_docx(letter())
    data = Stamper(compiled).stamp(Stamp(values={}, tokens=("L-2027-0001:K1:000:ABCDEFGHIJKLMNOP",), foot="Issue"))
    made = docx.Document(io.BytesIO(data))
    assert made.styles["FW Letter"].font.size == Pt(12)
    assert "Our motto" in [one.text for one in made.paragraphs]
    assert made.sections[0].left_margin == Pt(90)
    assert not made.sections[0].different_first_page_header_footer
    assert "Code L-2027-0001" in "".join(one.text for one in made.sections[0].footer.paragraphs)
