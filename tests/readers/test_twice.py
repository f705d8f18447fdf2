"""One place with several values: on and off the pages, on the field and on its widgets, in two readers' eyes.

T1 a filled field on no page beside one on a page   T2 a widget's own value   T3 readers that differ
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.raw import RawCell
from formwright.readers import _pypdf, _qpdf
from formwright.readers._fold import fold
from readers.handmade import PLACES, add, cell, codes, field, form, put, read, saved

# ---- T1 -----------------------------------------------------------------------------------------


def taken_off(pdf: Pdf, name: str) -> Any:
    """Take a field of text off its page, but not out of the file; return it."""
    gone = field(pdf, name)
    for page in pdf.pages:
        page.obj.Annots = Array([one for one in page.obj.Annots if one.objgen != gone.objgen])
    return gone


def copied(pdf: Pdf, name: str, page: int, **entries: Any) -> None:
    """Put a fresh field of the same name onto a page."""
    fresh = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(name), F=4))
    add(fresh, Rect=[72, 694, 200, 712], AP=Dictionary(N=pdf.make_stream(b"", Subtype=Name.Form)), **entries)
    pdf.Root.AcroForm.Fields.append(fresh)
    put(pdf, page, fresh)


@pytest.mark.parametrize(
    ("away", "here", "expected"),
    [
        ("typed", None, ("conflict", ("", "typed"), "doubled_field")),
        ("typed", "other", ("conflict", ("other", "typed"), "doubled_field")),
        ("typed", "typed", ("read", (), "doubled_field")),
        (None, "typed", ("read", (), "")),
        (None, None, ("read", (), "")),
    ],
)
def test_a_filled_field_on_no_page_is_not_dropped_for_one_on_a_page(
    away: str | None, here: str | None, expected: tuple[str, tuple[str, ...], str]
) -> None:
    pdf = form()
    gone = taken_off(pdf, "name")
    if away is not None:
        gone.V = String(away)
    copied(pdf, "name", 1, **({"V": String(here)} if here else {}))
    found = cell(read(pdf), "name")
    assert (found.state, found.values, found.note) == expected


def test_our_own_value_on_no_page_beside_a_blank_copy_is_a_conflict() -> None:
    pdf = form()
    taken_off(pdf, "given")
    copied(pdf, "given", 2)
    found = cell(read(pdf), "given")
    assert (found.state, found.values) == ("conflict", ("", "Ours to state"))


def test_a_choice_on_no_page_beside_a_blank_copy_is_not_dropped() -> None:
    pdf = form()
    group = field(pdf, "branch")
    group.V = Name.no
    fresh = pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=49152, T=String("branch"), V=Name.Off, Kids=Array()))
    for kid in group.Kids:
        twin = pdf.make_indirect(Dictionary(kid))
        add(twin, Parent=fresh, AS=Name.Off)
        fresh.Kids.append(twin)
    group.Kids[1].AS = Name.no
    old = {kid.objgen for kid in group.Kids}
    page = pdf.pages[1].obj
    page.Annots = Array([one for one in page.Annots if one.objgen not in old])
    for kid in fresh.Kids:
        page.Annots.append(kid)
    pdf.Root.AcroForm.Fields.append(fresh)
    found = cell(read(pdf), "branch")
    assert (found.state, found.values, found.note) == ("conflict", ((), ("no",)), "doubled_field")


def test_a_field_of_another_sort_beside_ours_is_not_told_as_the_same() -> None:
    pdf = form()
    field(pdf, "name").V = String("typed")
    copied(pdf, "name", 1, V=String("yes"))
    pdf.Root.AcroForm.Fields[-1].FT = Name.Sig
    found = cell(read(pdf), "name")
    assert (found.state, found.raw, found.note) == ("unread", "typed | yes", "type_changed")


def test_two_fields_on_no_page_are_kept() -> None:
    pdf = form()
    taken_off(pdf, "name").V = String("first")
    twin = pdf.make_indirect(Dictionary(FT=Name.Tx, Subtype=Name.Widget, T=String("name"), V=String("second")))
    pdf.Root.AcroForm.Fields.append(twin)
    found = cell(read(pdf), "name")
    assert (found.state, found.values, found.note) == ("conflict", ("first", "second"), "off_pages")


# ---- T2 -----------------------------------------------------------------------------------------


def parted(pdf: Pdf, *values: Any) -> None:
    """Give the field `name` widgets of its own, each with a value."""
    name = field(pdf, "name")
    home = pdf.pages[0].obj
    home.Annots = Array([one for one in home.Annots if one.objgen != name.objgen])
    name.Kids = Array()
    for value in values:
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=name.Rect, F=4, AP=name.AP)
        made = pdf.make_indirect(widget)
        add(made, Parent=name, **({"V": value} if value is not None else {}))
        name.Kids.append(made)
        put(pdf, 1, made)
    del name["/Subtype"]


def seen_by(reader: Any, pdf: Pdf, key: str) -> RawCell:
    cells, _, _ = fold(reader.read(saved(pdf)), PLACES)
    [found] = [one for one in cells if one.key == key]
    return found


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(
    ("own", "values"),
    [
        ((String("group says A"), String("kid says B")), ("group says A", "kid says B")),
        ((String("B"), String("C")), ("group says A", "B", "C")),
        ((String("group says A"), None), ()),
        ((String(""), String("group says A")), ()),
    ],
)
def test_a_widgets_own_value_that_differs_is_a_conflict(reader: Any, own: Any, values: tuple[str, ...]) -> None:
    pdf = form()
    field(pdf, "name").V = String("group says A")
    parted(pdf, *own)
    found = seen_by(reader, pdf, "name")
    if values:
        assert (found.state, found.values, found.note) == ("conflict", values, "kid_and_group_differ")
    else:
        assert (found.state, found.value, found.note) == ("read", "group says A", "")


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
@pytest.mark.parametrize(("own", "state"), [(Name.yes, "conflict"), (Name.no, "read"), (Name.Off, "read")])
def test_a_ticks_own_value_that_differs_from_its_groups_is_a_conflict(reader: Any, own: Any, state: str) -> None:
    pdf = form()
    group = field(pdf, "branch")
    group.V = group.Kids[1].AS = Name.no
    group.Kids[0].V = own
    found = seen_by(reader, pdf, "branch")
    assert (found.state, found.value) == (state, ("no",) if state == "read" else None)
    assert found.values == ((("no",), ("yes",)) if state == "conflict" else ())


# ---- T3 -----------------------------------------------------------------------------------------


def in_a_dictionary(pdf: Pdf) -> None:
    field(pdf, "name").V = Dictionary(X=String("an answer"))


def in_a_long_list(pdf: Pdf) -> None:
    field(pdf, "name").V = Array([String("x")] * 101)


@pytest.mark.parametrize(("change", "note"), [(in_a_dictionary, "odd_value"), (in_a_long_list, "too_long")])
def test_both_readers_leave_an_odd_value_to_a_person(change: Callable[[Pdf], None], note: str) -> None:
    pdf = form()
    change(pdf)
    found = [seen_by(reader, pdf, "name") for reader in (_qpdf, _pypdf)]
    assert [(one.state, one.note) for one in found] == [("unread", note)] * 2
    raw = read(pdf)
    assert (cell(raw, "name").state, codes(raw)) == ("unread", set())


@pytest.mark.parametrize("blind", ["first", "second"])
def test_what_one_reader_cannot_read_is_never_what_the_other_reads(blind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _pypdf.read

    def other(data: bytes) -> Any:
        seen = whole(data)
        [name] = seen.fields["name"]
        name.note, name.value = ("", "") if blind == "first" else ("too_long", "the beginning")
        return seen

    monkeypatch.setattr(_pypdf, "read", other)
    pdf = form()
    field(pdf, "notes").FT = Name.Sig  # so that the second reader is asked
    field(pdf, "name").V = Dictionary(X=String("an answer")) if blind == "first" else String("typed")
    raw = read(pdf)
    found = cell(raw, "name")
    assert (found.state, found.value, found.note) == ("unread", None, "readers_differ")
    assert found.values == (("",) if blind == "first" else ("typed",))
    assert [(one.code, one.key) for one in raw.problems] == [("readers_differ", "name")]
