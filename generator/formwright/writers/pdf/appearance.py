"""What a field shows: content streams of our own for text, so that every viewer draws the same.

A `Room` is a field's box with its type size. It draws a text at that size, or in steps of half a point down to 8,
and says when that is not enough; then `draw_part` shows what fits and ends with words of ours ("continued on
sheet 2") at the right, in quiet ink. Lengths are in points, from the bottom left of the box; text is measured in units
of the field face.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Final

from formwright.writers.pdf.fonts import RESOURCE, Fonts

_STEP: Final = 0.5
_WORTH: Final = 3.0
"""Ems of text that must be in view before the words of ours, else they stand alone."""
_APART: Final = 1.0
"""Ems between a text and the words of ours behind it."""
_TIGHT: Final = (1.2, 1.1)
"""Leading of a field of one line whose text takes two, in ems: at 8 points both stand in 20, or in 18."""
_HEAVY: Final = 0.03
"""Ems to the right at which heavy text is shown again: the field face comes in one weight, and a stroked outline is a
pixel wide at least on a screen, which smears."""
_QUIET: Final = b"0.302 0.333 0.361 rg"

_NOT_FIRST: Final = frozenset(
    "、。，．：；？！,.:;?!）)］]｝}〕〉》」』】〙〗〟’”»％%‰℃…‥・ーヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ゛゜～〜"
)
_NOT_LAST: Final = frozenset("（(［[｛{〔〈《「『【〘〖〝‘“«￥$￡＃№")

_BETTER: Final = frozenset("@./?&_")
"""Where a word that is longer than a line had better break: before these, as in addresses of mail and web."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text stands in its box: colour, space at the left and top, the smallest size (points), and what PDF wants
    around the content (ISO 32000 12.7.4.3 for fields). `heavy`: text is shown twice; `low`: an area's text
    stands at the bottom of its box."""

    ink: bytes
    inset: float
    smallest: float
    before: bytes
    after: bytes
    heavy: bool = False
    low: bool = False


FIELD: Final = Look(b"0.106 g", 2, 8, b"/Tx BMC q", b" ET Q EMC")
"""Ink, and nothing that is to be read as an answer is smaller than 8 points (LOOK.md, States of a field)."""
STRONG: Final = replace(FIELD, heavy=True)
TITLE: Final = replace(STRONG, low=True)
"""What heads a sheet: close to the text below it, however many lines it takes."""
FOOT: Final = Look(_QUIET, 0, 6, b"q", b" ET Q")
"""Quiet furniture: set at 8 points, and allowed to shrink."""


class Pen:
    """Turns text into operators that show it, with the faces of one document.

    `extra` gives (resource name, code) of the characters that the field face lacks; `resources` is the dictionary of
    all faces. A size has to be set before and is unchanged after, as is the field face.
    """

    __slots__ = ("_codes", "_extra", "_fonts", "resources")

    def __init__(self, fonts: Fonts, resources: bytes, extra: Mapping[str, tuple[bytes, bytes]] | None = None) -> None:
        self._fonts, self._codes = fonts, fonts.codes
        self._extra = extra or {}
        self.resources = resources

    def show(self, text: str, size: float) -> bytes:
        """Return the operators that show one line. Raises UndrawableError."""
        try:
            return b"<%b>Tj" % b"".join([self._codes[char] for char in text])
        except KeyError:
            return self._mixed(text, size)

    def _mixed(self, text: str, size: float) -> bytes:
        shown = []
        for resource, run in groupby(map(self._glyph, text), lambda glyph: glyph[0]):
            shown.append(b"/%b %b Tf <%b>Tj" % (resource, number(size), b"".join(code for _, code in run)))
        return b"%b /%b %b Tf" % (b" ".join(shown), RESOURCE, number(size))

    def _glyph(self, char: str) -> tuple[bytes, bytes]:
        code = self._codes.get(char)
        if code is not None:
            return RESOURCE, code
        try:
            return self._extra[char]
        except KeyError:
            raise self._fonts.why_not(char) from None


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a text that stands on one line: from `start` up to `end`, without the spaces at the break."""

    start: int
    end: int


class Room(ABC):
    """Common to one line and several: the box, the sizes, the beginning and end of the content."""

    def __init__(
        self, fonts: Fonts, width: float, height: float, size: float, leading: float, look: Look = FIELD
    ) -> None:
        self.width, self.height, self.size, self.leading, self.look = width, height, size, leading, look
        self._fonts, self._widths = fonts, fonts.widths
        self._across = max(width - 2 * look.inset, 1.0)
        steps = int(max(size - look.smallest, 0) / _STEP)
        self.sizes = tuple(size - step * _STEP for step in range(steps + 1))
        self._open = b"%b 0 0 %b %b re W n BT %b " % (look.before, number(width), number(height), look.ink)
        self._close = look.after

    @abstractmethod
    def fits(self, text: str) -> bool:
        """Return whether the text can be shown whole at 8 points or more. Raises UndrawableError."""

    @abstractmethod
    def draw(self, text: str, pen: Pen) -> bytes | None:
        """Return the content that shows the text whole, or None where it does not fit. Raises UndrawableError."""

    @abstractmethod
    def draw_part(self, text: str, pen: Pen, note: str, size: float | None = None) -> bytes:
        """Return the content that shows what fits at 8 points (or at `size`).

        It ends with `note`, or with an ellipsis where there is none. Raises UndrawableError.
        """

    def _units(self, size: float) -> float:
        """Return the room for one line in units of the field face."""
        return self._across * self._fonts.em / size

    def _measure(self, text: str) -> int:
        return sum(map(self._widths.__getitem__, text))

    def _show(self, text: str, pen: Pen, size: float) -> bytes:
        """Return the operators that show one line in the look's weight."""
        shown = pen.show(text, size)
        return _twice(shown, size) if self.look.heavy else shown

    def _cut(self, text: str, room: float) -> str:
        """Return as much of a text as fits into `room` units, with an ellipsis: whole words, if they are not long."""
        ends = list(accumulate(map(self._widths.__getitem__, text)))
        reach = bisect_right(ends, room - self._measure("…"))
        if 0 < reach < len(text):
            stop = _break_before(text, 0, reach)
            reach = stop if stop > reach * 2 // 3 else reach
        return text[:reach].rstrip() + "…"

    def _noted(self, text: str, pen: Pen, note: str, size: float) -> bytes:
        """Return one line that shows what fits of a text, and our words at its right end; without a note, the text."""
        room, words = self._units(size), self._measure(note)
        if not note:
            return self._show(self._cut(text, room), pen, size)
        quiet = b"%b %b" % (_QUIET, b"" if words <= room else b"%d Tz " % int(room / words * 100))
        quiet += b"%b 0 Td %b" % (number(max(room - words, 0) * size / self._fonts.em), pen.show(note, size))
        left = room - words - _APART * self._fonts.em
        if not text or left < _WORTH * self._fonts.em:
            return quiet
        return b"%b %b" % (self._show(self._cut(text, left), pen, size), quiet)


class LineRoom(Room):
    """A field of one line: text in the middle of its height, 2 points from the left edge.

    A text that is too long for it at 8 points takes two lines of 8 where the height allows.
    """

    def __init__(
        self, fonts: Fonts, width: float, height: float, size: float, leading: float, look: Look = FIELD
    ) -> None:
        super().__init__(fonts, width, height, size, leading, look)
        self._room = self._units(size)
        self._surely = int(self._room / fonts.widest)
        self._start = self._starting(size)

    def _starting(self, size: float) -> bytes:
        base = (self.height - self._fonts.cap * size / self._fonts.em) / 2
        place = b"%b %b Td " % (number(self.look.inset), number(base))
        return b"%b/%b %b Tf %b" % (self._open, RESOURCE, number(size), place)

    def _largest(self, text: str) -> float | None:
        """Return the type size at which the text fits, or None."""
        width = self._measure(text)
        return next((size for size in self.sizes if width <= self._units(size)), None)

    def _two_lines(self) -> AreaRoom | None:
        """Return the same box for two lines of the smallest size, or None where it is too low."""
        size = self.sizes[-1]
        leading = next((size * ems for ems in _TIGHT if self.height >= 2 * size * ems), None)
        if leading is None:
            return None
        return AreaRoom(self._fonts, self.width, self.height, size, leading, self.look)

    def fits(self, text: str) -> bool:
        if self._largest(text) is not None:
            return True
        two = self._two_lines()
        return two is not None and two.fits(text)

    def draw(self, text: str, pen: Pen) -> bytes | None:
        if (len(text) <= self._surely and text.isascii()) or self._measure(text) <= self._room:
            return self._start + self._show(text, pen, self.size) + self._close
        size = self._largest(text)
        if size is None:
            two = self._two_lines()
            return None if two is None else two.draw(text, pen)
        return self._starting(size) + self._show(text, pen, size) + self._close

    def draw_part(self, text: str, pen: Pen, note: str, size: float | None = None) -> bytes:
        two = self._two_lines()
        if two:
            return two.draw_part(text, pen, note)
        size = size or self.sizes[-1]
        return self._starting(size) + self._noted(text, pen, note, size) + self._close


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text between line feeds: where it starts, its words, and the width up to each of its characters."""

    start: int
    words: str
    ends: list[int]


@dataclass(frozen=True, slots=True)
class _Step:
    """A size that an area may be set in: room for a line in units of the face, lines, space above and below them, the
    content before the first."""

    size: float
    units: float
    lines: int
    inset: float
    start: bytes


class AreaRoom(Room):
    """A field of several lines: text from the top, broken at the right edge."""

    def __init__(
        self, fonts: Fonts, width: float, height: float, size: float, leading: float, look: Look = FIELD
    ) -> None:
        super().__init__(fonts, width, height, size, leading, look)
        self._steps = tuple(map(self._step, self.sizes))
        self._surely = int(self._steps[0].units / fonts.widest)

    def _step(self, size: float) -> _Step:
        lines, leading = self.lines_at(size), self._leading(size)
        inset = min(self.look.inset, max(self.height - lines * leading, 0) / 2)
        base = self.height - inset - (leading + self._fonts.cap * size / self._fonts.em) / 2
        place = b"%b %b Td " % (number(self.look.inset), number(base))
        start = b"%b/%b %b Tf %b TL %b" % (self._open, RESOURCE, number(size), number(leading), place)
        return _Step(size, self._units(size), lines, inset, start)

    def lines_at(self, size: float) -> int:
        """Return how many lines the box holds at a size."""
        return max(int((self.height + 0.05) / self._leading(size)), 1)

    def _leading(self, size: float) -> float:
        return self.leading * size / self.size

    def wrap(self, text: str, size: float) -> list[Line]:
        """Return the lines of a text at a size. Raises UndrawableError."""
        return self._wrapped(self._paragraphs(text), self._units(size))

    def _paragraphs(self, text: str) -> list[_Paragraph]:
        found, start = [], 0
        for words in text.split("\n"):
            found.append(_Paragraph(start, words, [0, *accumulate(map(self._widths.__getitem__, words))]))
            start += len(words) + 1
        return found

    def _wrapped(self, paragraphs: list[_Paragraph], room: float) -> list[Line]:
        return [line for paragraph in paragraphs for line in _broken(paragraph, room)]

    def _fitting(self, text: str) -> tuple[_Step, list[Line]] | None:
        """Return the largest size at which the text fits, with its lines."""
        if len(text) <= self._surely and text.isascii() and "\n" not in text:
            return self._steps[0], [Line(0, len(text))]
        paragraphs = self._paragraphs(text)
        least = len(paragraphs)
        width = sum(paragraph.ends[-1] for paragraph in paragraphs)
        for step in self._steps:
            if least > step.lines or width > step.units * step.lines:
                continue
            lines = self._wrapped(paragraphs, step.units)
            if len(lines) <= step.lines:
                return step, lines
        return None

    def fits(self, text: str) -> bool:
        return self._fitting(text) is not None

    def draw(self, text: str, pen: Pen, heads: Sequence[range] = ()) -> bytes | None:
        """Return the same as of any room; lines that begin in `heads`, ranges of the text, are heavy."""
        fitting = self._fitting(text)
        if fitting is None:
            return None
        step, lines = fitting
        shown = [self._show(text[line.start : line.end], pen, step.size) for line in lines]
        if heads:
            for place, line in enumerate(lines):
                if any(line.start in head for head in heads):
                    shown[place] = _twice(shown[place], step.size)
        return self._drawn(shown, step)

    def draw_part(self, text: str, pen: Pen, note: str, size: float | None = None) -> bytes:
        step = self._step(size) if size else self._steps[-1]
        last = step.lines - 1
        lines = self.wrap(text, step.size)
        shown = [self._show(text[line.start : line.end], pen, step.size) for line in lines[:last]]
        rest = text[lines[last].start :] if last < len(lines) else ""
        rest = rest.partition("\n")[0] if note else rest.replace("\n", " ")
        return self._drawn([*shown, self._noted(rest, pen, note, step.size)], step)

    def _drawn(self, shown: list[bytes], step: _Step) -> bytes:
        start = step.start
        if self.look.low:
            below = self.height - step.inset - len(shown) * self._leading(step.size)
            start += b"0 %b Td " % number(-below)
        return start + b" T*\n".join(shown) + self._close


def _broken(paragraph: _Paragraph, room: float) -> Iterator[Line]:
    """Yield the lines of a paragraph."""
    at, words, ends = paragraph.start, paragraph.words, paragraph.ends
    start, length = 0, len(words)
    while ends[length] - ends[start] > room:
        reach = max(bisect_right(ends, ends[start] + room) - 1, start + 1)
        if reach == length:
            break
        stop = _break_before(words, start, reach)
        yield Line(at + start, at + start + len(words[start:stop].rstrip(" \t")))
        start = stop
        while start < length and words[start] in " \t":
            start += 1
    if start < length or not length:
        yield Line(at + start, at + length)


def _break_before(text: str, start: int, reach: int) -> int:
    """Return where the line from `start` ends that has no room for the character at `reach`."""
    if text[reach] in " \t":
        return reach
    for place in range(reach, start, -1):
        if _may_break(text[place - 1], text[place]):
            return place
    for place in range(reach, start + (reach - start) // 3, -1):
        if text[place] in _BETTER:
            return place
    return reach


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two characters: after a space, and beside any Chinese character, Japanese
    or Korean one, but for punctuation that may not begin or end a line (JIS X 4051, GB/T 15834)."""
    if before in " \t\u200b":
        return True
    if before < "\u2e80" and after < "\u2e80":
        return False
    return after not in _NOT_FIRST and before not in _NOT_LAST


def _twice(shown: bytes, size: float) -> bytes:
    """Return what shows a line, and again a little to the right, back at its start."""
    right = number(_HEAVY * size)
    return b"%b %b 0 Td %b -%b 0 Td" % (shown, right, shown, right)


def number(value: float) -> bytes:
    """Return a number as PDF writes it: at most three decimals, no exponent."""
    return b"%d" % value if value == int(value) else (b"%.3f" % value).rstrip(b"0").rstrip(b".")
