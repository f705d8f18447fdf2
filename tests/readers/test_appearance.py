"""Words that only the appearance of an empty field shows: left to a person, and no alarm where there are none."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.readers import _appearance, _pypdf, _qpdf
from formwright.readers._fold import fold
from readers.handmade import PLACES, cell, field, form, read, saved

BLANK = b"/Tx BMC EMC"
TEXT = b"/Tx BMC q BT /Helv 9 Tf 2 5 Td (Title passes) Tj ET Q EMC"


def drawn(pdf: Pdf, content: bytes, **entries: Any) -> Any:
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 18], **entries)


def shows(pdf: Pdf, name: str, content: bytes, **entries: Any) -> None:
    """Give a field an appearance and no value."""
    field(pdf, name).AP = Dictionary(N=drawn(pdf, content, **entries))


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(
    ("content", "raw"),
    [
        (TEXT, "Title passes"),
        (b"BT /F 9 Tf [(Ti) -20 (tle)] TJ ET", "Title"),
        (b"BT /F 9 Tf (one) ' 1 2 (two) \" ET", "one two"),
        (b"BT /F 9 Tf <00290042> Tj ET", ""),  # codes of a font of its own
        (b"BI /W 1 /H 1 /BPC 1 /CS /G ID \x00 EI", ""),
    ],
)
def test_words_that_only_the_page_shows_are_left_to_a_person(reader: Any, content: bytes, raw: str) -> None:
    pdf = form()
    shows(pdf, "name", content)
    shows(pdf, "port", content)
    cells, _, _ = fold(reader.read(saved(pdf)), PLACES)
    found = [(one.state, one.value, one.raw, one.note) for one in cells if one.key in ("name", "port")]
    assert found == [("unread", None, raw, "only_shown")] * 2


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(
    "content",
    [
        BLANK,
        b"",
        b"/Tx BMC q BT /Helv 9 Tf 0 g () Tj ( ) Tj <> Tj [( ) 3 ()] TJ ET Q EMC",  # what programs draw of nothing
        b"0.9 g 0 0 99 18 re f 0 G 1 w 0 0 99 18 re S",  # ground and frame
        b"q /Tj gs Q % Tj",
    ],
)
def test_what_shows_no_words_is_blank(reader: Any, content: bytes) -> None:
    pdf = form()
    shows(pdf, "name", content)
    [found] = [one for one in fold(reader.read(saved(pdf)), PLACES)[0] if one.key == "name"]
    assert (found.state, found.value, found.note) == ("read", "", "")


def nested(pdf: Pdf, depth: int) -> Any:
    content = drawn(pdf, TEXT)
    for _ in range(depth):
        content = drawn(pdf, b"q /X Do Q", Resources=Dictionary(XObject=Dictionary(X=content)))
    return content


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(("depth", "raw"), [(1, "Title passes"), (3, "Title passes"), (9, "")])
def test_words_within_forms_within_forms_are_found(reader: Any, depth: int, raw: str) -> None:
    pdf = form()
    field(pdf, "name").AP = Dictionary(N=nested(pdf, depth))
    [found] = [one for one in fold(reader.read(saved(pdf)), PLACES)[0] if one.key == "name"]
    assert (found.state, found.raw, found.note) == ("unread", raw, "only_shown")


def test_a_picture_in_place_of_words_is_left_to_a_person() -> None:
    pdf = form()
    picture = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray)
    shows(pdf, "name", b"/P Do", Resources=Dictionary(XObject=Dictionary(P=picture)))
    assert cell(read(pdf), "name").note == "only_shown"


def test_an_appearance_that_holds_itself_ends() -> None:
    pdf = form()
    loop = drawn(pdf, b"/X Do")
    loop.Resources = Dictionary(XObject=Dictionary(X=loop))
    field(pdf, "name").AP = Dictionary(N=loop)
    assert cell(read(pdf), "name").state == "unread"


def test_what_cannot_be_unpacked_is_left_to_a_person() -> None:
    pdf = form()
    bomb = drawn(pdf, b"")
    bomb.write(zlib.compress(b" " * 2_000_000), filter=Name.FlateDecode)
    field(pdf, "name").AP = Dictionary(N=bomb)
    assert cell(read(pdf), "name").note == "only_shown"


def test_a_value_stands_whatever_its_appearance_shows() -> None:
    pdf = form()
    shows(pdf, "name", TEXT)
    field(pdf, "name").V = String("something else")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.note) == ("read", "something else", "")


def test_a_widget_of_its_own_is_looked_at() -> None:
    pdf = form()
    name = field(pdf, "name")
    widget = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=name.Rect, Parent=name))
    widget.AP = Dictionary(N=drawn(pdf, TEXT))
    name.Kids = Array([widget])
    page = pdf.pages[0].obj
    page.Annots = Array([widget if one.objgen == name.objgen else one for one in page.Annots])
    assert cell(read(pdf), "name").raw == "Title passes"


@pytest.mark.parametrize(
    "options", [{}, {"compress_streams": False}, {"recompress_flate": True}], ids=["packed", "plain", "packed anew"]
)
def test_an_appearance_as_issued_is_known_without_parsing(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = form()
    for name in ("name", "notes", "port"):
        shows(pdf, name, BLANK)
    monkeypatch.setattr(_appearance, "shown", None)
    assert cell(read(saved(pdf, **options)), "name").value == ""
