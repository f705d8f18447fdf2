"""Fields that stand beside other words than those that they were issued for.

M1  a field that says something and stands elsewhere is noted, with its value kept.
M2  what happens to a page as a whole is no difference.
M3  a list that shows other words for its value is noted.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pikepdf import Array, Name, Pdf, String

from readers.handmade import cell, field, form, put, read

FAR = Array([Decimal("9" * 400)] * 4)


def filled() -> Pdf:
    """Return the form with something in every place."""
    pdf = form()
    for name in ("name", "notes"):
        field(pdf, name).V = String(f"words of {name}")
    field(pdf, "port").V = String("air")
    for name, state in (("agree", Name.on), ("media#paper", Name.paper)):
        field(pdf, name).V = field(pdf, name).AS = state
    group = field(pdf, "branch")
    group.V = group.Kids[0].AS = Name.yes
    return pdf


def notes(pdf: Pdf) -> dict[str, str]:
    """Return the notes of a return by key; each value is as it was filled in."""
    raw = read(pdf)
    said = {one.key: one.value for one in raw.cells}
    assert said == {
        "name": "words of name",
        "notes": "words of notes",
        "agree": True,
        "branch": ("yes",),
        "port": ("air",),
        "media": ("paper",),
        "given": "Ours to state",
    }
    return {one.key: one.note for one in raw.cells if one.note}


def exchange(one: Any, other: Any) -> None:
    one.Rect, other.Rect = Array(list(other.Rect)), Array(list(one.Rect))


# ---- M1 -----------------------------------------------------------------------------------------


def test_fields_in_their_places_have_no_note() -> None:
    assert notes(filled()) == {}


def test_two_fields_that_changed_places_are_noted() -> None:
    pdf = filled()
    exchange(field(pdf, "name"), field(pdf, "notes"))
    assert notes(pdf) == {"name": "moved", "notes": "moved"}


def test_the_ticks_of_a_question_that_changed_places_are_noted() -> None:
    pdf = filled()
    kids = field(pdf, "branch").Kids
    exchange(kids[0], kids[1])
    assert notes(pdf) == {"branch": "moved"}


def test_a_tick_that_means_another_answer_in_its_place_is_noted() -> None:
    pdf = filled()
    kids = field(pdf, "branch").Kids
    kids[0].AS, kids[1].AS = Name.Off, Name.yes
    kids[0].AP.N, kids[1].AP.N = kids[1].AP.N, kids[0].AP.N
    assert notes(pdf) == {"branch": "moved"}


def test_ticks_in_another_order_in_the_file_have_no_note() -> None:
    pdf = filled()
    group = field(pdf, "branch")
    group.Kids = Array(reversed(list(group.Kids)))
    assert notes(pdf) == {}


def test_ticks_of_several_that_changed_places_are_noted() -> None:
    pdf = filled()
    exchange(field(pdf, "media#paper"), field(pdf, "media#disk"))
    assert notes(pdf) == {"media": "moved"}


def test_fields_of_the_same_place_that_changed_pages_are_noted() -> None:
    pdf = filled()  # "name" stands on page 1 where "branch: yes" does on page 2
    for page in pdf.pages:
        page.obj.Annots = Array([one for one in page.obj.Annots if one.get("/T") != "name"])
    put(pdf, 2, field(pdf, "name"))
    assert notes(pdf) == {"name": "moved"}


@pytest.mark.parametrize("rectangle", [None, 7, Array([]), Array([1, 2, 3]), String("72 80 200 98"), FAR])
def test_a_field_whose_rectangle_is_none_is_noted(rectangle: Any) -> None:
    pdf = filled()
    del field(pdf, "name").Rect
    if rectangle is not None:
        field(pdf, "name").Rect = rectangle
    assert notes(pdf) == {"name": "moved"}


def test_an_empty_field_says_nothing_wherever_it_stands() -> None:
    pdf = form()
    exchange(field(pdf, "name"), field(pdf, "notes"))
    assert {cell(read(pdf), key).note for key in ("name", "notes")} == {""}


# ---- M2 -----------------------------------------------------------------------------------------


def rounded(pdf: Pdf) -> None:
    for page in pdf.pages:
        for one in page.obj.Annots:
            one.Rect = Array([float(part) + 2.5 for part in one.Rect])


def other_corners(pdf: Pdf) -> None:
    for page in pdf.pages:
        for one in page.obj.Annots:
            one.Rect = Array([one.Rect[2], one.Rect[3], one.Rect[0], one.Rect[1]])


def turned_and_cropped(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj.Rotate = 90
        page.obj.CropBox = Array([20, 20, 500, 700])


def shifted(pdf: Pdf) -> None:
    for one in pdf.pages[1].obj.Annots:
        one.Rect = Array([float(part) + 40 for part in one.Rect])


def in_another_order(pdf: Pdf) -> None:
    pdf.pages.reverse()


def behind_a_cover(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(612, 792))
    pdf.pages.insert(0, pdf.pages[-1])


@pytest.mark.parametrize(
    "change", [rounded, other_corners, turned_and_cropped, shifted, in_another_order, behind_a_cover]
)
def test_what_happens_to_whole_pages_is_no_difference(change: Callable[[Pdf], None]) -> None:
    pdf = filled()
    change(pdf)
    assert notes(pdf) == {}


def test_a_field_that_moved_on_a_shifted_page_is_noted() -> None:
    pdf = filled()
    shifted(pdf)
    exchange(field(pdf, "media#paper"), field(pdf, "media#disk"))
    assert notes(pdf) == {"media": "moved"}


# ---- M3 -----------------------------------------------------------------------------------------


def options(pdf: Pdf, *pairs: tuple[str, str]) -> None:
    field(pdf, "port").Opt = Array([Array([String(code), String(words)]) for code, words in pairs])


def test_a_list_with_its_words_exchanged_is_noted() -> None:
    pdf = filled()
    options(pdf, ("sea", "Airport"), ("air", "Sea port"))
    assert notes(pdf) == {"port": "words_changed"}


@pytest.mark.parametrize("words", ["Airport", " Air port ", "air"])
def test_a_list_with_our_words_for_its_value_has_no_note(words: str) -> None:
    pdf = filled()
    options(pdf, ("air", words), ("sea", "Other words"))
    assert notes(pdf) == {}


def test_a_list_that_holds_the_words_shows_them_whatever_its_options_say() -> None:
    pdf = filled()
    field(pdf, "port").V = String("Airport")
    options(pdf, ("sea", "Airport"), ("air", "Sea port"))
    assert notes(pdf) == {}
