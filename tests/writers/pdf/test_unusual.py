"""Forms with long words, many options and a long title: nothing runs over what stands beside it.

U1  words beside ticks stay in their cell, in row heads too; a column's head stays over its column.
U2  many options break between options: three stand with the question, three at the end.
U3  a long running title and a long section are cut after two lines, above the text.
"""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

import layouts
from formwright.layout import Area, Block, Column, Field, Grid, Line, ManyOf, OneOf, Option, Row, Tick
from formwright.writers.pdf import Compiled, compile
from writers.pdf.compiled import one_question, plan_of

LONG = "A Very Long Title of a Questionnaire "
HEIGHTS = range(250, 610, 18)
"""How far down (points) the question before the options reaches; a page has 630."""


def ends(compiled: Compiled, words: str, page: int = 2) -> list[float]:
    """Return the right edge (points) of the last character of words, wherever they stand on a page."""
    document = pypdfium2.PdfDocument(compiled.template)
    text = document[page - 1].get_textpage()
    search, found = text.search(words, match_case=True), []
    while place := search.get_next():
        found.append(text.get_charbox(place[0] + place[1] - 1)[2])
    document.close()
    return found


def left_of(compiled: Compiled, key: str) -> float:
    return plan_of(compiled, key).widgets[0].box[0]


# ---- U1 cells -----------------------------------------------------------------------------------


def test_the_tick_of_an_optional_row_has_room_for_its_words() -> None:
    under = (Tick(key="steps.x2.na", name="A.1, Storage, Does not apply", label="Does not apply"),)
    rows = (
        Row(id="x1", head="Receipt", cells=((Line(key="steps.x1.place", name="A.1, Receipt, Place"),),)),
        Row(id="x2", head="Storage", cells=((Line(key="steps.x2.place", name="A.1, Storage, Place"),),), under=under),
    )
    grid = Grid(columns=(Column(title="Place"),), rows=rows, name="A.1", role="matrix", row_title="Step")
    made = compile(one_question(grid))
    (right,) = ends(made, "Does not apply")
    assert right < left_of(made, "steps.x2.place")


def test_a_head_with_slashes_stays_over_its_column() -> None:
    titles = ("Name", "Since (month / day / year)", "Fees (USD)", "Share (percent)", "Power of attorney")
    cells = tuple((Line(key=f"brokers.r1.c{place}", name=title),) for place, title in enumerate(titles))
    columns = tuple(Column(title=title, width=width) for title, width in zip(titles, (6, 2, 3, 2, 5), strict=True))
    row = Row(id="r1", number="1", cells=cells)
    made = compile(one_question(Grid(columns=columns, rows=(row,), name="A.1", repeating=True)))
    (right,) = ends(made, "year)")
    assert right < left_of(made, "brokers.r1.c2")


@pytest.mark.parametrize("control", [OneOf, ManyOf])
def test_the_words_of_options_wrap_in_their_cell(control: type[OneOf] | type[ManyOf]) -> None:
    options = (Option(code="a", label="Alpha"), Option(code="b", label="Handled by somebody who is not named here"))
    cells = (
        (control(key="m.x.by", name="A.1, By", options=options),),
        (Line(key="m.x.next", name="A.1, Next"),),
    )
    columns = (Column(title="By", width=2), Column(title="Next", width=10))
    row = Row(id="x", head="Receipt", cells=cells)
    made = compile(one_question(Grid(columns=columns, rows=(row,), name="A.1", role="matrix")))
    for word in ("Handled", "somebody", "here"):
        (right,) = ends(made, word)
        assert right < left_of(made, "m.x.next")


def test_more_than_fits_is_broken_within_words() -> None:
    titles = [f"Incomprehensibilities{place}" for place in range(8)]
    cells = tuple((Line(key=f"t.r1.c{place}", name=title),) for place, title in enumerate(titles))
    grid = Grid(columns=tuple(Column(title=title) for title in titles), rows=(Row(id="r1", cells=cells),), name="A.1")
    made = compile(one_question(grid))
    document = pypdfium2.PdfDocument(made.template)
    page = document[1].get_textpage()
    for place, title in enumerate(titles):
        left, _, right, top = plan_of(made, f"t.r1.c{place}").widgets[0].box
        over = page.get_text_bounded(left=left - 3.6, bottom=top, right=right + 3.6, top=top + 36)
        assert "".join(over.split()) == title
    document.close()


# ---- U2 many options ----------------------------------------------------------------------------


def ports(count: int, key: str) -> ManyOf:
    options = tuple(Option(code=f"p{place}", label=f"Port {place}") for place in range(count))
    return ManyOf(key=key, name="A.2", options=options, stacked=True)


def pages_of(compiled: Compiled, key: str) -> list[int]:
    """Return the page of each option, in their order."""
    return [place.page for place in compiled.places() if place.key == key]


def after(height: int, *blocks: Block) -> Block:
    """Return a section whose first question takes `height` points; a second one has `blocks`."""
    area = Area(key=f"first{height}", name="A.1", lines=height // 14)
    return layouts.section(
        str(height),
        f"After {height}",
        layouts.item(f"{height}.1", "First.", Field(control=area)),
        layouts.item(f"{height}.2", f"Which ones, below {height}?", *blocks),
    )


def test_three_options_stand_with_the_question_and_three_at_the_end() -> None:
    found = []
    for height in HEIGHTS:
        options = tuple(Option(code=f"p{place}", label=f"Port {place}") for place in range(30))
        found.append(after(height, Field(control=OneOf(key=f"c{height}", name="A.2", options=options, stacked=True))))
    made = compile(layouts.layout(*found))
    broken = 0
    for height in HEIGHTS:
        pages = pages_of(made, f"c{height}")
        begun = pages.count(pages[0])
        broken += begun < 30
        assert begun >= 3, height
        assert 30 - begun == 0 or 30 - begun >= 3, height
        assert ends(made, f"below {height}?", pages[0]), height
    assert broken > 10


def test_many_options_in_two_columns_go_on_over_pages() -> None:
    made = compile(layouts.layout(after(280, Field(control=ports(120, "ports")))))
    pages = pages_of(made, "ports")
    assert len(pages) == 120
    assert pages == sorted(pages)
    assert len(set(pages)) > 1
    assert ends(made, "below 280?", pages[0])
    boxes = [place.box for place in made.places() if place.key == "ports"]
    assert max(box[3] for box in boxes) <= 792 - 96


# ---- U3 furniture -------------------------------------------------------------------------------


def test_a_long_title_takes_two_lines_of_head_and_foot() -> None:
    layout = one_question(Field(control=Line(key="a", name="A.1")))
    title = LONG * 8
    made = compile(replace(layout, running=title.strip(), foot=f"{title}, version 1"))
    document = pypdfium2.PdfDocument(made.template)
    page = document[1].get_textpage()
    head = page.get_text_bounded(left=50, bottom=792 - 66, right=300, top=792)
    between = page.get_text_bounded(left=50, bottom=792 - 66, right=300, top=792 - 57)
    foot = page.get_text_bounded(left=50, bottom=0, right=450, top=96)
    document.close()
    assert len(head.split("\n")) == 2
    assert head.rstrip().endswith("…")
    assert not between.strip()
    assert len(foot.strip().split("\n")) <= 3  # two lines, and "Page 2 of 2"
    assert "…" in foot
