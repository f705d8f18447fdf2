"""What was drawn onto the pages themselves, with the fields left in place ("Fill & Sign", a print shop's merge).

P1 hashes   P2 the same written otherwise: nothing   P3 words added   P4 words taken away   P5 ink   P6 whole pages
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from formwright.raw import Compared
from formwright.readers import _pages
from formwright.readers.pdf import PdfReader
from readers.handmade import PLACES, field, form, saved

PRINTED = ("72 700 Td (Name of the company) Tj", "72 660 Td (Notes) Tj")


def drawn(pdf: Pdf, page: int, *texts: str, ink: str = "") -> None:
    """Draw texts (operators from a position on) and lines onto a page, after what is there."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    home = pdf.pages[page - 1]
    home.obj.Resources = Dictionary(Font=Dictionary(F=font))
    words = "\n".join(f"BT /F 11 Tf {text} ET" for text in texts)
    home.contents_add(pdf.make_stream(f"q\n{words}\n{ink}\nQ".encode()))


def printed() -> Pdf:
    """Return the form with words on its pages, as if it were issued so."""
    pdf = form()
    drawn(pdf, 1, *PRINTED)
    drawn(pdf, 2, "72 700 Td (Page two) Tj", ink="72 600 m 300 600 l S")
    return pdf


def compared(pdf: Pdf | bytes, issued: Pdf | None = None) -> Compared:
    data = pdf if isinstance(pdf, bytes) else saved(pdf)
    return PdfReader().compare(data, saved(issued or printed()), PLACES)


def prints(pdf: Pdf, **options: Any) -> Sequence[str]:
    return PdfReader().identify(saved(pdf, **options)).prints


# ---- P1, P2 -------------------------------------------------------------------------------------


def test_filling_in_fields_changes_no_hash_and_drawing_changes_that_of_its_page() -> None:
    issued = prints(printed())
    assert len(set(issued)) == 2
    filled, changed = printed(), printed()
    field(filled, "name").V = pikepdf.String("typed")
    drawn(changed, 2, "100 500 Td (Yes) Tj")
    assert prints(filled) == issued
    assert prints(changed)[0] == issued[0]
    assert prints(changed)[1] != issued[1]


@pytest.mark.parametrize(
    "options",
    [
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.all},
        {"recompress_flate": True},
        {"qdf": True},
        {"encryption": pikepdf.Encryption(owner="o", user="")},
    ],
    ids=["unpacked", "packed anew", "qdf", "encrypted"],
)
def test_a_content_packed_otherwise_is_the_same(options: dict[str, Any]) -> None:
    assert compared(saved(printed(), **options)) == Compared()


def test_a_content_written_otherwise_is_the_same() -> None:
    pdf = form()
    drawn(pdf, 1, *reversed(PRINTED))
    drawn(pdf, 2, "72.004 700.0 Td [(Pa) 0 (ge two)] TJ", ink="0 0 0 RG 72.0 600.0 m 300 600 l S % a line")
    assert prints(pdf) != prints(printed())
    assert compared(pdf) == Compared()


def test_more_than_is_looked_at_is_compared_and_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_pages, "_BYTES", 10)
    assert set(prints(printed())) == {""}
    assert compared(printed()) == Compared()


# ---- P3, P4 -------------------------------------------------------------------------------------


def test_added_words_are_strays_with_their_place() -> None:
    pdf = printed()
    drawn(pdf, 1, "80 700 Td (Lantern & Loom) Tj", "300 300 Td (see letter) Tj 0 -13 Td (of March) Tj")
    found = compared(pdf)
    assert [(one.kind, one.name, one.value, one.page) for one in found.strays] == [
        ("page text", "text drawn onto the page, at name", "Lantern & Loom", 1),
        ("page text", "text drawn onto the page", "see letter\nof March", 1),
    ]
    assert [(one.key, one.code, one.text) for one in found.drawn] == [("name", "", "Lantern & Loom")]
    assert found.problems == ()


def test_a_cross_typed_onto_an_option_names_the_option() -> None:
    pdf = printed()
    drawn(pdf, 2, "80 680 Td (X) Tj")  # the box of `no` is 100 to 118 points below the top
    [stray] = compared(pdf).strays
    assert (stray.name, stray.value, stray.page) == ("text drawn onto the page, at branch#no", "X", 2)


@pytest.mark.parametrize("how", ["3 Tr", "1 1 1 rg"], ids=["invisible", "white"])
def test_words_that_nobody_sees_are_found_too(how: str) -> None:
    pdf = printed()
    drawn(pdf, 1, f"{how} 300 300 Td (hidden words) Tj")
    assert [one.value for one in compared(pdf).strays] == ["hidden words"]


def test_words_of_ours_that_are_gone_are_a_problem() -> None:
    pdf = form()
    drawn(pdf, 1, PRINTED[0])
    drawn(pdf, 2, "72 700 Td (Page two) Tj", ink="72 600 m 300 600 l S")
    [problem] = compared(pdf).problems
    assert (problem.code, problem.severity) == ("page_changed", "warning")
    assert "on page 1 words of ours are missing (“Notes”)" in problem.message


def test_a_word_put_in_place_of_another_is_told_on_both_sides() -> None:
    pdf = form()
    drawn(pdf, 1, PRINTED[0], "72 660 Td (Price) Tj")
    drawn(pdf, 2, "72 700 Td (Page two) Tj", ink="72 600 m 300 600 l S")
    found = compared(pdf)
    assert [problem.code for problem in found.problems] == ["page_changed"]
    assert [stray.value for stray in found.strays] == ["Price"]


def test_a_page_that_was_scaled_is_compared_by_its_words() -> None:
    pdf = form()
    drawn(pdf, 1, "0.8 0 0 0.8 100 500 Tm (Name of the company) Tj 0 -40 Td (Notes on it) Tj")
    drawn(pdf, 2, "72 700 Td (Page two) Tj", ink="72 600 m 300 600 l S")
    found = compared(pdf)
    assert [stray.value for stray in found.strays] == ["on it"]
    assert [problem.code for problem in found.problems] == ["page_changed"]


# ---- P5, P6 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ink", "key"),
    [
        ("80 694 m 92 704 l S", "name"),
        ("1 1 1 rg 70 690 200 30 re f", "name"),
        ("q 20 0 0 20 300 300 cm /X Do Q", ""),
    ],
    ids=["a stroke", "white over our words", "a drawing by reference"],
)
def test_added_ink_is_a_problem(ink: str, key: str) -> None:
    pdf = printed()
    drawn(pdf, 1, ink=ink)
    shape = pdf.make_stream(b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=shape)
    found = compared(pdf)
    assert found.strays == ()
    where = f", at {key}" if key else ""
    assert [problem.message for problem in found.problems] == [
        f"The pages themselves are not as issued: on page 1 something is drawn that is not ours{where}."
    ]
    assert [(one.key, one.code, one.text) for one in found.drawn] == ([(key, "", "")] if key else [])


SCRIBBLE = "179 700 m 182 708 l 185 698 l 188 708 l 191 698 l 196 708 l S"


@pytest.mark.parametrize(
    "pen",
    ["1 w 0 G", "0.2 w 0 G", "1 w 0.65 G", "1 w 0.85 G", "1.2 w 0.2 0.7 1 RG", "1 w 1 1 0 RG"],
    ids=["black", "a hair", "grey", "pale grey", "light blue", "yellow"],
)
def test_pale_and_thin_ink_is_told_with_its_place(pen: str) -> None:
    pdf = printed()
    drawn(pdf, 1, ink=f"{pen} {SCRIBBLE}")
    found = compared(pdf)
    assert [one.key for one in found.drawn] == ["name"]
    assert [problem.code for problem in found.problems] == ["page_changed"]


def test_ink_on_an_option_names_it_and_no_other() -> None:
    pdf = printed()
    drawn(pdf, 2, ink="1 w 76 676 m 86 688 l 96 676 l S")  # the box of `no` is 100 to 118 points below the top
    assert [(one.key, one.code) for one in compared(pdf).drawn] == [("branch", "no")]


def test_the_frame_of_a_place_is_not_in_it() -> None:
    pdf = printed()
    drawn(pdf, 1, ink="1 w 72 694 128 18 re S")
    found = compared(pdf)
    assert found.drawn == ()
    assert [problem.code for problem in found.problems] == ["page_changed"]


def test_numbers_rounded_to_a_tenth_of_a_point_make_no_ink() -> None:
    pdf = form()
    drawn(pdf, 1, "72.04 699.96 Td (Name of the company) Tj", "71.95 660.05 Td (Notes) Tj")
    drawn(pdf, 2, "72 700 Td (Page two) Tj", ink="72.05 600.05 m 299.95 600.05 l S")
    assert compared(pdf) == Compared()


def test_ink_beside_added_words_is_told_too() -> None:
    pdf = printed()
    drawn(pdf, 1, "300 300 Td (see letter) Tj", ink="80 500 m 120 520 l S")
    found = compared(pdf)
    assert [stray.value for stray in found.strays] == ["see letter"]
    assert [problem.code for problem in found.problems] == ["page_changed"]


def test_the_words_of_an_added_page_are_strays() -> None:
    pdf = printed()
    pdf.add_blank_page(page_size=(612, 792))
    drawn(pdf, 3, "72 700 Td (an annex) Tj")
    found = compared(pdf)
    assert [(one.value, one.page) for one in found.strays] == [("an annex", 3)]
    assert found.problems == ()  # that there are more pages is told elsewhere


def test_a_page_left_out_or_moved_is_no_difference() -> None:
    pdf = printed()
    pdf.pages.reverse()
    assert compared(pdf) == Compared()
    del pdf.pages[0]
    assert compared(pdf) == Compared()


def test_a_moved_page_is_compared_with_the_one_whose_fields_it_has() -> None:
    pdf = printed()
    drawn(pdf, 2, "300 300 Td (see letter) Tj")
    pdf.pages.reverse()
    assert [(one.value, one.page) for one in compared(pdf).strays] == [("see letter", 1)]


def test_a_page_of_another_document_is_told() -> None:
    pdf = printed()
    pdf.pages[1].obj.Contents = pdf.make_stream(b"")
    pdf.pages[1].obj.Annots = pikepdf.Array()
    assert [problem.code for problem in compared(pdf).problems] == ["page_changed"]
