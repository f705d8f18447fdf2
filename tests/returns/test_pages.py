"""Words drawn onto a page: which places they take from blank to unread, and when pages are compared at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formwright.issue import Issued, IssuedFile
from formwright.layout import Value
from formwright.raw import Compared, Drawn, Identified, RawCell, RawReturn, Stray
from formwright.returns.pages import are_ours, as_shown, drawn_over

STRAY = Stray(name="text drawn onto the page, at k", value="words", page=1, kind="page text")

FILE = IssuedFile(
    name="f",
    format="pdf",
    sha256="",
    size=0,
    layout_fingerprint="",
    pages=((612.0, 792.0),) * 2,
    fields=(),
    prints=("a", "b"),
)


def over(value: Value, issued: Value | None, code: str = "") -> RawCell:
    cell = RawCell(key="k", state="read", value=value, raw="as it stood")
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=(cell, RawCell(key="l", state="missing")))
    compared = Compared(strays=(STRAY,), drawn=(Drawn(key="k", text="words", code=code), Drawn(key="l", text="x")))
    found = drawn_over(raw, compared, {"k": issued})
    assert found.strays == (STRAY,)
    assert found.cells[1] == raw.cells[1]
    return found.cells[0]


@pytest.mark.parametrize(
    ("value", "issued", "code", "raw"),
    [
        ("", None, "", "words"),
        ((), None, "no", "words (no)"),
        (False, None, "", "words"),
        ("as we know it", "as we know it", "", "words"),
        (("yes",), "yes", "no", "words (no)"),
    ],
)
def test_a_place_that_says_nothing_of_its_own_is_left_to_a_person(
    value: Value, issued: Value | None, code: str, raw: str
) -> None:
    found = over(value, issued, code)
    assert (found.state, found.value, found.raw, found.note) == ("unread", None, raw, "drawn_over")


@pytest.mark.parametrize(("value", "issued"), [("typed", None), ("typed", "as we know it"), (True, None)])
def test_what_was_typed_stands(value: Value, issued: Value | None) -> None:
    found = over(value, issued)
    assert (found.state, found.value, found.note) == ("read", value, "drawn_over")


def test_ink_without_words_is_left_to_a_person_too() -> None:
    cell = RawCell(key="k", state="read", value=False)
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=(cell,))
    inked = Compared(drawn=(Drawn(key="k", text="", code="no"), Drawn(key="k", text="")))
    [found] = drawn_over(raw, inked, {}).cells
    assert (found.state, found.value, found.raw, found.note) == ("unread", None, "(no)", "drawn_over")


def issued_as(kind: str, value: Value | None) -> IssuedFile:
    places = (Issued(key="k", name="k", kind=kind, page=1, box=(0.0, 0.0, 9.0, 9.0), value=value),)
    return replace(FILE, fields=places)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        (RawCell(key="k", state="read", value="ours", note="drawn_over"), "ours", ("unread", None, "drawn_over")),
        (RawCell(key="k", state="read", value=("yes",), note="drawn_over"), "yes", ("unread", None, "drawn_over")),
        (RawCell(key="k", state="read", value="typed", note="drawn_over"), "ours", ("read", "typed", "drawn_over")),
        (RawCell(key="k", state="unread", raw="ours", note="only_shown"), "ours", ("read", "", "only_shown")),
        (RawCell(key="k", state="unread", raw="typed", note="only_shown"), None, ("unread", None, "only_shown")),
        (RawCell(key="k", state="read", value="ours"), "ours", ("read", "ours", "")),
    ],
)
def test_what_a_page_shows_is_weighed_with_what_was_issued(
    cell: RawCell, value: Value | None, expected: tuple[str, Value | None, str]
) -> None:
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=(cell, RawCell(key="other", state="missing")))
    found = as_shown(raw, issued_as("line", value))
    assert (found.cells[0].state, found.cells[0].value, found.cells[0].note) == expected
    assert found.cells[1] == raw.cells[1]


def test_an_emptied_list_is_no_choice() -> None:
    cell = RawCell(key="k", state="unread", note="only_shown")
    raw = RawReturn(format="pdf", method="acroform", producer="", cells=(cell,))
    assert as_shown(raw, issued_as("list", "sea")).cells[0].value == ()


@pytest.mark.parametrize(
    ("pages", "prints", "ours"),
    [
        (2, ("a", "b"), True),
        (2, ("b", "a"), True),  # moved
        (1, ("b",), True),  # left out
        (2, ("a", "c"), False),
        (2, (), False),  # not taken: by the second reader
    ],
)
def test_pages_are_compared_only_where_one_differs(pages: int, prints: tuple[str, ...], ours: bool) -> None:
    assert are_ours(Identified(tokens=(), pages=pages, prints=prints), FILE) is ours
