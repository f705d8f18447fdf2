"""The faces of the page's own text.

F1  no face of the machine gets into a file, whatever the wording.
F2  a character that no face has is an error with its name, place and cure; never an empty box.
F3  Chinese, Japanese and Korean wording is set with the faces of the fonts folder, which are part of the cache's key.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import layouts
import tagged
from formwright import resources
from formwright.errors import Faults
from formwright.layout import (
    Block,
    Column,
    Field,
    Figure,
    Grid,
    Group,
    Heading,
    Layout,
    Line,
    List,
    ManyOf,
    Note,
    Option,
    Para,
    Row,
    Run,
    Tick,
)
from formwright.writers.pdf import cache, compile, faces
from formwright.writers.pdf.fonts import Fonts

FOLDER = Path(__file__).parents[3] / ".cache" / "fonts"
ALONE = Fonts.packaged(None)
LATIN = "Ünïçødé “quotes” – Žluťoučký Ελληνικά Кириллица ☐ № ≤ €"

needs_faces = pytest.mark.skipif(
    not (FOLDER / "DroidSansFallbackFull.ttf").is_file() or not (FOLDER / "NanumGothic.ttf").is_file(),
    reason="needs the faces that ./run setup puts into .cache/fonts",
)


def asked(*blocks: Block) -> Layout:
    return layouts.layout(layouts.section("A", "Section", layouts.item("A.1", "A question.", *blocks, anchor="one")))


def embedded(template: bytes) -> set[str]:
    """Return the names of all fonts of a file, without the tag of a subset."""
    with pikepdf.open(io.BytesIO(template)) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        names = {str(font.BaseFont) for font in fonts if font.get("/Type") == pikepdf.Name.Font}
    return {name.lstrip("/").rpartition("+")[2] for name in names}


def text_of(template: bytes) -> str:
    document = pypdfium2.PdfDocument(template)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


# ---- F1 packaged faces alone --------------------------------------------------------------------

OURS = {
    "Public-Sans",
    "Public-Sans-Italic",
    "Public-Sans-Semi-Bold",
    "Public-Sans-Bold",
    "Formwright-Field",
    "NotoSansField-Regular",
    "ZapfDingbats",
}


def test_only_our_faces_are_in_a_file() -> None:
    for template in (compile(layouts.stress(), 1).template, compile(asked(Para(runs=(Run(LATIN),)))).template):
        assert embedded(template) - OURS == set()


def test_wording_in_all_our_scripts_is_set_and_found_again() -> None:
    template = compile(asked(Para(runs=(Run(LATIN),)))).template
    assert LATIN in " ".join(text_of(template).split())
    assert "Formwright-Field" in embedded(template)


def test_weasyprint_is_given_no_face_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the check lets a character through, no other face is found for it."""
    monkeypatch.setattr(faces, "extras", lambda layout, fonts: ())
    template = compile(asked(Para(runs=(Run("\u6df1\u5733 \u0928 \u05e9"),)))).template
    assert embedded(template) - OURS == set()


def test_every_packaged_cut_has_the_same_characters() -> None:
    for char in "Aé“”–’…•§½":
        assert char in faces.page_characters()
    assert "\u0416" not in faces.page_characters()


# ---- F2 characters that no face has -------------------------------------------------------------

BAD = "\U0001f600"
TICK = Tick(key="one.tick", name="A.1", label="Yes", quiet=BAD)
OPTIONS = (Option(code="a", label="A"), Option(code="b", label=BAD))
GRID = Grid(columns=(Column(title="Name"),), rows=(Row(id="r1", cells=((Run("x"),),)),), name="A.1")


@pytest.mark.parametrize(
    ("block", "where", "item"),
    [
        (Para(runs=(Run(f"Words {BAD}"),)), "A.1:", "one"),
        (List(entries=((Run("Fine"),), (Run(BAD),))), "A.1:", "one"),
        (Note(title=BAD, runs=()), "A.1:", "one"),
        (Heading(text=f"Part {BAD}"), f'the heading "Part {BAD}":', "one"),
        (Group(role="part", runs=(Run(BAD),)), "A.1:", "one"),
        (Group(role="part", help=(Run(BAD),)), "A.1:", "one"),
        (Field(control=Line(key="two.name", name="A.1", label=BAD)), "two.name:", "two"),
        (Field(control=Line(key="two.name", name="A.1", description=BAD)), "two.name:", "two"),
        (Field(control=ManyOf(key="one.many", name="A.1", options=OPTIONS)), "one.many:", "one"),
        (Field(control=TICK), "one.tick:", "one"),
        (Figure(alternative="A line", caption=BAD), f'the figure "{BAD}":', "one"),
        (Figure(alternative="A line", svg=f"<svg><text>{BAD}</text></svg>"), 'the figure "A line":', "one"),
        (Figure(alternative="A line", specimen=BAD), 'the figure "A line":', "one"),
        (replace(GRID, columns=(Column(title=BAD),)), f'A.1, the column "{BAD}":', "one"),
        (replace(GRID, row_title=BAD), f'A.1, the column "{BAD}":', "one"),
        (replace(GRID, rows=(Row(id="r1", head=BAD, cells=((),)),)), f'A.1, the row "{BAD}":', "one"),
        (replace(GRID, rows=(Row(id="r1", cells=((Run(BAD),),)),)), "A.1:", "one"),
        (replace(GRID, rows=(Row(id="r1", cells=((),), under=(TICK,)),)), "one.tick:", "one"),
    ],
)
def test_a_character_without_a_face_is_an_error_where_it_stands(block: Block, where: str, item: str) -> None:
    with pytest.raises(Faults) as caught:
        compile(asked(block))
    (fault,) = caught.value.faults
    assert (fault.code, fault.item) == ("no_glyph", item)
    assert fault.message.startswith(f"{where} the character U+1F600 (GRINNING FACE) is in none of our fonts")
    assert fault.fix


@pytest.mark.parametrize(
    ("part", "where"), [("title", "the title"), ("running", "the running head"), ("foot", "the foot")]
)
def test_furniture_is_checked_too(part: str, where: str) -> None:
    with pytest.raises(Faults, match=rf"^{where}: the character U\+1F600"):
        faces.extras(replace(asked(), **{part: BAD}), ALONE)


def test_notices_and_words_are_checked_too() -> None:
    with pytest.raises(Faults) as caught:
        faces.extras(replace(asked(), notices=(BAD,), words={**layouts.WORDS, "page": BAD}), ALONE)
    assert [fault.message.split(":")[0] for fault in caught.value.faults] == ["the notices", 'the words "page"']


def test_all_texts_are_named_at_once_each_with_the_first_of_its_sort() -> None:
    with pytest.raises(Faults) as caught:
        faces.extras(asked(Para(runs=(Run(f"{BAD}\U0001f601 \u05e9\u05ea"),)), Heading(text=BAD)), ALONE)
    assert [fault.code for fault in caught.value.faults] == ["no_glyph", "needs_shaping", "no_glyph"]


def test_what_is_only_spoken_needs_no_face() -> None:
    assert faces.extras(asked(Field(control=Line(key="one.name", name=BAD)), Figure(alternative=BAD)), ALONE) == ()


def test_a_missing_face_is_named_with_its_cure() -> None:
    with pytest.raises(Faults) as caught:
        compile(asked(Para(runs=(Run("\u6df1\u5733"),))))
    (fault,) = caught.value.faults
    assert (fault.code, fault.item) == ("no_font", "one")
    assert "U+6DF1 (CJK UNIFIED IDEOGRAPH-6DF1) needs DroidSansFallbackFull.ttf" in fault.message
    assert "fonts-droid-fallback" in fault.fix


# ---- F3 Chinese, Japanese, Korean ---------------------------------------------------------------

WORDS = "\u6df1\u5733 Shenzhen \u304b\u306a \ud55c\uad6d \u0416"


@needs_faces
def test_wording_in_other_scripts_is_set_with_the_faces_of_the_folder() -> None:
    specimen = Figure(alternative="Specimen", specimen="\u6837\u4f8b", caption="Like this")
    template = compile(asked(Para(runs=(Run(WORDS),)), specimen), 0, Fonts.packaged(FOLDER)).template
    assert embedded(template) - OURS == {"Formwright-Other-A", "Formwright-Other-B"}
    text = " ".join(text_of(template).split())
    assert WORDS in text
    assert "\u6837\u4f8b" in text
    assert tagged.validator_failures(template) == []
    with pikepdf.open(io.BytesIO(template)) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Encoding" in thing]
        assert {str(font.Encoding) for font in fonts} == {"/Identity-H"}  # WeasyPrint maps missing glyphs otherwise


@needs_faces
def test_the_faces_of_the_folder_are_in_the_key_of_the_cache_where_they_are_used() -> None:
    fonts = Fonts.packaged(FOLDER)
    assert cache.key(asked(), 0, fonts) == cache.key(asked(), 0)
    korean, chinese = (asked(Para(runs=(Run(words),))) for words in ("\ud55c", "\u6df1"))
    (one,), (other,) = (faces.extras(layout, fonts) for layout in (korean, chinese))
    listed = {face.file: face.sha256 for face in fonts.fallbacks}
    assert faces.identity((one, other)) == (listed["NanumGothic.ttf"], listed["DroidSansFallbackFull.ttf"])
    with pytest.raises(Faults):
        cache.key(chinese, 0)


def test_the_list_of_faces_is_data_of_the_package() -> None:
    assert resources.entry("templates/assets/fonts/fallback.json").is_file()
