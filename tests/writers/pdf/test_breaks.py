"""Where pages break, and what the tags say of languages.

B1  a table breaks between rows, two of which stay together at either end; a low one stays whole.
B2  a page that begins within a question names it in the gutter; no edge of a row left behind stands there.
B3  words in another language say so in the tags.
"""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import layouts
import tagged
from formwright.layout import Area, Block, Column, Field, Grid, Group, Layout, Para, Row, Run, Tick
from formwright.writers.pdf import Compiled, compile

HEIGHTS = range(280, 532, 14)
"""How far down (points) the question before a table reaches, one section for each; a page has 630."""


def table(key: str, rows: int, lines: int, known: int = 0) -> Grid:
    """Return a table of one column and, where rows are known, a tick in these."""
    found = []
    for number in range(1, rows + 1):
        cell = (Area(key=f"{key}.r{number}.name", name=f"A.9 row {number}", lines=lines),)
        tick = (Tick(key=f"{key}.r{number}_confirm", name=f"A.9 row {number} correct"),) if number <= known else ()
        cells = (cell, tick) if known else (cell,)
        found.append(Row(id=f"r{number}", number=str(number), cells=cells, known=number <= known))
    columns = (Column(title="Name"), *((Column(title="Correct", tick=True),) if known else ()))
    return Grid(columns=columns, rows=tuple(found), name="A.9", number="A.9", repeating=True)


def after(height: int, *blocks: Block, number: str = "Z.9") -> Group:
    """Return a section whose first question takes `height` points; a second one has `blocks`."""
    area = Area(key=f"first{height}", name="A.1", lines=height // 14)
    first = layouts.item("A.1", "First.", Field(control=area))
    return layouts.section(str(height), "Section", first, layouts.item(number, "Second question.", *blocks))


@pytest.fixture(scope="module")
def deep() -> Compiled:
    """Tables of five deep rows, two of them known, after questions of all heights."""
    return compile(layouts.layout(*(after(height, table(f"list{height}", 5, 2, known=2)) for height in HEIGHTS)))


def pages_of(compiled: Compiled, key: str) -> list[int]:
    return [place.page for place in compiled.places() if place.key.startswith(key) and "confirm" not in place.key]


def found(compiled: Compiled, page: int, words: str) -> list[tuple[float, ...]]:
    """Return the box of the first character wherever words stand on a page."""
    document = pypdfium2.PdfDocument(compiled.template)
    text = document[page - 1].get_textpage()
    search, boxes = text.search(words, match_case=True), []
    while (place := search.get_next()) is not None:
        boxes.append(text.get_charbox(place[0]))
    document.close()
    return boxes


def test_two_rows_stay_together_at_either_end_of_a_table(deep: Compiled) -> None:
    parts = set()
    for height in HEIGHTS:
        pages = pages_of(deep, f"list{height}.")
        parts.add(tuple(pages.count(page) for page in sorted(set(pages))))
    assert parts == {(5,), (3, 2), (2, 3)}


def test_rows_of_a_table_fill_the_page(deep: Compiled) -> None:
    # Of 630 points the section's head takes 62, the questions' words 58, edges and gaps 45, the head row and two
    # rows 106.
    for height in HEIGHTS:
        fits = height <= 630 - 62 - 58 - 45 - 106
        assert not fits or pages_of(deep, f"list{height}.")[0] == pages_of(deep, f"first{height}")[0], height


def test_a_low_table_stays_whole() -> None:
    low = compile(layouts.layout(*(after(height, table(f"list{height}", 4, 1)) for height in HEIGHTS)))
    ends = [set(pages_of(low, f"list{height}.")) for height in HEIGHTS]
    assert all(len(pages) == 1 for pages in ends)
    assert any(pages != set(pages_of(low, f"first{height}")) for height, pages in zip(HEIGHTS, ends, strict=True))


def test_a_page_names_the_question_that_it_begins_within(deep: Compiled) -> None:
    for height in HEIGHTS:
        begin, *_, end = pages_of(deep, f"list{height}.")
        ((left, _, _, top),) = found(deep, end, "Z.9")  # in the gutter, or beside the question's words
        assert left == pytest.approx(54, abs=1.5)
        if begin != end:
            assert top > 715
            assert len(found(deep, begin, "Z.9")) == 1


def test_no_line_stands_over_a_column_without_fields(deep: Compiled) -> None:
    rest = [place for place in deep.places() if re.fullmatch(r"list\d+\.r[345]\.name", place.key)]
    document = pypdfium2.PdfDocument(deep.template)
    checked = 0
    for page in sorted({place.page for place in rest}):
        if any(place.page == page and "confirm" in place.key for place in deep.places()):
            continue  # known rows stand there, too
        checked += 1
        right = max(place.box[2] for place in rest if place.page == page) + 2  # of the fields; their edge is 3 away
        lines = [thing.get_bounds() for thing in document[page - 1].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
        assert not [line for line in lines if line[0] > right and 90 < line[1] < 740 and line[2] < 560]
    document.close()
    assert checked > 2


def one_question(*blocks: Block) -> Layout:
    return layouts.layout(layouts.section("A", "Section", layouts.item("A.1", "One question.", *blocks)))


# ---- languages ----------------------------------------------------------------------------------


def spans(compiled: Compiled) -> list[tuple[str, str]]:
    """Return language and tag of each element that has a language."""
    with pikepdf.open(io.BytesIO(compiled.template)) as pdf:
        found = (element for element in tagged.structure(pdf.Root.StructTreeRoot) if "/S" in element)
        return [(str(element.Lang), str(element.S)) for element in found if "/Lang" in element]


def test_words_in_another_language_say_so_in_the_tags() -> None:
    long = "Estas palabras siguen en la línea siguiente, porque en una sola no caben todas. " * 2
    first = Para(runs=(Run("See "), Run("Zollamt", "strong", language="de"), Run(" and "), Run(long, language="es")))
    compiled = compile(one_question(first, Para(runs=(Run("Bonjour"),), language="fr")))
    assert spans(compiled) == [("de", "/Span"), ("es", "/Span"), ("es", "/Span"), ("fr", "/Span")]
    assert tagged.validator_failures(compiled.template) == []
    assert tagged.faults(compiled.template) == []


def test_words_in_the_languages_of_the_document_do_not() -> None:
    assert spans(compile(one_question(Para(runs=(Run("Plain", language="en"),), language="en")))) == []
