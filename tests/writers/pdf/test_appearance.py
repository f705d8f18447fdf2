"""AP001 one line · AP002 lines are broken where their script allows it · AP003 type shrinks to 8 points, not less ·
AP004 what does not fit ends with our words · AP005 faces change within a line."""

from __future__ import annotations

import re

import pytest

from formwright.writers.pdf.appearance import FOOT, STRONG, TITLE, AreaRoom, LineRoom, Pen, number
from formwright.writers.pdf.fonts import Fonts, UndrawableError

FONTS = Fonts.packaged(None)
CHARS = {code.decode(): char for char, code in FONTS.codes.items() if len(code) == 4}
WIDE = "深圳市安全贸易有限公司。「」"


class Wide(Fonts):
    """The field face, and a width for some wide characters without any font file."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.widths.update(dict.fromkeys(WIDE, 1000))


WIDER = Wide(FONTS.face)
PEN = Pen(FONTS, b"/FwField 9 0 R")


def area(text: str, width: float, height: float = 42, fonts: Fonts = WIDER) -> list[str]:
    """Return the lines of a text at 10 points; `width` is of the text, in points."""
    lines = AreaRoom(fonts, width + 4, height, 10, 14).wrap(text, 10)
    return [text[line.start : line.end] for line in lines]


def shown(content: bytes | None) -> str:
    """Return the text that a content stream shows, its lines apart."""
    assert content is not None
    lines = content.decode().split("T*")
    return "\n".join(
        "".join(CHARS[code] for run in re.findall("<([0-9a-f]*)>", line) for code in re.findall("....", run))
        for line in lines
    )


def size(content: bytes | None) -> float:
    found = re.search(rb"/FwField ([\d.]+) Tf", content or b"")
    assert found is not None
    return float(found[1])


def test_one_line_stands_in_the_middle_two_points_from_the_edge() -> None:
    content = LineRoom(FONTS, 100, 20, 10, 14).draw("Ab (1)", PEN)
    assert content is not None
    # a capital is 7.14 points tall: (20 - 7.14) / 2 below it
    assert content.startswith(b"/Tx BMC q 0 0 100 20 re W n BT 0.106 g /FwField 10 Tf 2 6.43 Td <")
    assert content.endswith(b">Tj ET Q EMC")
    assert shown(content) == "Ab (1)"


def test_a_line_shrinks_by_half_points_to_8_and_not_less() -> None:
    room = LineRoom(FONTS, 104, 20, 10, 14)  # 100 points of text; a capital M is 907 units wide
    assert FONTS.widths["M"] == 907
    assert size(room.draw("M" * 11, PEN)) == 10
    assert size(room.draw("M" * 12, PEN)) == 9
    assert size(room.draw("M" * 13, PEN)) == 8
    assert room.fits("M" * 13)
    low = LineRoom(FONTS, 104, 17, 10, 14)
    assert low.draw("M" * 13, PEN) is not None
    assert low.draw("M" * 14, PEN) is None
    assert not low.fits("M" * 14)


@pytest.mark.parametrize("height", [18.5, 20, 23])
def test_a_line_of_18_5_points_or_more_takes_two_lines_of_8_before_it_is_too_long(height: float) -> None:
    room = LineRoom(FONTS, 104, height, 10, 14)
    content = room.draw("M" * 26, PEN)
    assert shown(content) == f"{'M' * 13}\n{'M' * 13}"
    assert size(content) == 8
    assert content is not None
    start = re.search(rb" ([\d.]+) TL 2 ([\d.]+) Td", content)
    assert start is not None
    leading, first = float(start[1]), float(start[2])
    assert first + 0.714 * 8 < height  # its capitals
    assert first - leading - 0.24 * 8 > 0  # the second line's descenders
    assert room.draw("M" * 27, PEN) is None
    assert room.fits("M" * 26)
    assert not room.fits("M" * 27)


def test_a_line_that_is_too_long_ends_with_our_words_at_the_right_in_quiet_ink() -> None:
    content = LineRoom(FONTS, 160, 20, 10, 14).draw_part("word " * 30, PEN, "continued on sheet 2")
    first, second = shown(content).split("\n")
    assert re.fullmatch(r"word( word)*", first)
    assert re.fullmatch(r"word( word)*…continued on sheet 2", second)
    assert size(content) == 8
    words = sum(FONTS.widths[char] for char in "continued on sheet 2") * 8 / 1000
    moved = re.search(rb" 0.302 0.333 0.361 rg ([\d.]+) 0 Td <", content)
    assert moved is not None
    assert float(moved[1]) + words == pytest.approx(156, abs=0.01)


def test_a_low_line_that_is_too_long_shows_whole_words_and_ours() -> None:
    content = LineRoom(FONTS, 160, 14, 10, 14).draw_part("word " * 30, PEN, "continued on sheet 2")
    assert re.fullmatch(r"word( word)*…continued on sheet 2", shown(content))


def test_a_narrow_line_has_our_words_alone_made_narrower() -> None:
    content = LineRoom(FONTS, 50, 14, 10, 14).draw_part("word " * 30, PEN, "continued on sheet 2")
    assert shown(content) == "continued on sheet 2"
    squeezed = re.search(rb" (\d+) Tz ", content)
    assert squeezed is not None
    width = sum(FONTS.widths[char] for char in "continued on sheet 2") * 8 / 1000
    assert 45 < width * int(squeezed[1]) / 100 <= 46


def test_a_title_is_cut_with_an_ellipsis() -> None:
    assert shown(LineRoom(FONTS, 60, 14, 10, 14).draw_part("word " * 30, PEN, "")) == "word word…"


def test_latin_text_is_broken_at_spaces_and_the_spaces_go() -> None:
    assert area("The quick  brown fox", 50) == ["The quick", "brown fox"]


def test_line_ends_are_kept_and_empty_lines_too() -> None:
    assert area("one\n\n two\n", 200) == ["one", "", " two", ""]


def test_a_no_break_space_holds_words_together() -> None:
    assert area("The quick\u00a0brown", 55) == ["The", "quick\u00a0brow", "n"]


def test_a_word_that_is_too_long_is_broken() -> None:
    assert area("M" * 25, 100) == ["M" * 11, "M" * 11, "MMM"]


def test_chinese_is_broken_anywhere() -> None:
    assert area("深圳市安全贸易有限公司", 50) == ["深圳市安全", "贸易有限公", "司"]


def test_closing_punctuation_does_not_begin_a_line() -> None:
    assert area("深圳市安全。贸易", 50) == ["深圳市安", "全。贸易"]


def test_opening_brackets_do_not_end_a_line() -> None:
    assert area("深圳市安「全」贸易", 50) == ["深圳市安", "「全」贸易"]


def test_a_line_may_end_between_chinese_and_latin() -> None:
    assert area("深圳市Trading", 45) == ["深圳市", "Trading"]


def test_an_area_shrinks_to_8_points_then_says_so() -> None:
    room = AreaRoom(FONTS, 104, 42, 10, 14)
    assert room.lines_at(10) == 3
    # M is 907 units: 11 to a line at 10 points, 12 at 8.5, 13 at 8; at 8 points there are still three lines of 11.2
    assert size(room.draw("M" * 33, PEN)) == 10
    assert size(room.draw("M" * 36, PEN)) == 9
    small = room.draw("M" * 39, PEN)
    assert size(small) == 8
    assert small is not None
    assert b" 11.2 TL " in small
    assert not room.fits("M" * 40)
    assert room.draw("M" * 40, PEN) is None


def test_an_area_that_is_too_small_ends_with_our_words_on_its_last_line() -> None:
    content = AreaRoom(FONTS, 124, 42, 10, 14).draw_part("word " * 30, PEN, "continued on sheet 2")
    lines = shown(content).split("\n")
    assert len(lines) == 3
    assert lines[2] == "word…continued on sheet 2"
    assert set(lines[0].split()) == {"word"}


def test_a_line_that_ends_before_our_words_is_not_joined_with_the_next() -> None:
    lines = shown(AreaRoom(FONTS, 204, 42, 10, 14).draw_part("one\ntwo\nthree\nfour", PEN, "continued")).split("\n")
    assert lines == ["one", "two", "three…continued"]


def test_a_narrow_area_of_one_line_has_our_words_alone() -> None:
    assert shown(AreaRoom(FONTS, 64, 14, 10, 14).draw_part("word " * 30, PEN, "continued")) == "continued"


@pytest.mark.parametrize(("text", "size", "right"), [("short", b"10", b"0.3"), ("M" * 13, b"8", b"0.24")])
def test_heavy_text_is_shown_twice_without_a_stroke(text: str, size: bytes, right: bytes) -> None:
    content = LineRoom(FONTS, 104, 20, 10, 14, STRONG).draw(text, PEN)
    assert content is not None
    assert b"/FwField %b Tf" % size in content
    assert re.search(rb"(<\w+>Tj) %b 0 Td \1 -%b 0 Td" % (right, right), content)
    assert not re.search(rb"\bTr\b|\bw\b", content)


def test_the_heads_of_a_text_alone_are_heavy() -> None:
    text = "one\n\nhead of two\ntwo"
    content = AreaRoom(FONTS, 204, 70, 10, 14).draw(text, PEN, (range(5, 16),))
    assert content is not None
    assert [line.count(b">Tj") for line in content.split(b" T*\n")] == [1, 1, 2, 1]
    assert shown(AreaRoom(FONTS, 204, 70, 10, 14).draw(text, PEN)) == text


def test_a_title_stands_at_the_bottom_however_many_lines_it_has() -> None:
    room = AreaRoom(FONTS, 204, 37, 10, 14, TITLE)
    for text, lines in (("one", 1), ("one\ntwo", 2)):
        content = room.draw(text, PEN)
        assert content is not None
        first, down = re.findall(rb"[\d.-]+ ([\d.-]+) Td", content)[:2]
        last = float(first) + float(down) - 14 * (lines - 1)
        assert last == pytest.approx((14 - 7.14) / 2, abs=0.01)


def test_the_lines_stay_inside_the_box() -> None:
    content = AreaRoom(FONTS, 124, 42, 10, 14).draw("one\ntwo\nthree", PEN)
    assert content is not None
    start = re.search(rb"TL 2 ([\d.]+) Td", content)
    assert start is not None
    first = float(start[1])
    assert first + 7.14 < 42  # the first line's capitals
    assert first - 28 > 2.4  # the last line's descenders (240 of 1000)


def test_the_foot_shrinks_further_and_is_cut_at_last() -> None:
    room = AreaRoom(FONTS, 100, 12, 8, 12, FOOT)
    assert size(room.draw("word word word word word", PEN)) == 7.5  # 13,135 units
    assert room.draw("word " * 20, PEN) is None
    assert shown(room.draw_part("word " * 20, PEN, "")).endswith("…")


def test_a_character_of_another_face_is_drawn_with_it() -> None:
    pen = Pen(FONTS, b"", {"深": (b"FwField1", b"0001"), "市": (b"FwField2", b"0002")})
    a, b = FONTS.codes["a"], FONTS.codes["b"]
    expected = b"/FwField 10 Tf <%b>Tj /FwField1 10 Tf <00010001>Tj /FwField2 10 Tf <0002>Tj /FwField 10 Tf <%b>Tj"
    assert pen.show("a深深市b", 10) == expected % (a, b) + b" /FwField 10 Tf"


def test_a_character_without_a_face_is_never_drawn() -> None:
    with pytest.raises(UndrawableError, match="U\\+6DF1"):
        PEN.show("a深", 10)
    for room in (LineRoom(FONTS, 100, 20, 10, 14), AreaRoom(FONTS, 100, 42, 10, 14)):
        with pytest.raises(UndrawableError, match="U\\+05D0"):
            room.fits("אב")


@pytest.mark.parametrize(
    ("value", "written"), [(2, b"2"), (2.0, b"2"), (6.43, b"6.43"), (0.1 + 0.2, b"0.3"), (10.5, b"10.5")]
)
def test_numbers_are_short(value: float, written: bytes) -> None:
    assert number(value) == written
