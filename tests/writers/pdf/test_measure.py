"""MS001 what does not fit is found, in the order of the fields · MS002 sheets are shared out, none too many, none too
few · MS003 characters that cannot be drawn are found, all at once."""

from __future__ import annotations

import pytest

from formwright.errors import Faults
from formwright.layout import Value
from formwright.writers.pdf import measure
from formwright.writers.pdf.appearance import AreaRoom
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.measure import Sheet
from formwright.writers.pdf.plan import Box, Compiled, FieldKind, FieldPlan, SheetPlan, Widget

FONTS = Fonts.packaged(None)
WORDS = "several plain words of the text "


def field(key: str, kind: FieldKind, box: Box) -> FieldPlan:
    widget = Widget(object=1, appearance=2, page=1, box=box, code="", head=b"<<")
    return FieldPlan(key=key, name=key, kind=kind, widgets=(widget,), fixed=False, size=10, leading=14)


def compiled(sheets: int) -> Compiled:
    """A line of 100 points, an area of three such lines, a list, a tick; sheets of ten lines of 200 points."""
    fields = [
        field("a.line", "line", (0, 0, 104, 20)),
        field("a.area", "area", (0, 0, 104, 42)),
        field("a.list", "list", (0, 0, 104, 20)),
        field("a.tick", "tick", (0, 0, 9, 9)),
        field("b.line", "line", (0, 0, 104, 20)),
    ]
    plans = []
    for n in range(1, sheets + 1):
        plans.append(SheetPlan(number=n, page=n + 1, title=f"form.sheet{n}.title", text=f"form.sheet{n}.text"))
        fields += [field(plans[-1].title, "area", (0, 0, 204, 28)), field(plans[-1].text, "area", (0, 0, 204, 140))]
    return Compiled(
        template=b"",
        startxref=0,
        next_object=1,
        root=1,
        info=1,
        info_head=b"",
        font=1,
        foot=1,
        foot_box=(0, 0, 1, 1),
        token_field="form.token",
        attachment=1,
        metadata=1,
        metadata_head=b"",
        metadata_tail=b"",
        fields=tuple(fields),
        pages=(),
        sheets=tuple(plans),
        words=(),
    )


LONG: dict[str, Value] = {"b.line": WORDS * 2, "a.area": WORDS * 9, "a.line": "short", "a.list": "x", "a.tick": True}


def test_what_does_not_fit_is_found_in_the_order_of_the_fields() -> None:
    assert measure.overflow(compiled(0), LONG, FONTS) == ("a.area", "b.line")
    assert measure.overflow(compiled(0), {"a.line": "short", "a.area": "one\ntwo\nthree"}, FONTS) == ()


def test_nothing_too_long_takes_no_sheet() -> None:
    assert measure.sheets_needed(compiled(0), {"a.line": "short"}, FONTS) == 0
    assert measure.sheets_needed(compiled(2), {"a.line": "short"}, FONTS) == 0


def test_without_a_sheet_one_is_asked_for_first() -> None:
    assert measure.sheets_needed(compiled(0), LONG, FONTS) == 1


def test_short_texts_share_a_sheet() -> None:
    # 9 x 5 words fill 8 of the 10 lines of a sheet; 2 x 5 words take 2, with the line between and their title 4
    assert measure.sheets_needed(compiled(1), LONG, FONTS) == 2
    assert measure.sheets_needed(compiled(1), LONG | {"a.area": WORDS * 6}, FONTS) == 1


def room() -> AreaRoom:
    return measure.sheet_room(compiled(1), FONTS)


def lines(count: int) -> str:
    return "\n".join(f"line {n}" for n in range(1, count + 1))


def test_texts_are_shared_out_with_an_empty_line_and_a_title_between() -> None:
    assert measure.share([("a", lines(4)), ("b", lines(4))], room()) == [Sheet((("a", lines(4)), ("b", lines(4))))]
    assert measure.share([("a", lines(4)), ("b", lines(5))], room()) == [
        Sheet((("a", lines(4)),)),
        Sheet((("b", lines(5)),)),
    ]


def test_a_title_takes_as_many_lines_as_it_needs() -> None:
    half = int(room().width / 12)  # a W is 9 points wide: one word fits into a line, two do not
    titles = {"b": f"{'W' * half} {'W' * half}"}
    # of 10 lines: four, an empty one, two of the title
    assert len(measure.share([("a", lines(4)), ("b", lines(3))], room(), titles)) == 1
    assert len(measure.share([("a", lines(4)), ("b", lines(4))], room(), titles)) == 2


def test_a_long_text_goes_on_over_several_sheets_and_nothing_is_lost() -> None:
    text = lines(25)
    first, second, third = measure.share([("a", text)], room())
    assert (first.more, second.more, third.more) == (True, True, False)
    pieces = [sheet.entries[0][1] for sheet in (first, second, third)]
    assert pieces[0] == lines(9)
    assert [len(piece.split("\n")) for piece in pieces] == [9, 9, 7]
    assert "\n".join(pieces) == text


def test_the_last_sheet_of_a_long_text_takes_the_next_one_too() -> None:
    *_, last = measure.share([("a", lines(12)), ("b", lines(2))], room())
    assert last == Sheet((("a", "line 10\nline 11\nline 12"), ("b", lines(2))))


def test_a_text_that_just_fills_a_sheet_takes_one() -> None:
    assert len(measure.share([("a", lines(10))], room())) == 1
    assert len(measure.share([("a", lines(11))], room())) == 2


def test_characters_that_cannot_be_drawn_are_found_all_at_once() -> None:
    with pytest.raises(Faults) as caught:
        measure.overflow(compiled(0), {"a.line": "深", "b.line": "bad \x07"}, FONTS)
    first, second = caught.value.faults
    assert (first.code, first.item) == ("no_font", "a")
    assert first.message.startswith("a.line: the character U+6DF1")
    assert (second.code, second.item) == ("control_character", "b")
    assert first.fix
