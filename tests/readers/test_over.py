"""Comments over places: an empty place under ink or words is left to a person, and the comment says where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.readers import _pypdf, _qpdf
from formwright.readers._fold import fold
from readers.handmade import PLACES, cell, field, form, put, read, saved

NAME = [72, 694, 200, 712]
"""The box of `name` on page 1; the ticks of `branch` on page 2 stand at 712, 692 and 672, each 18 high."""


def over(subtype: str, rectangle: list[float], page: int = 1, **entries: Any) -> Pdf:
    pdf = form()
    put(
        pdf,
        page,
        pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=rectangle, **entries)),
    )
    return pdf


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(
    ("subtype", "entries"),
    [
        ("FreeText", {}),
        ("Stamp", {}),
        ("Ink", {"InkList": Array([Array([90, 700, 110, 705]), Array([110, 705, 120, 697])])}),
        ("Line", {"L": Array([80, 700, 190, 700])}),
        ("Polygon", {"Vertices": Array([80, 700, 90, 705, 100, 696])}),
        ("Square", {}),
        ("Highlight", {"QuadPoints": Array([72, 712, 200, 712, 72, 694, 200, 694])}),
        ("StrikeOut", {"QuadPoints": Array([72, 712, 200, 712, 72])}),  # cut short: its whole box counts
    ],
)
def test_a_place_under_a_comment_is_not_blank(reader: Any, subtype: str, entries: dict[str, Any]) -> None:
    pdf = over(subtype, NAME, Contents=String("We take title"), **entries)
    cells, strays, _ = fold(reader.read(saved(pdf)), PLACES)
    found = cells[0]
    assert (found.key, found.state, found.raw, found.note) == ("name", "unread", "We take title", "drawn_over")
    assert [(one.name, one.value, one.page) for one in strays] == [(f"{subtype}, at name", "We take title", 1)]
    assert [one.state for one in cells[1:]] == ["read"] * (len(cells) - 1)


@pytest.mark.parametrize(
    ("subtype", "rectangle", "entries"),
    [
        ("Text", NAME, {}),  # a note's icon
        ("Popup", NAME, {"Contents": String("words")}),
        ("Link", NAME, {"Contents": String("words")}),
        ("FreeText", [72, 712, 200, 730], {}),  # above the place
        ("FreeText", [190, 690, 330, 716], {}),  # beside it, and a little over its end
        ("Ink", NAME, {"InkList": Array([Array([10, 10, 20, 20])])}),  # its strokes are elsewhere
        ("Square", [72], {}),
        ("Square", ["x", 694, 200, 712], {}),
    ],
)
def test_a_comment_that_is_not_over_a_place_leaves_it_alone(
    subtype: str, rectangle: list[Any], entries: dict[str, Any]
) -> None:
    raw = read(over(subtype, [String(one) if isinstance(one, str) else one for one in rectangle], **entries))
    assert {one.state for one in raw.cells} == {"read"}
    assert all("," not in one.name for one in raw.strays)


def test_a_box_that_is_given_from_corner_to_corner_is_the_same() -> None:
    assert cell(read(over("FreeText", [200, 712, 72, 694])), "name").state == "unread"


def test_a_small_mark_in_a_large_place_is_meant_for_it() -> None:
    pdf = form()
    field(pdf, "notes").Rect = [72, 300, 500, 680]
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[80, 600, 200, 615], Contents=String("here")))
    assert cell(read(pdf), "notes").raw == "here"


def test_a_mark_on_an_option_is_one_on_the_choice() -> None:
    raw = read(over("Ink", [74, 676, 84, 686], page=2))
    assert (cell(raw, "branch").state, cell(raw, "branch").note) == ("unread", "drawn_over")
    assert [one.name for one in raw.strays] == ["Ink, at branch"]
    media = read(over("Ink", [74, 575, 84, 590], page=2))
    assert (cell(media, "media").state, cell(media, "media").note) == ("unread", "drawn_over")


def test_a_value_under_a_comment_stands_and_says_so() -> None:
    pdf = over("StrikeOut", NAME)
    field(pdf, "name").V = String("typed")
    found = cell(read(pdf), "name")
    assert (found.state, found.value, found.note) == ("read", "typed", "drawn_over")


def test_one_comment_over_many_places_names_some() -> None:
    raw = read(over("Stamp", [0, 0, 612, 792], page=2))
    assert [one.name for one in raw.strays] == ["Stamp, at branch, port, media and 1 more"]
    assert {one.key: one.state for one in raw.cells}["name"] == "read"


def test_a_comment_moves_with_its_page() -> None:
    pdf = over("FreeText", NAME)
    pdf.pages[0].obj.Rotate = 90
    pdf.pages.reverse()
    assert cell(read(pdf), "name").note == "drawn_over"
