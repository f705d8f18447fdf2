"""Files within the file: each is told by its name, wherever it hangs; ours is not."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from formwright.raw import Stray
from formwright.readers import _attached, _pypdf, _qpdf
from formwright.readers._fold import fold
from readers.handmade import PLACES, codes, form, minted, put, read, saved


def paper(pdf: Pdf, name: str, content: bytes = b"paid", **entries: Any) -> Any:
    file = Dictionary(Type=Name.Filespec, F=String(name), EF=Dictionary(F=pdf.make_stream(content)), **entries)
    return pdf.make_indirect(file)


def named(pdf: Pdf, *files: Any) -> None:
    """Put files into the document's tree of names."""
    tree = pdf.Root.Names.EmbeddedFiles.Names
    for file in files:
        tree.append(file.F)
        tree.append(file)


def attached(strays: tuple[Stray, ...]) -> list[tuple[str, str, int]]:
    assert {stray.kind for stray in strays} <= {"attachment"}
    return [(stray.name, stray.value, stray.page) for stray in strays]


def everywhere() -> Pdf:
    """Return a form with a file at each place where one may hang, one of them at two."""
    pdf = form()
    both = paper(pdf, "both.pdf")
    named(pdf, *(paper(pdf, f"invoice-{number}.pdf") for number in range(6)), both)
    pdf.Root.AF = Array([pdf.Root.Names.EmbeddedFiles.Names[1], both, paper(pdf, "proof.pdf", Desc=String("of May"))])
    pdf.pages[1].obj.AF = Array([paper(pdf, "page.pdf")])
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[9, 9, 20, 20], Contents=String("as asked"))
    pin.FS = paper(pdf, "pinned.pdf")
    put(pdf, 2, pdf.make_indirect(pin))
    return pdf


EXPECTED = [
    ("pinned.pdf", "as asked", 2),
    *((f"invoice-{number}.pdf", "", 0) for number in range(6)),
    ("both.pdf", "", 0),
    ("proof.pdf", "of May", 0),
]


def test_each_attached_file_is_told_by_its_name() -> None:
    raw = read(everywhere())
    assert sorted(attached(raw.strays)) == sorted([*EXPECTED, ("page.pdf", "", 2)])
    [problem] = raw.problems
    assert (problem.code, ", and 5 more)" in problem.message) == ("active_content", True)


def test_the_second_reader_names_them_too() -> None:
    strays = fold(_pypdf.read(saved(everywhere())), PLACES)[1]
    assert sorted(attached(strays)) == sorted(EXPECTED)


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
def test_our_own_file_is_not_told(reader: Any) -> None:
    pdf = form()
    pdf.Root.AF = Array([pdf.Root.Names.EmbeddedFiles.Names[1]])
    assert fold(reader.read(saved(pdf)), PLACES)[1] == ()


@pytest.mark.parametrize("reader", [_qpdf, _pypdf], ids=["pikepdf", "pypdf"])
def test_another_file_of_the_name_of_ours_is_told(reader: Any) -> None:
    pdf = form()
    named(pdf, paper(pdf, "issue.txt", b"see the attached invoice"))
    assert attached(fold(reader.read(saved(pdf)), PLACES)[1]) == [("issue.txt", "", 0)]


def test_a_file_in_place_of_ours_is_told() -> None:
    pdf = form()
    for content in (b"not a token", minted().encode() + b" and more", b"x" * 2_000_000):
        pdf.Root.Names.EmbeddedFiles.Names[1] = paper(pdf, "issue.txt", content)
        assert attached(read(pdf).strays) == [("issue.txt", "", 0)]


def test_a_tree_of_names_is_walked_within_bounds() -> None:
    pdf = form()
    tree = pdf.Root.Names.EmbeddedFiles
    leaf = pdf.make_indirect(Dictionary(Names=Array([String("leaf.pdf"), paper(pdf, "leaf.pdf")])))
    loop = pdf.make_indirect(Dictionary())
    loop.Kids = Array([loop, leaf])
    tree.Kids = Array([loop])
    assert attached(read(pdf).strays) == [("leaf.pdf", "", 0)]


def test_beyond_a_limit_it_is_said_how_many_there_are() -> None:
    pdf = form()
    named(pdf, *(paper(pdf, f"{number}.pdf") for number in range(_attached.NAMED + 3)))
    *others, last = read(pdf).strays
    assert len(others) == _attached.NAMED - 1  # ours is counted, and not told
    assert (last.kind, last.value) == ("more", "4 more attached files")


def test_a_pin_without_a_file_is_told() -> None:
    pdf = form()
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, FS=String("by name only.pdf")))
    put(pdf, 1, Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Contents=String("lost")))
    raw = read(pdf)
    assert attached(raw.strays) == [("by name only.pdf", "", 1), ("", "lost", 1)]
    assert codes(raw) == {"active_content"}
