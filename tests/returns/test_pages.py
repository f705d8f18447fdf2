"""Words drawn onto a page: which places they take from blank to unread, and when pages are compared at all."""

from __future__ import annotations

import pytest

from formwright.issue import IssuedFile
from formwright.layout import Value
from formwright.raw import Compared, Drawn, Identified, RawCell, RawReturn, Stray
from formwright.returns.pages import are_ours, drawn_over

STRAY = Stray(name="text drawn onto the page, at k", value="words", page=1, kind="page text")


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
    assert (found.state, found.value, found.note) == ("read", value, "")


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
    file = IssuedFile(
        name="f",
        format="pdf",
        sha256="",
        size=0,
        layout_fingerprint="",
        pages=((612.0, 792.0),) * 2,
        fields=(),
        prints=("a", "b"),
    )
    assert are_ours(Identified(tokens=(), pages=pages, prints=prints), file) is ours
