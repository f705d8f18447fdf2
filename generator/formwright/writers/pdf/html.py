"""Layout -> HTML for WeasyPrint: finds the template macro of each block and control, and measures columns.

All lengths are points. The page is US Letter with a text column of 504, of which items use 468 (36 are the gutter).
Wording comes from the layout alone; the templates add none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from typing import Any, Final

from markupsafe import Markup, escape

from formwright import ids, resources
from formwright.layout import (
    Area,
    Blank,
    Block,
    Break,
    Contents,
    Control,
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
    OneOf,
    Para,
    Row,
    Run,
    Runs,
    Tick,
)
from formwright.writers._widths import fact_widths, wraps
from formwright.writers._wording import balanced, head, joined, last_two
from formwright.writers.pdf.columns import COLUMN, breakable, grid_view, tall
from formwright.writers.pdf.drawn import image, mark

GAP: Final = 12.0
FAMILY: Final = '"Public Sans"'
_BLOCKS: Final = ("blocks", "letter", "plan")
"""The templates with the macros of blocks and groups; the first that has one is taken."""
_UNBROKEN: Final = 32
"""Characters that may stand on a last line without a break."""
Languages = tuple[str, ...]

_MACROS: Final[Mapping[type, str]] = {
    Heading: "heading",
    Para: "para",
    List: "list",
    Note: "note",
    Field: "field",
    Grid: "grid",
    Figure: "figure",
    Contents: "contents",
    Break: "break",
    Line: "line",
    Area: "area",
    OneOf: "one_of",
    ManyOf: "many_of",
    Tick: "tick",
    Blank: "blank",
}


@dataclass(frozen=True, slots=True)
class At:
    """Where the next node stands: level of its heading, width of the room, and what surrounds it."""

    level: int = 2
    room: float = COLUMN
    in_row: bool = False
    in_cell: bool = False
    in_facts: bool = False
    beside_pen: bool = False
    """In a row with a signature, whose fields are all as high as it."""

    def below(self, room: float | None = None, level: int | None = None) -> At:
        """Return the place one heading further down, in a room of `room`."""
        deeper = min(self.level + 1, 6) if level is None else level
        return At(level=deeper, room=self.room if room is None else room)

    def row(self, group: Group) -> At:
        """Return the place inside a row of fields."""
        pen = any(isinstance(block, Field) and isinstance(block.control, Blank) for block in group.blocks)
        return replace(self, in_row=True, beside_pen=pen)

    def facts(self) -> At:
        """Return the place inside the facts of page 1."""
        return replace(self, in_facts=True)

    def cell(self, room: float) -> At:
        """Return the place inside a cell of that width."""
        return replace(self, in_cell=True, room=room)

    def wide(self, twelfths: int) -> float:
        """Return the width of `twelfths` columns with the gaps between them."""
        unit = (self.room + GAP) / 12
        return round(unit * max(1, min(twelfths, 12)) - GAP, 2)

    def depth(self, lines: int) -> float:
        """Return the height of an area: 14 a line and a little air; in cells 20 or more a line, for a pen."""
        if not self.in_cell:
            return 14.0 * lines + 6
        return 20.0 * lines + (6 if lines > 2 else 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One continuation sheet: its words and its two fixed controls."""

    number: int
    words: str
    title: Line
    text: Area


@dataclass(frozen=True, slots=True)
class SideRow:
    """One row of the side heads: a title with blocks, or a figure with its caption."""

    title: str = ""
    blocks: tuple[Block, ...] = ()
    figure: Figure | None = None


def sheets(layout: Layout, count: int) -> tuple[Sheet, ...]:
    """Return `count` generic continuation sheets; the stamp says which question each goes on with."""
    found = []
    for number in range(1, count + 1):
        words = layout.words["sheet"].replace("{n}", str(number))
        key = ids.join(ids.FORM, f"sheet{number}")
        title = Line(key=f"{key}.title", name=f"{words}: 1", fixed=True, strong=True)
        text = Area(key=f"{key}.text", name=f"{words}: 2", fixed=True, lines=36)
        found.append(Sheet(number=number, words=words, title=title, text=text))
    return tuple(found)


def render(layout: Layout, extra: tuple[Sheet, ...] = (), families: str = FAMILY) -> str:
    """Return the HTML of a layout and its continuation sheets; an unknown block or control raises TypeError.

    families: those of drawings, which no style sheet reaches.
    """
    return _Renderer(layout, families).document(extra)


# ---- text ---------------------------------------------------------------------------------------


def _run(run: Run, unbroken: bool = False, languages: Languages = ()) -> Markup:
    """Return the HTML of a run; `unbroken` keeps what follows its last space on one line, also after a hyphen."""
    inside = escape(run.text)
    first, gap, last = run.text.rpartition(" ")
    if unbroken and "-" in last and len(last) <= _UNBROKEN:
        inside = Markup('{}{}<span class="nb">{}</span>').format(first, gap, last)
    if run.link:
        inside = Markup('<a href="{}">{}</a>').format(run.link, inside)
    wrap = {"strong": "<strong>{}</strong>", "emphasis": "<em>{}</em>"}.get(run.style)
    if run.style in {"quiet", "together"}:
        wrap = f'<span class="{"nb" if run.style == "together" else "quiet"}">{{}}</span>'
    return spoken_in(Markup(wrap).format(inside) if wrap else inside, run.language, languages)


def runs_markup(runs: Runs, join: bool = False, languages: Languages = ()) -> Markup:
    """Return the HTML of runs; `join` keeps the last two words together."""
    last = len(runs) - 1
    return Markup("").join(
        _run(run, join and place == last, languages) for place, run in enumerate(joined(runs) if join else runs)
    )


def languages_of(layout: Layout) -> Languages:
    """Return the languages of the wording other than the document's own, in order of their names."""
    return tuple(sorted(set(_languages(layout.blocks)) - {layout.language, ""}))


def _languages(node: object) -> Iterator[str]:
    if isinstance(node, tuple):
        for part in node:
            yield from _languages(part)
    elif is_dataclass(node):
        if isinstance(node, (Run, Para)):
            yield node.language
        for part in fields(node):
            yield from _languages(getattr(node, part.name))


def spoken_in(inside: Markup, language: str, languages: Languages) -> Markup:
    """Return HTML in another language, in as many elements `a:in` as the language's place in `languages`.

    WeasyPrint writes no language into the tags, but a /Link for each of them; `tags` reads the place from these. (Of
    what it gives a tag of its own, they alone may stand in a paragraph and are no real link.)
    """
    if language not in languages:
        return inside
    depth = languages.index(language) + 1
    return Markup(f'<a:in lang="{escape(language)}">' * depth) + inside + Markup("</a:in>" * depth)


# ---- figures ------------------------------------------------------------------------------------

_SPECIMEN: Final = """<svg xmlns="http://www.w3.org/2000/svg" width="308" height="{height}" viewBox="0 0 231 {box}">
<rect x=".4" y=".4" width="228" height="22.4" fill="#e8edf1" stroke="#6f777d" stroke-width=".6"/>
<text x="4.3" y="15" font-family='{family}' font-size="10" fill="#1b1b1b">{text}</text>{tick}
</svg>"""
_SPECIMEN_TICK: Final = """
<rect x=".4" y="29.4" width="11.2" height="11.2" fill="#fff" stroke="#6f777d" stroke-width=".8"/>
<text x="17" y="38.4" font-family='{family}' font-size="9" fill="#1b1b1b">{words}</text>"""


def picture(figure: Figure, confirm: str = "", family: str = FAMILY) -> str:
    """Return a figure as a data URI; an SVG inside an image can reach nothing outside itself."""
    svg = figure.svg
    if figure.specimen:
        tick = _SPECIMEN_TICK.format(words=escape(confirm), family=family) if confirm else ""
        box = 42 if confirm else 24
        text = escape(figure.specimen)
        svg = _SPECIMEN.format(text=text, tick=tick, box=box, height=box * 4 // 3, family=family)
    return image(svg.replace(f"font-family={FAMILY}", f"font-family='{family}'"))


def side_rows(group: Group) -> Iterator[SideRow]:
    """Give each specimen in a side group a row of its own, with its caption in the narrow column."""
    title, blocks = group.title, list[Block]()
    for node in group.blocks:
        if isinstance(node, Figure) and node.caption:
            if title or blocks:
                yield SideRow(title=title, blocks=tuple(blocks))
            yield SideRow(figure=node)
            title, blocks = "", []
        else:
            blocks.append(node)
    if title or blocks:
        yield SideRow(title=title, blocks=tuple(blocks))


def by_project(grid: Grid) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of a list of projects, those of each project together."""
    starts = [at for at, row in enumerate(grid.rows) if row.kind == "project"]
    return tuple(grid.rows[start:end] for start, end in zip(starts, (*starts[1:], len(grid.rows)), strict=True))


def two_columns(control: ManyOf, at: At) -> bool:
    """Say whether the ticks stand in two columns: four or more short ones, stacked, where there is room."""
    short = all(len(option.label) <= 36 for option in control.options)
    return control.stacked and len(control.options) >= 4 and short and not at.in_row and at.room > 400


# ---- documents ----------------------------------------------------------------------------------


def _sections(node: object) -> Iterator[Group]:
    for block in node if isinstance(node, tuple) else ():
        if isinstance(block, Group) and block.role in {"section", "next", "certification"}:
            yield block
        elif isinstance(block, Group):
            yield from _sections(block.blocks)


def _with_title(layout: Layout) -> tuple[Block, ...]:
    """Return the blocks with the title: behind the masthead, unless one of level 1 is there, or it is a letter."""
    letter = any(isinstance(block, Group) and block.role == "letterhead" for block in layout.blocks)
    if letter or any(isinstance(block, Heading) and block.level == 1 for block in layout.blocks):
        return layout.blocks
    masthead = bool(layout.blocks) and isinstance(layout.blocks[0], Group) and layout.blocks[0].role == "masthead"
    title = Heading(text=layout.title, level=1)
    return (*layout.blocks[:masthead], title, *layout.blocks[masthead:])


def _without_idle_breaks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out breaks before a section, which starts a page anyway, and at the end: they would make empty pages."""
    kept: list[Block] = []
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        starts = isinstance(following, Group) and following.role == "section"
        if not (isinstance(block, Break) and (starts or following is None or isinstance(following, Break))):
            kept.append(block)
    return tuple(kept)


@dataclass(slots=True)
class _Renderer:
    """Renders one layout: the templates call back `block` and `control` for what lies inside."""

    layout: Layout
    families: str
    macros: dict[str, object] = field(default_factory=dict)

    def document(self, extra: tuple[Sheet, ...]) -> str:
        jinja = resources.environment()
        jinja.filters.update(self.filters())
        jinja.tests.update(breakable=breakable, tall=tall, wraps=wraps)
        jinja.globals.update(block=self.block, control=self.control, notices=self.layout.notices)
        jinja.globals.update(sections=tuple(_sections(self.layout.blocks)))
        for name in (*_BLOCKS, "controls"):
            self.macros[name] = jinja.get_template(f"html/{name}.html.jinja").module
        page_words = [part for part in re.split(r"(\{[nm]\})", self.layout.words["page"]) if part]
        return jinja.get_template("html/document.html.jinja").render(
            layout=self.layout,
            blocks=_without_idle_breaks(_with_title(self.layout)),
            sheets=extra,
            page_words=page_words,
            at=At(),
        )

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return the filters of the templates by name."""
        confirm = self.layout.words.get("correct_as_shown", "")
        languages = languages_of(self.layout)
        return {
            "runs": partial(runs_markup, languages=languages),
            "last_two": last_two,
            "head": head,
            "spoken_in": partial(spoken_in, languages=languages),
            "balanced": balanced,
            "anchor": lambda group: group.anchor or f"section-{group.number}{group.role}".lower(),
            "role": lambda node: getattr(node, "role", ""),
            "is_run": lambda part: isinstance(part, Run),
            "mark": mark,
            "by_project": by_project,
            "picture": lambda figure: picture(figure, confirm, self.families),
            "side_rows": lambda group: tuple(side_rows(group)),
            "fact_widths": fact_widths,
            "grid_view": grid_view,
            "two_columns": two_columns,
        }

    def block(self, node: Block, at: At) -> Markup:
        """Return the HTML of one block."""
        if isinstance(node, Group) or (isinstance(node, Grid) and node.role in {"check", "projects"}):
            macro: str = node.role
        else:
            macro = _macro(node)
        return self._call(next(name for name in _BLOCKS if hasattr(self.macros[name], macro)), macro, node, at)

    def control(self, node: Control, at: At) -> Markup:
        """Return the HTML of one control with its label; a fact has no edge and two lines."""
        return self._call("controls", "fact" if at.in_facts else _macro(node), node, at)

    def _call(self, template: str, macro: str, node: object, at: At) -> Markup:
        made: Markup = getattr(self.macros[template], macro)(node, at)
        return made


def _macro(node: object) -> str:
    try:
        return _MACROS[type(node)]
    except KeyError:
        raise TypeError(f"the PDF writer knows no {type(node).__name__}") from None
