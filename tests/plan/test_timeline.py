"""The timeline: what it marks and where, what it says in words, and that it is one drawing that needs nothing else."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

from formwright.layout import Figure, Group
from formwright.plan import timeline
from formwright.plan.lower import lower
from formwright.plan.timeline import Bar
from plans import case, definition

WORDS = definition().projects.timeline
PERIOD = (date(2027, 2, 1), date(2028, 1, 31))


def drawn(*bars: Bar, period: tuple[date | None, date | None] = PERIOD) -> list[Figure]:
    return list(timeline.figures(bars, period, WORDS, "en"))


def test_a_ring_for_each_step_and_a_diamond_for_the_follow_up() -> None:
    (figure,) = drawn(Bar("P1", "Lamps", (date(2027, 2, 1), date(2027, 8, 2)), date(2028, 1, 31)))
    root = ElementTree.fromstring(figure.svg)
    rings = [node for node in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert len(rings) == 2 + 1  # and one in the legend
    # February 1 stands at the left edge; August 2 is day 182 of 365 (150 + 354 * 182 / 365).
    assert [node.get("cx") for node in rings[:2]] == ["150.0", "326.5"]
    assert figure.svg.count("l4.4 4.4l-4.4 4.4l-4.4 -4.4z") == 2
    assert f"M{150 + 354 * 364 / 365:.1f} " in figure.svg


def test_it_says_in_words_what_it_shows() -> None:
    (one,) = drawn(Bar("P1", "Lamps", (date(2027, 3, 5),), None))
    assert one.alternative == (
        "Timeline of one project from February 2027 to January 2028: P1 Lamps. Every date is in the project list."
    )
    (two,) = drawn(Bar("P1", "Lamps", (date(2027, 3, 5),), None), Bar("P2", "ACH", (date(2028, 3, 5),), None))
    assert two.alternative == (
        "Timeline of 2 projects from February 2027 to March 2028: P1 Lamps, P2 ACH. Every date is in the project list."
    )


def test_no_date_no_drawing() -> None:
    assert drawn(Bar("P1", "Lamps", (), None)) == []


def test_more_projects_than_fit_make_a_second_drawing() -> None:
    bars = [Bar(f"P{at}", f"Project {at}", (date(2027, 3, 5),), None) for at in range(1, 46)]
    figures = drawn(*bars)
    assert [len(re.findall(r">P\d+<", figure.svg)) for figure in figures] == [20, 20, 5]
    heights = [float(re.search(r'viewBox="0 0 504 (\S+)"', figure.svg)[1]) for figure in figures]  # type: ignore[index]
    assert max(heights) < 630  # the height of a page


def test_a_long_period_names_fewer_months() -> None:
    (figure,) = drawn(Bar("P1", "Lamps", (date(2027, 3, 5),), None), period=(date(2027, 2, 1), date(2030, 1, 31)))
    assert re.findall(r">(Feb|Mar|May|Aug|Nov)<", figure.svg)[:3] == ["Feb", "May", "Aug"]


def test_names_of_any_script_and_with_signs_of_markup_are_drawn() -> None:
    due = (date(2027, 3, 5),)
    (figure,) = drawn(Bar("P1", "Lamps & <glass> of a name that is too long for two lines of it", due, None))
    texts = [node.text or "" for node in ElementTree.fromstring(figure.svg).iter("{http://www.w3.org/2000/svg}text")]
    first = next(at for at, text in enumerate(texts) if text.startswith("Lamps & <glass>"))
    assert texts[first + 1].endswith("…")
    (figure,) = drawn(Bar("P1", "太阳能灯笼分类项目名称很长很长很长", due, None))
    assert ">太阳能灯笼分类项目名称很长<" in figure.svg  # 13 of 8 pt in a room of 110


def test_the_drawing_reaches_nothing_outside_itself() -> None:
    layout = lower(case())
    (figure,) = [
        block for part in layout.blocks if isinstance(part, Group) for block in part.blocks if isinstance(block, Figure)
    ]
    assert "href" not in figure.svg
    assert "url(" not in figure.svg
