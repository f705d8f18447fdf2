"""What a compiled PDF must be.

C1  PDF/UA-1 by page-validation, and by our own check; the same file without its tags fails both.
C2  a widget's box is its content box; boxes do not overlap and lie between the margins.
C3  nothing printed stands where the marks and the code of a page stand.
C4  the plan says what is in the file: numbers of objects, heads, cross-reference table.
C5  same input, same bytes; no dates; all text can be searched.
C6  wrong layouts and a missing library are loud.
"""

from __future__ import annotations

import ctypes
import io
import itertools
import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Name

import layouts
import tagged
from formwright.errors import Unusable
from formwright.layout import (
    Area,
    Control,
    Field,
    Line,
    OneOf,
    Option,
    Para,
    Run,
)
from formwright.writers.pdf import Compiled, compile
from writers.pdf.compiled import field_named, one_question, plan_of

# ---- C1 accessibility ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sample", "stress"])
def test_is_pdf_ua(name: str, request: pytest.FixtureRequest) -> None:
    template = request.getfixturevalue(name).template
    assert tagged.validator_failures(template) == []
    assert tagged.faults(template) == []


def test_without_tags_it_fails_both_checks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot
    out = io.BytesIO()
    pdf.save(out)
    assert tagged.faults(out.getvalue()) == ["the file has no tags"]
    assert tagged.validator_failures(out.getvalue())


def test_a_widget_without_a_spoken_name_fails(pdf: pikepdf.Pdf) -> None:
    del field_named(pdf, "company:irs").TU
    out = io.BytesIO()
    pdf.save(out)
    assert tagged.faults(out.getvalue()) == ["company:irs: no spoken name"]


def test_a_group_speaks_the_question_and_its_kids_the_option_too(pdf: pikepdf.Pdf) -> None:
    group = field_named(pdf, "remit:full")
    question = "E.2 Do you remit the full invoiced value for imported merchandise to the foreign supplier?"
    assert str(group.TU) == question
    assert [str(kid.TU) for kid in group.Kids] == [f"{question}: Yes", f"{question}: No"]


def test_furniture_is_an_artifact(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents.read_bytes()  # one stream
    marks, foot, rest = content.split(b"EMC", 2)
    assert marks.startswith(b"/Artifact")
    assert b"/QR2 Do" in marks
    assert foot.strip().startswith(b"/Artifact")
    assert b"/FwFoot Do" in foot
    assert rest.count(b"/Artifact <</Type /Pagination>> BDC") >= 4  # head left and right, foot left and right


# ---- C2 places ----------------------------------------------------------------------------------


def test_box_is_the_content_box(sample: Compiled) -> None:
    x0, y0, x1, y1 = plan_of(sample, "company.name").widgets[0].box
    # Eight of twelve columns are 308 wide; the edge takes 0.6 and the padding 3 at each side. 20 of 23 are live.
    assert (round(x1 - x0, 1), round(y1 - y0, 1)) == (300.8, 20)
    assert round(x0, 1) == 54 + 36 + 3.6
    x0, y0, x1, y1 = plan_of(sample, "company_confirm").widgets[0].box
    assert (round(x1 - x0, 1), round(y1 - y0, 1)) == (9, 9)
    x0, y0, x1, y1 = plan_of(sample, "certification.signature").widgets[0].box
    assert round(y1 - y0, 1) == 40


@pytest.mark.parametrize("name", ["sample", "stress"])
def test_boxes_do_not_overlap_and_keep_the_margins(name: str, request: pytest.FixtureRequest) -> None:
    places = [place for place in request.getfixturevalue(name).places() if place.key != "form.token"]
    for place in places:
        x0, y0, x1, y1 = place.box
        assert 54 - 2.1 <= x0 < x1 <= 558, place
        assert 46 <= y0 < y1 <= 792 - 96, place
    for page in {place.page for place in places}:
        boxes = sorted((place.box[1], place.box, place.key) for place in places if place.page == page)
        for (_, one, key), (_, other, _) in itertools.combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (key, one, other)


def test_a_group_over_a_page_break_is_one_field() -> None:
    options = tuple(Option(code=f"c{number}", label=f"Choice {number}") for number in range(60))
    question = one_question(Field(control=OneOf(key="pick", name="A.1 Pick", options=options, stacked=True)), long=True)
    compiled = compile(question)
    plan = plan_of(compiled, "pick")
    assert [widget.code for widget in plan.widgets] == [option.code for option in options]
    assert len({widget.page for widget in plan.widgets}) == 2
    assert tagged.faults(compiled.template) == []


# ---- C3 marks and code --------------------------------------------------------------------------

MARKS_AND_CODE = (
    (28.35, 28.35, 40.26, 40.26),  # 10 mm from the edges, 4.2 mm wide
    (571.74, 28.35, 583.66, 40.26),
    (28.35, 751.74, 40.26, 763.66),
    (571.74, 751.74, 583.66, 763.66),
    (513.16, 37.0, 564.19, 88.03),  # 18 mm with its quiet zone, the last module at the right margin
    (54.0, 47.0, 440.0, 71.0),  # the second line of the foot
)


@dataclass(frozen=True)
class Ink:
    text: str
    box: tuple[float, float, float, float]


def printed(compiled: Compiled, number: int) -> list[Ink]:
    """Return the stretches of text on a page as pdfium sees them."""
    document = pypdfium2.PdfDocument(compiled.template)
    words = document[number].get_textpage()
    boxes = [words.get_rect(place) for place in range(words.count_rects())]
    found = [Ink(words.get_text_bounded(*box), box) for box in boxes]
    document.close()
    return found


@pytest.mark.parametrize("name", ["sample", "stress"])
def test_nothing_is_printed_where_marks_code_and_foot_stand(name: str, request: pytest.FixtureRequest) -> None:
    compiled = request.getfixturevalue(name)
    for number in range(len(compiled.pages)):
        for ink in printed(compiled, number):
            for x0, y0, x1, y1 in MARKS_AND_CODE:
                a0, b0, a1, b1 = ink.box
                assert a1 <= x0 or x1 <= a0 or b1 <= y0 or y1 <= b0, (number, ink)


def test_marks_are_drawn_and_square(sample: Compiled) -> None:
    document = pypdfium2.PdfDocument(sample.template)
    picture = document[1].render(scale=2).to_pil().convert("L")
    document.close()
    for x0, y0, x1, y1 in MARKS_AND_CODE[:4]:
        inside = picture.crop(
            (round(x0 * 2) + 1, round((792 - y1) * 2) + 1, round(x1 * 2) - 1, round((792 - y0) * 2) - 1)
        )
        assert max(inside.get_flattened_data()) < 40


def test_states_are_dark_when_on_and_white_when_off(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    field_named(pdf, "programs#drawback").AS = Name("/drawback")
    field_named(pdf, "legal_form").Kids[0].AS = Name("/corp")
    out = io.BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    document.init_forms()
    picture = document[1].render(scale=4, may_draw_forms=True).to_pil().convert("L")
    document.close()
    dark = {}
    for place in sample.places():
        if place.key in {"programs", "legal_form"}:
            pixels = list(picture.crop(tuple(round(edge * 4) for edge in place.box)).get_flattened_data())
            dark[place.code] = sum(pixel < 128 for pixel in pixels) / len(pixels)
    assert dark.pop("drawback") > 0.2
    assert dark.pop("corp") > 0.3
    assert max(dark.values()) == 0


# ---- C4 the plan --------------------------------------------------------------------------------


def test_plan_is_what_is_in_the_file(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    template = sample.template
    own = sorted(widget.appearance for plan in sample.fields for widget in plan.widgets if widget.appearance)
    assert own == list(range(own[0], sample.next_object))
    last = f"{own[0] - 1} 0 obj\n<< /Type /XRef".encode()
    assert template.startswith(last, sample.startxref)
    assert max(number for number, _ in (thing.objgen for thing in pdf.objects)) == own[0] - 1
    assert pdf.get_object(sample.root, 0) == pdf.Root
    assert pdf.get_object(sample.metadata, 0).read_bytes() == sample.metadata_head + sample.metadata_tail
    assert pdf.get_object(sample.font, 0).Encoding == Name("/Identity-H")
    assert pdf.get_object(sample.attachment, 0).Type == Name.EmbeddedFile
    assert [float(edge) for edge in pdf.get_object(sample.foot, 0).BBox] == list(sample.foot_box)
    for number, plan in enumerate(sample.pages):
        assert pdf.pages[number].Resources.XObject[f"/QR{number + 1}"].objgen == (plan.code, 0)
        assert (plan.width, plan.height) == (612, 792)


def spelled(value: object) -> bytes:
    return value.unparse() if isinstance(value, pikepdf.Object) else str(value).encode()


LEFT_OUT = {"tick": {"/V", "/AS"}, "radio": {"/AS"}}


def test_heads_are_the_dictionaries_less_what_the_stamp_writes(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    for plan in sample.fields:
        for widget in plan.widgets:
            stored = pdf.get_object(widget.object, 0)
            left_out = LEFT_OUT.get(plan.kind, {"/V", "/AP"})
            entries = {key: spelled(stored[key]) for key in set(stored.keys()) - left_out}
            assert all(b"%b %b" % (key.encode(), value) in widget.head for key, value in entries.items())
            assert not any(re.search(rb"%b\b" % key.encode(), widget.head) for key in left_out)
            assert not widget.head.endswith(b">>") or widget.head.count(b"<<") == widget.head.count(b">>") + 1
        if plan.kind == "radio":
            group = pdf.get_object(plan.group, 0)
            assert b"/Kids %b" % spelled(group.Kids) in plan.group_head
            assert not re.search(rb"/V\b", plan.group_head)


def test_each_empty_field_has_an_appearance_of_its_own(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    texts = [plan for plan in sample.fields if plan.kind in {"line", "area", "list"} and plan.key != "form.token"]
    blank = [pdf.get_object(plan.widgets[0].object, 0).AP.N for plan in texts]
    assert {normal.read_bytes() for normal in blank} == {b"/Tx BMC EMC"}
    assert len({normal.objgen for normal in blank}) == len(texts)  # what is drawn into one shows in no other
    own = [plan.widgets[0].appearance for plan in texts]
    assert len(set(own)) == len(texts)
    assert not {number for number, _ in (one.objgen for one in pdf.objects)} & set(own)
    assert max(own) < sample.next_object


def test_sheets_stand_at_the_end(stress: Compiled) -> None:
    count = len(stress.pages)
    assert [(sheet.number, sheet.page) for sheet in stress.sheets] == [(1, count - 1), (2, count)]
    for sheet in stress.sheets:
        (x0, y0, x1, y1) = plan_of(stress, sheet.text).widgets[0].box
        assert (x0, x1) == (pytest.approx(88, abs=0.1), pytest.approx(558, abs=2.1))  # the column of the questions
        assert y1 - y0 > 500
        below = plan_of(stress, sheet.title).widgets[0].box[1]
        assert 0 <= below - y1 <= 1  # the first title stands right above its text
    assert dict(stress.words) == {"continued": "continued on sheet {n}", "sample": "Sample"}


# ---- C5 bytes and text --------------------------------------------------------------------------

AGAIN = """
import hashlib, sys
sys.path[:0] = sys.argv[1:]
import layouts
from formwright.writers.pdf import compile
assert "weasyprint" not in sys.modules, "weasyprint is loaded before it is needed"
print(hashlib.sha256(compile(layouts.sample(), 1).template).hexdigest())
"""


def test_same_bytes_in_another_process(sample: Compiled) -> None:
    import hashlib

    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", AGAIN, *filter(None, sys.path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == hashlib.sha256(sample.template).hexdigest()


def test_no_dates_and_our_name(pdf: pikepdf.Pdf) -> None:
    assert {key: str(value) for key, value in pdf.trailer.Info.items()} == {
        "/Title": layouts.TITLE,
        "/Author": "National Account Services Center",
        "/Producer": "Formwright",
    }


def test_text_can_be_searched(sample: Compiled) -> None:
    document = pypdfium2.PdfDocument(sample.template)
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).replace("\xa0", " ").split())
    document.close()
    for words in (
        "Why we ask",
        "E.3 Does the account provide any other material or financial assistance to any foreign suppliers?",
        "D Internal Controls",
        "identify the manuals or directives and attach a copy of each.",
        "Page 7 of 7",
        "Continuation sheet 1",
    ):
        assert words in text


def test_facts_and_words_are_escaped() -> None:
    words = '<img src="file:///etc/hostname"> & {{7*7}} <b>printed-literally</b>'
    document = pypdfium2.PdfDocument(compile(one_question(Para(runs=(Run(words),)))).template)
    text = document[1 if len(document) > 1 else 0].get_textpage().get_text_range().replace("\r\n", " ")
    document.close()
    assert words in text


def test_pdfium_finds_all_fields(sample: Compiled) -> None:
    document = pypdfium2.PdfDocument(sample.template)
    document.init_forms()
    forms = document.formenv.raw
    found = set()
    for sheet in document:
        for place in range(pdfium.FPDFPage_GetAnnotCount(sheet)):
            annotation = pdfium.FPDFPage_GetAnnot(sheet, place)
            size = pdfium.FPDFAnnot_GetFormFieldName(forms, annotation, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFAnnot_GetFormFieldName(
                forms, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
            )
            found.add(buffer.raw.decode("utf-16-le").rstrip("\0"))
            pdfium.FPDFPage_CloseAnnot(annotation)
    document.close()
    assert {plan.name for plan in sample.fields} <= found


# ---- C6 faults ----------------------------------------------------------------------------------


def test_a_key_that_stands_twice_is_refused() -> None:
    twice = layouts.fields(Line(key="same", name="One"), Area(key="same", name="Two"))
    with pytest.raises(ValueError, match="the key 'same' stands twice in the layout"):
        compile(one_question(*twice))


def test_an_unknown_control_is_refused() -> None:
    class Slider(Control):
        pass

    with pytest.raises(TypeError, match="the PDF writer knows no Slider"):
        compile(one_question(Field(control=Slider(key="a", name="A"))))


def test_a_missing_system_library_is_told_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(Unusable, match="libpango") as caught:
        compile(one_question())
    assert caught.value.code == "no_pango"
    assert "./run setup" in caught.value.fix
