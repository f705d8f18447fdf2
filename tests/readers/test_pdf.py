"""What programs and people do to a PDF form, and what the reader makes of it (PDF.md 3; THREATS.md 2, rows 9-16).

R01 blank and typed values   R02 lists        R03 radios          R04 ticks           R05 text strings
R06 missing                  R07 type changed R08 doubled         R09 strays          R10 active content
R11 locked                   R12 damaged      R13 second reader   R14 carriers        R15 flattened
"""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.errors import Refused
from formwright.raw import RawReturn
from formwright.readers import _pypdf, _qpdf
from formwright.readers._seen import damaged
from formwright.readers.pdf import PdfReader
from readers import handmade
from readers.handmade import ISSUE, cell, codes, field, form, minted, put, read, saved


def kid(pdf: Pdf, code: str) -> Any:
    """Return the radio widget of a code."""
    return field(pdf, "branch").Kids[("yes", "no", "na").index(code)]


def refusal(data: bytes) -> Refused:
    """Return what reading the bytes is refused with."""
    with pytest.raises(Refused) as caught:
        PdfReader().extract(data, handmade.PLACES)
    assert caught.value.message
    assert caught.value.fix
    return caught.value


# ---- R01 -----------------------------------------------------------------------------------------


def test_it_finds_each_issued_key_once_in_order() -> None:
    raw = read(form())
    assert [one.key for one in raw.cells] == ["name", "notes", "agree", "branch", "port", "media", "given"]
    assert (raw.format, raw.method, raw.producer) == ("pdf", "acroform", "Handmade 1.0")
    assert raw.strays == ()
    assert raw.problems == ()


def test_it_reads_a_blank_form_as_seen_empty() -> None:
    raw = read(form())
    assert {one.state for one in raw.cells} == {"read"}
    assert [one.value for one in raw.cells] == ["", "", False, (), (), (), "Ours to state"]


def test_it_tells_page_and_box_as_issued() -> None:
    found = cell(read(form()), "branch")
    assert (found.page, found.box) == (2, (72.0, 80.0, 200.0, 138.0))


# ---- R02 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "state", "expected", "note"),
    [
        (String("air"), "read", ("air",), ""),  # export value: most programs
        (String("Airport"), "read", ("air",), ""),  # display text: pdf-lib
        (Array([String("air")]), "read", ("air",), ""),  # array of one: pdftk
        (Name("/air"), "read", ("air",), ""),
        (String(""), "read", (), ""),
        (String("Spaceport"), "read", ("Spaceport",), ""),  # never in the list: judged later
        (String("Terminal"), "conflict", None, "ambiguous_choice"),  # two options say so
        (String("sea"), "conflict", None, "ambiguous_choice"),  # the code of one, the words of another
        (Array([String("air"), String("rail")]), "conflict", None, "several_chosen"),
    ],
)
def test_it_reads_a_choice_as_programs_write_it(value: Any, state: str, expected: Any, note: str) -> None:
    pdf = form()
    field(pdf, "port").V = value
    found = cell(read(pdf), "port")
    assert (found.state, found.value, found.note) == (state, expected, note)


def test_it_keeps_all_meanings_of_an_ambiguous_text() -> None:
    pdf = form()
    field(pdf, "port").V = String("Terminal")
    assert cell(read(pdf), "port").values == (("rail",), ("bus",))


# ---- R03 -----------------------------------------------------------------------------------------


def radio(value: str | None, states: dict[str, str | None], kid_values: dict[str, str] | None = None) -> RawReturn:
    """Return the reading of a form whose radio group says `value` and whose kids say `states`."""
    pdf = form()
    group = field(pdf, "branch")
    if value is None:
        del group["/V"]
    else:
        group.V = Name(f"/{value}")
    for code in ("yes", "no", "na"):
        state = states.get(code, "Off")
        if state is None:
            del kid(pdf, code)["/AS"]
        else:
            kid(pdf, code).AS = Name(f"/{state}")
    for code, said in (kid_values or {}).items():
        kid(pdf, code).V = Name(f"/{said}")
    return read(pdf)


@pytest.mark.parametrize(
    ("value", "states", "kid_values", "expected", "note"),
    [
        ("no", {"no": "no"}, {}, ("no",), ""),
        ("Off", {"no": "no"}, {}, ("no",), "kid_without_group"),
        (None, {"no": "no"}, {}, ("no",), "kid_without_group"),
        ("Off", {}, {"na": "na"}, ("na",), "kid_without_group"),
        ("yes", {}, {}, ("yes",), "group_without_kid"),  # a program that knows the group's value only
        ("no", {"yes": None, "no": None, "na": None}, {}, ("no",), ""),
        ("maybe", {"yes": None, "no": None, "na": None}, {}, ("maybe",), ""),
        (None, {}, {}, (), ""),
    ],
)
def test_it_reads_a_radio_group_wherever_the_value_is(
    value: str | None, states: dict[str, str | None], kid_values: dict[str, str], expected: Any, note: str
) -> None:
    found = cell(radio(value, states, kid_values), "branch")
    assert (found.state, found.value, found.note) == ("read", expected, note)


def with_value(key: str, value: Any) -> Any:
    """The place `key` of a form whose field carries this /V alone."""
    pdf = form()
    field(pdf, key).V = value
    return cell(read(pdf), key)


@pytest.mark.parametrize(
    ("value", "state", "found"),
    [
        (String("/yes"), "read", ("yes",)),  # pypdf writes the name as a text, slash and all
        (Array([String("no"), String("yes")]), "conflict", None),
        (Array([Name("/yes"), Name("/no")]), "conflict", None),
        (Array([Name("/yes")]), "read", ("yes",)),
        (Array([Name("/Off"), Name("/Off")]), "read", ()),
    ],
)
def test_a_radio_group_whose_value_is_a_text_or_an_array(value: Any, state: str, found: Any) -> None:
    seen = with_value("branch", value)
    assert (seen.state, seen.value) == (state, found)


@pytest.mark.parametrize(
    ("value", "states", "values", "note"),
    [
        ("yes", {"no": "no"}, (("yes",), ("no",)), "kid_and_group_differ"),
        ("Off", {"yes": "yes", "na": "na"}, (("yes",), ("na",)), "several_ticked"),
    ],
)
def test_it_believes_nobody_where_group_and_kids_differ(
    value: str, states: dict[str, str | None], values: Any, note: str
) -> None:
    found = cell(radio(value, states), "branch")
    assert (found.state, found.value, found.values, found.note) == ("conflict", None, values, note)


def test_it_takes_an_index_through_the_options() -> None:
    pdf = form()
    group = field(pdf, "branch")
    group.Opt = Array([String("yes"), String("no"), String("na")])
    group.V = Name("/1")
    for code in ("yes", "no", "na"):
        del kid(pdf, code)["/AS"]
    assert cell(read(pdf), "branch").value == ("no",)


# ---- R04 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "state", "expected", "note"),
    [
        ("on", "on", True, ""),
        ("Yes", "Yes", True, ""),
        ("on", None, True, ""),
        (None, None, False, ""),
        ("Off", "Off", False, ""),
        (None, "on", True, "kid_without_group"),
        ("Off", "on", True, "kid_without_group"),
        ("on", "Off", True, "group_without_kid"),
    ],
)
def test_it_reads_a_tick_under_any_name_and_from_one_entry(
    value: str | None, state: str | None, expected: bool, note: str
) -> None:
    pdf = form()
    agree = field(pdf, "agree")
    for entry, text in (("/V", value), ("/AS", state)):
        if text is None:
            del agree[entry]
        else:
            agree[entry] = Name(f"/{text}")
    found = cell(read(pdf), "agree")
    assert (found.state, found.value, found.note) == ("read", expected, note)


def test_it_reads_a_state_name_with_escapes() -> None:
    pdf = form()
    field(pdf, "agree").V = field(pdf, "agree").AS = Name("/ja, gut")
    data = saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"/ja,#20gut" in data
    found = cell(read(data), "agree")
    assert (found.value, found.raw) == (True, "ja, gut")


def test_it_folds_the_ticks_of_many() -> None:
    pdf = form()
    for name in ("media#disk", "media#paper"):
        field(pdf, name).V = field(pdf, name).AS = Name.on
    assert cell(read(pdf), "media").value == ("paper", "disk")


def test_it_takes_a_tick_of_many_from_one_entry() -> None:
    pdf = form()
    field(pdf, "media#disk").V = Name.disk
    found = cell(read(pdf), "media")
    assert (found.state, found.value, found.note) == ("read", ("disk",), "group_without_kid")


# ---- R05 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (b"\xfe\xff\x04\x18\x04\x32", "Ив"),
        (b"\xff\xfe\x18\x04\x32\x04", "Ив"),
        (b"\xef\xbb\xbf\xd0\x98", "И"),
        (b"caf\xe9 \x80 \x93", "café • ﬁ"),  # PDFDocEncoding, ISO 32000 annex D.3
        (b"(a\\b)", "(a\\b)"),
        (b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        (b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00a", "a"),  # a language mark, ISO 32000 7.9.2.2
        (b"", ""),
    ],
)
def test_it_reads_every_text_encoding(stored: bytes, text: str) -> None:
    pdf = form()
    field(pdf, "notes").V = pikepdf.Object.parse(b"<%b>" % stored.hex().encode())
    found = cell(read(pdf), "notes")
    assert (found.state, found.value) == ("read", text)


def test_it_reads_a_value_kept_as_a_stream_and_ignores_rich_text() -> None:
    pdf = form()
    field(pdf, "notes").V = pdf.make_stream("\ufeffLanges Nötchen".encode("utf-16-be"))
    field(pdf, "notes").RV = String("<body>Something else</body>")
    assert cell(read(pdf), "notes").value == "Langes Nötchen"


def test_it_leaves_a_bomb_to_a_person() -> None:
    pdf = form()
    field(pdf, "notes").V = pdf.make_stream(b"A" * 5_000_000)
    found = cell(read(pdf), "notes")
    assert (found.state, found.note) == ("unread", "too_long")


def test_it_keeps_the_words_that_a_control_character_parts_apart_and_says_so() -> None:
    pdf = form()
    field(pdf, "name").V = String("x\x00y\x07")
    found = cell(read(pdf), "name")
    assert (found.value, found.raw, found.note) == ("x y ", "x\\u0000y\\u0007", "control_characters")


@pytest.mark.parametrize(
    ("stored", "value", "raw"),
    [
        (b"\xef\xbb\xbf\xff\x41", " A", "\ufffdA"),
        (b"\xfe\xff\x00A\xd8\x00\x00B", "A B", "A\ufffdB"),  # half of a pair
    ],
)
def test_what_cannot_be_decoded_is_said(stored: bytes, value: str, raw: str) -> None:
    pdf = form()
    field(pdf, "name").V = pikepdf.Object.parse(b"<%b>" % stored.hex().encode())
    found = cell(read(pdf), "name")
    assert (found.value, found.raw, found.note) == (value, raw, "control_characters")


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("\u202aAcme\u202c", "Acme", "hidden_characters"),
        ("\ufeffAcme\u200b ", "Acme", "hidden_characters"),
        ("\u200b\ufeff", "", "hidden_characters"),
        ("invoice\u202efdp.exe", "invoice\u202efdp.exe", "hidden_characters"),  # what it changes is for a person to see
        ("می\u200cخواهم", "می\u200cخواهم", ""),
    ],
)
def test_it_says_that_there_is_more_than_is_seen(text: str, value: str, note: str) -> None:
    pdf = form()
    field(pdf, "name").V = String(text)
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.raw, found.note) == ("read", value, text, note)


@pytest.mark.parametrize("flags", [2, 2 | 4, 1 << 5])
def test_it_says_that_a_field_with_a_value_is_hidden(flags: int) -> None:
    pdf = form()
    for name in ("name", "agree", "notes"):
        field(pdf, name).F = flags
    field(pdf, "name").V = String("Lantern & Loom")
    field(pdf, "agree").V = field(pdf, "agree").AS = Name.on
    raw = read(pdf)
    assert (cell(raw, "name").value, cell(raw, "name").note) == ("Lantern & Loom", "hidden_field")
    assert (cell(raw, "agree").value, cell(raw, "agree").note) == (True, "hidden_field")
    assert cell(raw, "notes").note == ""


def test_a_choice_is_hidden_only_if_all_its_ticks_are() -> None:
    for hidden, note in ((("yes",), ""), (("yes", "no", "na"), "hidden_field")):
        pdf = form()
        for code in hidden:
            kid(pdf, code).F = 2
        field(pdf, "branch").V = kid(pdf, "no").AS = Name.no
        found = cell(read(pdf), "branch")
        assert (found.value, found.note) == (("no",), note)


@pytest.mark.parametrize("reader", [_qpdf, _pypdf])
def test_it_says_that_a_page_stands_twice(reader: Any) -> None:
    pdf = form()
    pdf.pages.append(pdf.pages[1])
    [problem] = [one for one in reader.read(saved(pdf)).problems if one.code == "pages_added"]
    assert "page 3 is page 2 again" in problem.message


def test_it_says_that_no_viewer_shows_a_typed_value() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    del field(pdf, "name")["/AP"]
    assert cell(read(pdf), "name").note == "appearance_missing"


def test_it_says_once_that_drawing_was_left_to_the_viewer() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    del field(pdf, "name")["/AP"]
    pdf.Root.AcroForm.NeedAppearances = True
    raw = read(pdf)
    assert cell(raw, "name").note == ""
    assert [(one.code, one.severity) for one in raw.problems] == [("appearance_left_open", "info")]


# ---- R06 -----------------------------------------------------------------------------------------


def remove(pdf: Pdf, name: str) -> None:
    """Take a field out of /Fields and off its page."""
    gone = field(pdf, name)
    pdf.Root.AcroForm.Fields = Array([one for one in pdf.Root.AcroForm.Fields if one.objgen != gone.objgen])
    for page in pdf.pages:
        page.obj.Annots = Array([one for one in page.obj.Annots if one.objgen != gone.objgen])


def test_it_misses_a_deleted_field() -> None:
    pdf = form()
    remove(pdf, "name")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.page) == ("missing", None, 1)


def test_it_misses_all_fields_of_a_lost_page() -> None:
    pdf = form()
    field(pdf, "media#paper").V = field(pdf, "media#paper").AS = Name.paper
    del pdf.pages[1]
    raw = read(pdf)
    assert {one.key: one.state for one in raw.cells} == {
        "name": "read",
        "notes": "read",
        "agree": "read",
        "branch": "missing",
        "port": "missing",
        "media": "read",
        "given": "read",
    }
    for key, value in (("given", "Ours to state"), ("media", ("paper",))):  # what was typed there before is kept
        assert (cell(raw, key).value, cell(raw, key).note) == (value, "off_pages")


def test_it_misses_a_blank_group_of_which_a_part_is_lost() -> None:
    pdf = form()
    remove(pdf, "media#disk")
    del field(pdf, "branch").Kids[2]
    raw = read(pdf)
    assert (cell(raw, "media").state, cell(raw, "media").note) == ("missing", "part_missing")
    assert cell(raw, "branch").state in ("missing", "conflict")


def test_it_reads_what_is_ticked_though_another_part_is_lost() -> None:
    pdf = form()
    remove(pdf, "media#disk")
    field(pdf, "media#paper").V = field(pdf, "media#paper").AS = Name.paper
    found = cell(read(pdf), "media")
    assert (found.state, found.value, found.note) == ("read", ("paper",), "part_missing")


def test_it_reads_widgets_that_lost_their_form() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    del pdf.Root["/AcroForm"]
    raw = read(pdf)
    assert cell(raw, "name").value == "Lantern & Loom"
    assert {one.state for one in raw.cells if one.key not in ("branch",)} == {"read"}


def test_it_reads_values_whose_widgets_are_all_gone_and_says_so() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    for page in pdf.pages:
        del page.obj["/Annots"]
    raw = read(pdf)
    assert cell(raw, "name").value == "Lantern & Loom"
    assert codes(raw) == {"fields_off_pages"}


# ---- R07, R08 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "kind"), [("name", Name.Ch), ("port", Name.Tx), ("given", Name.Sig)])
def test_it_leaves_a_field_of_another_type_to_a_person(name: str, kind: Any) -> None:
    pdf = form()
    field(pdf, name).FT = kind
    field(pdf, name).V = String("odd")
    found = cell(read(pdf), name)
    assert (found.state, found.value, found.raw, found.note) == ("unread", None, "odd", "type_changed")


def test_it_leaves_a_tick_that_became_a_push_button_to_a_person() -> None:
    pdf = form()
    field(pdf, "agree").Ff = 1 << 16
    assert cell(read(pdf), "agree").note == "type_changed"


def double(pdf: Pdf, value: str) -> None:
    """Add a second field `name`."""
    second = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(value), Rect=[0, 0, 9, 9]
    )
    made = pdf.make_indirect(second)
    pdf.Root.AcroForm.Fields.append(made)
    put(pdf, 1, made)


def test_it_shows_both_values_of_a_doubled_field() -> None:
    pdf = form()
    field(pdf, "name").V = String("first")
    double(pdf, "second")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.values) == ("conflict", None, ("first", "second"))
    assert (found.note, found.raw) == ("doubled_field", "first | second")


def test_it_reads_a_doubled_field_that_says_the_same_twice() -> None:
    pdf = form()
    field(pdf, "name").V = String("same")
    double(pdf, "same")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.note) == ("read", "same", "doubled_field")


def test_it_finds_a_double_that_stands_on_a_page_only() -> None:
    pdf = form()
    field(pdf, "name").V = String("first")
    put(pdf, 2, pdf.make_indirect(Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("other"))))
    assert cell(read(pdf), "name").values == ("first", "other")


# ---- R09, R10 ------------------------------------------------------------------------------------


def test_it_reports_what_was_not_issued_and_takes_none_of_it_for_an_answer() -> None:
    pdf = form()
    extra = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("extra"), V=String("mine"))
    signature = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("Signature1"), V=Dictionary(Type=Name.Sig))
    for page, widget in ((1, extra), (2, signature)):
        made = pdf.make_indirect(widget)
        pdf.Root.AcroForm.Fields.append(made)
        put(pdf, page, made)
    for subtype, words in (("FreeText", "see letter"), ("Text", "who asks?"), ("Stamp", "PAID"), ("Ink", "")):
        put(pdf, 2, Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Contents=String(words)))
    put(pdf, 2, Dictionary(Type=Name.Annot, Subtype=Name.Popup))
    raw = read(pdf)
    assert [(one.kind, one.name, one.value, one.page) for one in raw.strays] == [
        ("field", "extra", "mine", 1),
        ("signature", "Signature1", "", 2),
        ("text", "FreeText", "see letter", 2),
        ("comment", "Text", "who asks?", 2),
        ("stamp", "Stamp", "PAID", 2),
        ("drawing", "Ink", "", 2),
    ]
    assert len(raw.cells) == 7


def test_it_names_active_content_and_reads_on() -> None:
    pdf = form()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.AcroForm.XFA = String("<xdp/>")
    field(pdf, "name").AA = Dictionary(K=Dictionary(S=Name.Launch, F=String("calc.exe")))
    pdf.attachments["virus.exe"] = b"MZ"
    data = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    [problem] = read(data).problems
    assert problem.code == "active_content"
    for words in ("JavaScript", "start a program", "on opening", "XFA", "virus.exe"):
        assert words in problem.message
    assert "issue.txt" not in problem.message


def test_it_allows_a_page_to_be_opened_at() -> None:
    pdf = form()
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    assert read(pdf).problems == ()


def test_it_does_not_mind_turned_or_cropped_pages() -> None:
    pdf = form()
    pdf.pages[0].rotate(90, relative=False)
    pdf.pages[1].cropbox = [0, 0, 100, 100]
    assert read(pdf).cells == read(form()).cells


# ---- R11, R12 ------------------------------------------------------------------------------------


def test_it_reads_a_file_locked_against_changes_only() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    field(pdf, "notes").V = pdf.make_stream(b"in a stream")
    data = saved(pdf, encryption=pikepdf.Encryption(owner="o", user=""))
    raw = read(data)
    assert (cell(raw, "name").value, cell(raw, "notes").value) == ("Lantern & Loom", "in a stream")
    assert {one.text for one in PdfReader().identify(data).tokens} == {minted()}


def test_it_asks_for_a_file_without_password() -> None:
    assert refusal(saved(form(), encryption=pikepdf.Encryption(owner="o", user="u"))).code == "needs_password"


def test_it_refuses_half_a_file() -> None:
    data = saved(form())
    assert refusal(data[: len(data) // 2]).code == "damaged"
    assert refusal(b"%PDF-1.7\nnothing in it\nstartxref\n0\n%%EOF\n").code == "damaged"


def test_it_refuses_more_fields_than_any_form_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formwright.readers._seen.MAX_FIELDS", 5)
    assert refusal(saved(form())).code == "too_large"


def test_it_refuses_more_pages_than_any_form_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formwright.readers._seen.MAX_PAGES", 1)
    assert refusal(saved(form())).code == "too_large"


def test_it_gets_out_of_a_field_tree_that_bites_its_tail() -> None:
    pdf = form()
    loop = pdf.make_indirect(Dictionary(T=String("loop"), Kids=Array()))
    loop.Kids.append(loop)
    pdf.Root.AcroForm.Fields.append(loop)
    pdf.Root.AcroForm.Fields.append(loop)
    assert cell(read(pdf), "given").value == "Ours to state"


def test_it_refuses_fields_nested_without_end() -> None:
    pdf = form()
    node = pdf.make_indirect(Dictionary(T=String("n0"), Kids=Array()))
    pdf.Root.AcroForm.Fields.append(node)
    for depth in range(40):
        inner = pdf.make_indirect(Dictionary(T=String(f"n{depth}"), Kids=Array()))
        node.Kids.append(inner)
        node = inner
    assert refusal(saved(pdf)).code == "damaged"


def test_it_says_that_a_file_was_repaired() -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    data = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    at = data.rfind(b"startxref") + 10
    raw = read(data[:at] + b"7" + data[at:])
    assert cell(raw, "name").value == "Lantern & Loom"
    assert codes(raw) == {"repaired"}


# ---- R13 -----------------------------------------------------------------------------------------


def test_it_reads_with_the_second_reader_what_the_first_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = form()
    field(pdf, "name").V = String("Lantern & Loom")
    field(pdf, "branch").V = kid(pdf, "no").AS = Name.no
    field(pdf, "port").V = Array([String("air")])
    data = saved(pdf)
    usual = read(data)

    def refuse(_: bytes) -> None:
        raise pikepdf.PdfError("no")

    monkeypatch.setattr("formwright.readers._qpdf.read", refuse)
    raw = read(data)
    assert raw.method == "acroform_pypdf"
    assert codes(raw) == {"second_reader"}
    assert [(one.key, one.state, one.value) for one in raw.cells] == [
        (one.key, one.state, one.value) for one in usual.cells
    ]
    assert {one.carrier for one in PdfReader().identify(data).tokens} == {"field", "info"}


def test_it_believes_neither_reader_where_they_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    right = _pypdf.read

    def wrong(data: bytes) -> Any:
        seen = right(data)
        seen.fields["notes"][0].value = "read otherwise"
        return seen

    pdf = form()
    field(pdf, "notes").V = String("as typed")
    remove(pdf, "name")  # something does not match: the second reader is asked
    monkeypatch.setattr(_pypdf, "read", wrong)
    raw = read(pdf)
    found = cell(raw, "notes")
    assert (found.state, found.values, found.note) == ("conflict", ("as typed", "read otherwise"), "readers_differ")
    assert [(one.code, one.key) for one in raw.problems] == [("readers_differ", "notes")]


def test_it_says_that_no_second_opinion_was_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: bytes) -> None:
        raise damaged()

    monkeypatch.setattr(_pypdf, "read", refuse)
    pdf = form()
    remove(pdf, "name")
    assert codes(read(pdf)) == {"no_second_opinion"}


# ---- R14, R15 ------------------------------------------------------------------------------------


def carriers(pdf: Pdf) -> dict[str, str]:
    """Return carrier -> token of a form."""
    return {one.carrier: one.text for one in PdfReader().identify(saved(pdf)).tokens}


def test_it_finds_the_token_in_every_carrier() -> None:
    assert carriers(form()) == dict.fromkeys(("field", "info", "xmp", "attachment", "id"), minted())


@pytest.mark.parametrize("kept", ["field", "info", "xmp", "attachment", "id"])
def test_it_needs_one_carrier_only(kept: str) -> None:
    pdf = form()
    if kept != "field":
        remove(pdf, "form:token")
    if kept != "info":
        del pdf.trailer.Info["/FormwrightToken"]
    if kept != "xmp":
        del pdf.Root["/Metadata"]
    if kept != "attachment":
        del pdf.Root["/Names"]
    if kept != "id":
        pdf.trailer.ID[0] = String("0123456789abcdef")
    assert carriers(pdf) == {kept: minted()}


def test_it_takes_no_chance_identifier_for_a_token() -> None:
    pdf = form("")
    pdf.trailer.ID = Array([String("Q-2027:K1:0"), String("x")])
    found = PdfReader().identify(saved(pdf))
    assert found.tokens == ()
    assert (found.fields, found.pages) == (8, 2)


def test_it_finds_the_token_printed_on_a_page_when_nothing_else_is_left() -> None:
    pdf = form("")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[1].obj.Resources = Dictionary(Font=Dictionary(F=font))
    pdf.pages[1].obj.Contents = pdf.make_stream(f"BT /F 8 Tf 72 72 Td ({minted(2)}) Tj ET".encode())
    found = PdfReader().identify(saved(pdf))
    assert [(one.carrier, one.text, one.page) for one in found.tokens] == [("page_text", minted(2), 2)]


def test_it_reads_the_code_of_a_page_when_nothing_else_is_left() -> None:
    import segno

    pdf = form("")
    code = segno.make(minted(1), version=2, error="m", micro=False)
    squares = [
        f"{72 + x * 2:d} {700 - y * 2:d} 2 2 re f"
        for y, row in enumerate(code.matrix)
        for x, on in enumerate(row)
        if on
    ]
    pdf.pages[0].obj.Contents = pdf.make_stream("\n".join(squares).encode())
    del pdf.Root["/AcroForm"]
    for page in pdf.pages:
        del page.obj["/Annots"]
    found = PdfReader().identify(saved(pdf))
    assert [(one.carrier, one.text, one.page) for one in found.tokens] == [("qr", minted(1), 1)]
    assert found.fields == 0
    assert ISSUE in found.tokens[0].text
