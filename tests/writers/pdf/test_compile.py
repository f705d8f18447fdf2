"""What a compiled PDF must be.

C1  PDF/UA-1 by page-validation, and by our own check; the same file without its tags fails both.
C2  fields, widgets, reading order, tab order and plan follow the order of the layout.
C3  each control has its kind of field: names, states, flags, limits, options.
C4  a widget's box is its content box; boxes do not overlap and lie between the margins.
C5  nothing printed stands where the marks and the code of a page stand.
C6  the plan says what is in the file: numbers of objects, heads, cross-reference table.
C7  same input, same bytes; no dates; all text can be searched.
C8  wrong layouts and a missing library are loud.
"""

from __future__ import annotations

import ctypes
import io
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
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
    Layout,
    Line,
    OneOf,
    Option,
    Para,
    Run,
    controls,
)
from formwright.writers.pdf import Compiled, compile
from formwright.writers.pdf.plan import FieldPlan


@pytest.fixture(scope="module")
def sample() -> Compiled:
    return compile(layouts.sample(), sheets=1)


@pytest.fixture(scope="module")
def stress() -> Compiled:
    return compile(layouts.stress(), sheets=2)


@pytest.fixture
def pdf(sample: Compiled) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sample.template)) as opened:
        yield opened


def field_named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    (found,) = (field for field in pdf.Root.AcroForm.Fields if name == field.T)
    return found


def plan_of(compiled: Compiled, key: str) -> FieldPlan:
    (found,) = (plan for plan in compiled.fields if plan.key == key)
    return found


def one_question(*blocks: object, **more: object) -> Layout:
    return layouts.layout(layouts.section("A", "Section", layouts.item("A.1", "One question.", *blocks, **more)))


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


# ---- C2 order -----------------------------------------------------------------------------------


def widgets_of(control: Control) -> list[str]:
    name = control.key.replace(".", ":")
    ticks = not (isinstance(control, OneOf) and control.style == "list") and hasattr(control, "options")
    return [f"{name}#{option.code}" for option in control.options] if ticks else [name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["sample", "stress"])
def test_order_of_tabs_is_the_order_of_the_layout(name: str, request: pytest.FixtureRequest) -> None:
    asked = list(itertools.chain.from_iterable(map(widgets_of, controls(getattr(layouts, name)().blocks))))
    with pikepdf.open(io.BytesIO(request.getfixturevalue(name).template)) as pdf:
        found = [tagged.widget_name(widget) for widget in tagged.page_widgets(pdf)]
    assert [key for key in found if not key.startswith("form:sheet")] == asked


def test_plan_holds_all_fields_in_order(sample: Compiled) -> None:
    keys = list(dict.fromkeys(plan.key for plan in sample.fields))
    asked = [control.key for control in controls(layouts.sample().blocks)]
    assert keys == [*asked, "form.sheet1.title", "form.sheet1.text", "form.token"]


# ---- C3 fields ----------------------------------------------------------------------------------


def test_radio_is_one_field_with_codes_as_states(pdf: pikepdf.Pdf) -> None:
    group = field_named(pdf, "legal_form")
    assert (group.FT, int(group.Ff), group.V) == (Name.Btn, 49152, Name.Off)
    assert [sorted(kid.AP.N.keys()) for kid in group.Kids] == [["/Off", "/corp"], ["/Off", "/llc"], ["/Off", "/other"]]
    assert all("/T" not in kid and Name.Off == kid.AS and kid.Parent.objgen == group.objgen for kid in group.Kids)


def test_many_of_is_a_tick_for_each_option(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    tick = field_named(pdf, "programs#gsp")
    assert (tick.FT, tick.V, tick.AS, sorted(tick.AP.N.keys())) == (Name.Btn, Name.Off, Name.Off, ["/Off", "/gsp"])
    codes = [plan.widgets[0].code for plan in sample.fields if plan.key == "programs"]
    assert codes == ["drawback", "ftz", "gsp", "bonded", "agoa", "tib"]


def test_tick_has_the_state_on(pdf: pikepdf.Pdf) -> None:
    assert sorted(field_named(pdf, "company_confirm").AP.N.keys()) == ["/Off", "/on"]


def test_list_is_a_combo(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    combo = field_named(pdf, "office:state")
    assert (combo.FT, int(combo.Ff)) == (Name.Ch, 131072)
    assert [[str(part) for part in option] for option in combo.Opt] == [
        ["DC", "District of Columbia"],
        ["VA", "Virginia"],
    ]
    assert plan_of(sample, "office.state").labels == (("DC", "District of Columbia"), ("VA", "Virginia"))


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("company:name", 2),  # required
        ("company:irs", 0),
        ("remit:full", 49152 | 2),  # radio, required
        ("remit:full_explain", 4096),  # several lines
        ("remit:proofs:r1:entry", 1),  # given: read-only
        ("form:prepared_for", 4096 | 1),  # a fact wraps
        ("form:sheet1:text", 4096 | 1),
        ("form:token", 1),
    ],
)
def test_flags(pdf: pikepdf.Pdf, name: str, flags: int) -> None:
    assert int(field_named(pdf, name).get("/Ff", 0)) == flags


def test_limit_type_size_and_leading(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    assert int(field_named(pdf, "company:name").MaxLen) == 200
    assert "/MaxLen" not in field_named(pdf, "company:irs")
    plan = plan_of(sample, "company.name")
    assert (plan.size, plan.leading, plan.max_length) == (10, 14, 200)
    assert str(field_named(pdf, "company:name").DA) == "/FwField 10 Tf 0.106 g"


def test_a_narrow_column_is_set_smaller(stress: Compiled) -> None:
    narrow = one_question(
        layouts.Grid(
            name="Shares",
            columns=(layouts.Column(title="Name", width=30), layouts.Column(title="%", width=1)),
            rows=(layouts.Row(id="r1", cells=((Line(key="a", name="A"),), (Line(key="b", name="B"),))),),
        )
    )
    assert [(plan.size, plan.leading) for plan in compile(narrow).fields[:2]] == [(10, 14), (9, 12)]


def test_every_button_has_two_states_and_a_face(pdf: pikepdf.Pdf) -> None:
    for widget in tagged.page_widgets(pdf):
        if widget.get("/FT", Name.Btn) == Name.Btn:
            assert str(widget.DA) == "/ZaDb 0 Tf 0.106 g"
            assert all(state.read_bytes().strip() for state in widget.AP.N.values())
    assert set(pdf.Root.AcroForm.DR.Font.keys()) == {"/FwField", "/ZaDb"}
    assert pdf.Root.AcroForm.NeedAppearances is False


def test_the_token_is_hidden_and_read_only(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    token = field_named(pdf, "form:token")
    assert (int(token.F), int(token.Ff)) == (2, 1)
    assert token.P.objgen == pdf.pages[0].obj.objgen
    assert sample.token_field == "form.token"


# ---- C4 places ----------------------------------------------------------------------------------


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


# ---- C5 marks and code --------------------------------------------------------------------------

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


# ---- C6 the plan --------------------------------------------------------------------------------


def test_plan_is_what_is_in_the_file(pdf: pikepdf.Pdf, sample: Compiled) -> None:
    template = sample.template
    last = f"{sample.next_object - 1} 0 obj\n<< /Type /XRef".encode()
    assert template.startswith(last, sample.startxref)
    assert max(number for number, _ in (thing.objgen for thing in pdf.objects)) == sample.next_object - 1
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
            left_out = LEFT_OUT.get(plan.kind, {"/V"})
            entries = {key: spelled(stored[key]) for key in set(stored.keys()) - left_out}
            assert all(b"%b %b" % (key.encode(), value) in widget.head for key, value in entries.items())
            assert not any(re.search(rb"%b\b" % key.encode(), widget.head) for key in left_out)
            assert not widget.head.endswith(b">>") or widget.head.count(b"<<") == widget.head.count(b">>") + 1
            if plan.kind in {"line", "area", "list"} and plan.key != "form.token":
                assert stored.AP.N.objgen == (widget.appearance, 0)
        if plan.kind == "radio":
            group = pdf.get_object(plan.group, 0)
            assert b"/Kids %b" % spelled(group.Kids) in plan.group_head
            assert not re.search(rb"/V\b", plan.group_head)


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


# ---- C7 bytes and text --------------------------------------------------------------------------

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


# ---- C8 faults ----------------------------------------------------------------------------------


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
