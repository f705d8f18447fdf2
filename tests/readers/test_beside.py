"""Words that stand in a field or a comment elsewhere than in its value: never an answer, never lost in silence.

B1 a place that is empty but for them is `unread`   B2 beside a value   B3 comments, pop-up windows, links
"""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.readers import _pypdf, _qpdf
from formwright.readers._beside import visible_of
from formwright.readers._fold import fold
from readers.handmade import PLACES, cell, field, form, put, read, saved

RICH = "<?xml version='1.0'?><body xmlns='http://www.w3.org/1999/xhtml'><p>Lantern &amp; <b>Loom</b></p></body>"

# ---- B1 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "entry", "value", "raw"),
    [
        ("name", "/RV", String(RICH), "Lantern & Loom"),
        ("name", "/DV", String("by default"), "by default"),
        ("notes", "/DV", String("by default"), "by default"),
        ("agree", "/DV", Name.on, "on"),
        ("branch", "/DV", Name.no, "no"),
        ("port", "/DV", String("air"), "air"),
        ("port", "/I", Array([1]), "option 1"),
        ("port", "/Opt", Array([Array([String("sea"), String("Sea port")]), String("Own jetty")]), "Own jetty"),
        ("media#disk", "/DV", Name.disk, "disk"),
    ],
)
def test_a_place_with_words_beside_its_value_is_not_blank(name: str, entry: str, value: Any, raw: str) -> None:
    pdf = form()
    field(pdf, name)[entry] = value
    found = cell(read(pdf), name.partition("#")[0])
    assert (found.state, found.value, found.raw, found.note) == ("unread", None, raw, "beside_value")


def test_a_text_on_the_widget_of_an_empty_field_is_not_lost() -> None:
    pdf = form()
    name = field(pdf, "name")
    widget = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=name.Rect, V=String("on a kid")))
    widget.Parent = name
    name.Kids = Array([widget])
    del name["/Subtype"]
    page = pdf.pages[0].obj
    page.Annots = Array([widget if one.objgen == name.objgen else one for one in page.Annots])
    found = cell(read(pdf), "name")
    assert (found.state, found.raw, found.note) == ("unread", "on a kid", "beside_value")


@pytest.mark.parametrize(
    ("entry", "value"),
    [("/DV", String("")), ("/DV", String(" ")), ("/RV", String("<body><p> </p></body>")), ("/I", Array([]))],
)
def test_nothing_beside_an_empty_value_leaves_it_blank(entry: str, value: Any) -> None:
    pdf = form()
    field(pdf, "name")[entry] = value
    field(pdf, "port")[entry] = value
    field(pdf, "agree").DV = Name.Off
    raw = read(pdf)
    assert [(one.state, one.value) for one in raw.cells if one.key in ("name", "port", "agree")] == [
        ("read", ""),
        ("read", False),
        ("read", ()),
    ]


def test_both_readers_find_the_same() -> None:
    pdf = form()
    field(pdf, "name").RV = String(RICH)
    field(pdf, "agree").DV = Name.on
    field(pdf, "port").I = Array([2])
    field(pdf, "notes").Contents = String("see the letter")
    put(pdf, 2, Dictionary(Type=Name.Annot, Subtype=Name.FreeText, RC=String(RICH)))
    data = saved(pdf)
    one, two = (fold(reader.read(data), PLACES) for reader in (_qpdf, _pypdf))
    assert [(a.key, a.state, a.value, a.raw, a.note) for a in one[0]] == [
        (b.key, b.state, b.value, b.raw, b.note) for b in two[0]
    ]
    assert {stray.value for stray in one[1]} == {"see the letter", "Lantern & Loom"}


# ---- B2 -----------------------------------------------------------------------------------------


def test_a_value_stands_whatever_the_default_is() -> None:
    pdf = form()
    field(pdf, "name").V = String("typed")
    field(pdf, "name").DV = String("by default")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.note) == ("read", "typed", "")


@pytest.mark.parametrize(("value", "note"), [("Lantern & Loom", ""), ("Somebody else", "rich_text_differs")])
def test_a_formatted_text_that_is_shown_must_say_what_the_value_says(value: str, note: str) -> None:
    pdf = form()
    field(pdf, "notes").Ff = 1 << 25
    field(pdf, "notes").RV = String(RICH)
    field(pdf, "notes").V = String(value)
    found = cell(read(pdf), "notes")
    assert (found.state, found.value, found.note) == ("read", value, note)


def test_formatted_text_loses_its_marks_in_time_that_grows_with_its_length() -> None:
    assert visible_of("<p>a&lt;b</p><p>c</p>") == "a<b c"
    assert len(visible_of("<" * 300_000)) == 300_000


# ---- B3 -----------------------------------------------------------------------------------------


def strays(annotation: Dictionary) -> list[tuple[str, str]]:
    pdf = form()
    put(pdf, 1, annotation)
    return [(one.kind, one.value) for one in read(pdf).strays]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"Subtype": Name.FreeText, "RC": String(RICH)}, [("text", "Lantern & Loom")]),
        ({"Subtype": Name.FreeText, "RC": String(RICH), "Contents": String("Lantern & Loom")}, None),
        ({"Subtype": Name.Text, "RC": String(RICH), "Contents": String("no")}, [("comment", "no | Lantern & Loom")]),
        ({"Subtype": Name.Popup, "Contents": String("in the window")}, [("comment", "in the window")]),
        ({"Subtype": Name.Popup}, []),
        ({"Subtype": Name.Link, "Contents": String("an answer")}, [("comment", "an answer")]),
        ({"Subtype": Name.Link}, []),
    ],
)
def test_a_comment_is_reported_with_all_its_words(entries: dict[str, Any], said: Any) -> None:
    found = strays(Dictionary(Type=Name.Annot, **entries))
    assert found == ([("text", "Lantern & Loom")] if said is None else said)


def test_a_window_that_repeats_its_comment_and_a_link_that_names_its_address_say_nothing_new() -> None:
    pdf = form()
    comment = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String("once")))
    put(pdf, 1, comment)
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.Popup, Parent=comment, Contents=String("once")))
    address = Dictionary(S=Name.URI, URI=String("mailto:returns@sampleton.example"))
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.Link, A=address, Contents=address.URI))
    assert [(one.name, one.value) for one in read(pdf).strays] == [("Text", "once")]


def described(spoken: str, contents: str) -> Pdf:
    pdf = form()
    field(pdf, "name").TU = String(spoken)
    field(pdf, "name").Contents = String(contents)
    field(pdf, "name").V = String("typed")
    return pdf


def test_the_comment_of_a_field_is_a_stray_unless_it_is_its_spoken_name() -> None:
    assert read(described("A.1 Name", "A.1 Name")).strays == ()
    [stray] = read(described("A.1 Name", "not sure of this")).strays
    assert (stray.name, stray.value, stray.page, stray.kind) == ("name", "not sure of this", 1, "comment")
