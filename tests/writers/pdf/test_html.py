"""Layout to HTML: words kept together, widths, and every block and role of the layout."""

from __future__ import annotations

from dataclasses import replace

import pytest

import layouts
from formwright.layout import (
    Blank,
    Break,
    Column,
    Contents,
    Figure,
    Grid,
    Group,
    Heading,
    Layout,
    Line,
    List,
    Note,
    Para,
    Run,
)
from formwright.writers._widths import shared
from formwright.writers._wording import head
from formwright.writers.pdf import html
from formwright.writers.pdf.columns import breakable, grid_view


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Name and title of the officers.", "Name and title of the\u00a0officers."),
        ("Correct as shown", "Correct as\u00a0shown"),
        ("Full name", "Full name"),  # two words may stand one above the other
        ("Title", "Title"),
        ("Describe the account’s nonpreferential-origins", "Describe the account’s nonpreferential-origins"),
    ],
)
def test_no_word_stands_alone_on_the_last_line(text: str, joined: str) -> None:
    assert html.last_two(text) == joined


@pytest.mark.parametrize(
    ("title", "joined"),
    [
        ("% of value", "%\u00a0of\u00a0value"),
        ("Correct as shown", "Correct as\u00a0shown"),
        ("Title or department", "Title or\u00a0department"),
        ("Name in own script", "Name in\u00a0own\u00a0script"),
        ("Address and country", "Address and\u00a0country"),
        ("Full name", "Full name"),
        ("Title", "Title"),
    ],
)
def test_a_columns_head_does_not_break_after_a_short_word(title: str, joined: str) -> None:
    assert head(title) == joined


def test_a_columns_head_has_room_for_what_does_not_break() -> None:
    columns = (Column(title="Supplier", width=12), Column(title="% of value", width=1))
    view = grid_view(Grid(columns=columns, rows=(), name="A.1"), 468)
    assert view.widths[1] > 55  # "% of value" is 50 points wide in 9 pt semibold


def test_a_last_line_does_not_begin_within_a_word() -> None:
    runs = layouts.text("Names of individuals associated with Customs-related operations.")
    assert html.runs_markup(runs, join=True).endswith(' with <span class="nb">Customs-related\u00a0operations.</span>')
    assert "<span" not in html.runs_markup(runs)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Account Action Plan", ("Account Action\u00a0Plan",)),
        (layouts.TITLE, ("General Questionnaire", "for Account Management")),
        ("Questionnaire concerning preferential programs", ("Questionnaire concerning", "preferential programs")),
    ],
)
def test_a_title_breaks_where_it_reads_well(title: str, lines: tuple[str, ...]) -> None:
    assert html.balanced(title, 1) == lines


def test_runs_are_escaped_styled_and_linked() -> None:
    runs = (
        Run("If <no>,", "strong"),
        Run(" see "),
        Run("A.1", link="#a1"),
        Run("DC 00000", "together", language="en"),
    )
    assert html.runs_markup(runs, languages=("de", "en")) == (
        '<strong>If &lt;no&gt;,</strong> see <a href="#a1">A.1</a>'
        '<a:in lang="en"><a:in lang="en"><span class="nb">DC 00000</span></a:in></a:in>'
    )


@pytest.mark.parametrize(
    ("room", "weights", "least", "widths"),
    [
        (400, [1, 3], [10, 10], [100, 300]),
        (400, [1, 9], [100, 10], [100, 300]),  # the first gets its least, the second the rest
        (90, [1, 1], [60, 120], [30, 60]),  # more is asked for than there is
    ],
)
def test_columns_share_the_room(room: float, weights: list[float], least: list[float], widths: list[float]) -> None:
    assert shared(room, weights, least) == widths


def test_a_group_too_high_for_a_page_may_break() -> None:
    assert not breakable(layouts.officers(rows=5))
    assert breakable(layouts.officers(rows=40))
    assert breakable(replace(layouts.officers(rows=5), long=True))


EVERYTHING = (
    Group(role="masthead", title="Unit", runs=layouts.text("Below it")),
    Heading(text="A document", level=1),
    Contents(),
    Heading(text="A heading", level=2, number="1", anchor="one"),
    Para(runs=layouts.text("Words."), role="say", language="es"),
    List(entries=(layouts.text("First"), layouts.text("Second"))),
    Note(title="Notice.", runs=layouts.text("Burden")),
    Figure(alternative="A line", svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', caption="Below"),
    Break(),
    layouts.section("A", "First section", layouts.item("A.1", "Question?")),
)


def rendered(layout: Layout) -> str:
    return " ".join(html.render(layout).split())


def test_every_block_has_a_template() -> None:
    text = rendered(layouts.layout(*EVERYTHING))
    for piece in (
        '<span class="no">A</span><span class="says"><a href="#section_a">First section</a>',
        '<h2 id="one">1&nbsp;A heading</h2>',
        '<p class="say"><a:in lang="es">Words.</a:in></p>',
        "<ul><li>First</li><li>Second</li></ul>",
        '<img src="data:image/svg+xml;base64,',
        'alt="A line"',
        '<h3 class="q numbered" data-question="A.1">'
        '<span class="no">A.1&nbsp;</span><span class="says">Question?</span></h3>',
    ):
        assert piece in text


def test_the_title_is_set_where_the_layout_has_no_heading_for_it() -> None:
    assert rendered(layouts.layout(EVERYTHING[0])).count("<h1>") == 1
    assert rendered(layouts.layout(*EVERYTHING)).count("<h1>") == 1


def test_notices_stand_in_the_masthead() -> None:
    layout = replace(layouts.layout(*EVERYTHING), notices=("OMB 0000-0000", "Expires never"))
    assert '<p class="notices">OMB 0000-0000<br>Expires never</p>' in rendered(layout)


def test_an_unknown_block_is_refused() -> None:
    with pytest.raises(TypeError, match="the PDF writer knows no Run"):
        html.render(layouts.layout(Run("loose")))  # type: ignore[arg-type]


def test_a_break_before_a_section_makes_no_empty_page() -> None:
    section, words = EVERYTHING[-1], Para(runs=layouts.text("Words."))
    assert '<div class="page">' not in rendered(layouts.layout(words, Break(), section, Break()))
    assert '<div class="page">' in rendered(layouts.layout(words, Break(), words))


def test_all_fields_beside_a_signature_are_as_high() -> None:
    blocks = layouts.fields(Blank(key="sign", name="Signature", width=9), Line(key="date", name="Date", width=3))
    row = Group(role="row", blocks=blocks)
    assert rendered(layouts.layout(row)).count('class="box sign"') == 2
    assert rendered(layouts.layout(replace(row, blocks=blocks[1:]))).count('class="box sign"') == 0
