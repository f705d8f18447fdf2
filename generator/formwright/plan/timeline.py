"""The timeline of the projects, drawn as vectors: a row each, a ring for every step, a diamond for the follow-up.

It repeats dates of the tables; shapes tell its marks apart, not colour alone. Lengths are points; a drawing is 504 wide
and begins at the left edge of the gutter. More projects than fit make a second drawing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from xml.sax.saxutils import escape

from formwright.days import short_month
from formwright.layout import Figure
from formwright.plan.definition import Timeline
from formwright.plan.words import fill
from formwright.text import pick, plain

WIDTH: Final = 504.0
LEFT: Final = 150.0
"""Where the months begin; the names of projects stand between 36 and here."""
TOP: Final = 36.0
"""Height of the middle of the first row."""
PITCH: Final = 24.0
MOST: Final = 20
"""Projects of one drawing."""
NAME: Final = 110.0
"""Room for the name of a project, in each of two lines."""
LEAST_MONTH: Final = 26.0
"""Width under which not every month is named."""
FACE: Final = 'font-family="Public Sans"'
"""The writer puts the families of the document in its place."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One project: its number and name, when its steps are due, when its follow-up is."""

    number: str
    name: str
    steps: tuple[date, ...]
    follow_up: date | None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that is marked."""
        return (*self.steps, *((self.follow_up,) if self.follow_up else ()))


@dataclass(frozen=True, slots=True)
class _Scale:
    """The months of a drawing: from the first day of one to the first day after another."""

    first: date
    end: date

    def x(self, day: date) -> float:
        """Return where a day stands."""
        return LEFT + (WIDTH - LEFT) * (day - self.first).days / (self.end - self.first).days

    def months(self) -> Iterator[date]:
        """Yield the first day of each month."""
        day = self.first
        while day < self.end:
            yield day
            day = _next_month(day)


def figures(
    bars: Sequence[Bar], period: tuple[date | None, date | None], words: Timeline, language: str
) -> Iterator[Figure]:
    """Yield the drawings of the projects that have dates, each with what it says in words."""
    dated = [bar for bar in bars if bar.days]
    days = [day for bar in dated for day in bar.days]
    if not days:
        return
    scale = _scale([*days, *(day for day in period if day)])
    for start in range(0, len(dated), MOST):
        some = dated[start : start + MOST]
        yield Figure(alternative=_alternative(some, scale, words, language), svg=_drawn(some, scale, words, language))


def _scale(days: list[date]) -> _Scale:
    return _Scale(min(days).replace(day=1), _next_month(max(days)))


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _alternative(bars: list[Bar], scale: _Scale, words: Timeline, language: str) -> str:
    from babel.dates import format_date

    text = pick(words.one if len(bars) == 1 else words.alternative, language)
    first, last = (format_date(day, "MMMM y", locale=language) for day in (scale.first, scale.end - timedelta(days=1)))
    named = ", ".join(f"{bar.number} {bar.name}" for bar in bars)
    return fill(plain(text), {"count": str(len(bars)), "from": first, "to": last, "projects": named})


# ---- the drawing --------------------------------------------------------------------------------


def _drawn(bars: list[Bar], scale: _Scale, words: Timeline, language: str) -> str:
    bottom = TOP + PITCH * (len(bars) - 1) + 12
    height = bottom + 24
    parts = [
        *_months(scale, bottom, language),
        *(part for at, bar in enumerate(bars) for part in _bar(bar, TOP + PITCH * at, scale)),
        *_legend(bottom + 17, words, language),
    ]
    # Pixels of CSS, three quarters of a point, as an image has them; the box keeps our points.
    size = f'width="{WIDTH * 4 / 3:g}" height="{height * 4 / 3:g}" viewBox="0 0 {WIDTH:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {FACE} font-size="8" fill="#1b1b1b">{"".join(parts)}</svg>'


def _months(scale: _Scale, bottom: float, language: str) -> Iterator[str]:
    """Yield the lines between months, the names of as many as there is room for, and the years."""
    months = list(scale.months())
    every = next(step for step in (1, 2, 3, 6, 12, 120) if (WIDTH - LEFT) / len(months) * step >= LEAST_MONTH)
    lines = "".join(f"M{scale.x(day):.1f} 12V{bottom:.1f}" for day in (*months, scale.end))
    yield f'<path fill="none" stroke="#c9ced2" stroke-width=".4" d="{lines}"/>'
    year = 0
    for at, day in enumerate(months):
        x = f"{scale.x(day) + 2:.1f}"
        if at % every == 0:
            yield f'<text x="{x}" y="19" fill="#4d555c">{escape(short_month(day, language))}</text>'
        if day.year != year and (at == 0 or scale.x(day) < WIDTH - 20):
            yield f'<text x="{x}" y="8" fill="#4d555c">{day.year}</text>'
            year = day.year


def _bar(bar: Bar, y: float, scale: _Scale) -> Iterator[str]:
    yield f'<text x="0" y="{y + 3:g}" font-weight="600" fill="#0b4a6f">{escape(bar.number)}</text>'
    lines = _lines(bar.name)
    for at, line in enumerate(lines):
        yield f'<text x="36" y="{y + 3 - 4.5 * (len(lines) - 1) + 9 * at:g}">{escape(line)}</text>'
    xs = [scale.x(day) for day in bar.days]
    if len(xs) > 1:
        yield f'<path fill="none" stroke="#6f777d" stroke-width=".8" d="M{min(xs):.1f} {y:g}H{max(xs):.1f}"/>'
    yield from (_ring(scale.x(day), y) for day in bar.steps)
    if bar.follow_up:
        yield _diamond(scale.x(bar.follow_up), y)


def _ring(x: float, y: float) -> str:
    return f'<circle fill="#fff" stroke="#1b1b1b" cx="{x:.1f}" cy="{y:g}" r="3"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path fill="#0b4a6f" d="M{x:.1f} {y - 4.4:.1f}l4.4 4.4l-4.4 4.4l-4.4 -4.4z"/>'


def _legend(y: float, words: Timeline, language: str) -> Iterator[str]:
    step, after = (plain(pick(text, language)) for text in (words.step, words.follow_up))
    yield f'{_ring(LEFT + 4, y - 3)}<text x="{LEFT + 12:g}" y="{y:g}">{escape(step)}</text>'
    x = LEFT + 12 + _width(step) + 20
    yield f'{_diamond(x, y - 3)}<text x="{x + 9:g}" y="{y:g}">{escape(after)}</text>'


def _lines(name: str) -> list[str]:
    """Return a name in at most two lines; what is left over stands in the table alone, and an ellipsis says so."""
    lines: list[str] = []
    rest = name
    while rest and len(lines) < 2:
        taken = _fitting(rest)
        lines.append(rest[:taken].strip())
        rest = rest[taken:].strip()
    if rest:
        lines[-1] = f"{lines[-1].rstrip(' ,.;')}…"
    return lines


def _fitting(text: str) -> int:
    """Return how many characters fit into a line, up to a blank where there is one."""
    if _width(text) <= NAME:
        return len(text)
    most = next(at for at in range(1, len(text) + 1) if _width(text[:at]) > NAME) - 1
    blank = text.rfind(" ", 0, most + 1)
    return blank if blank > 0 else most


def _width(text: str) -> float:
    """Return about how wide a text is at 8 pt."""
    return sum(8.0 if unicodedata.east_asian_width(char) in "WF" else 4.3 for char in text)
