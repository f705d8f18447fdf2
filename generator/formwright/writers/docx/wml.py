"""Elements of WordprocessingML, with their children in the order that ISO 29500-1 gives them.

Lengths come in points and are written in twentieths of one. What many paragraphs, runs and cells have in common is made
and written once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from formwright.layout import Run, Runs
from formwright.writers.docx.tree import Node, bare, el, escaped, name, raw, shared, slot, spaced, written

_SHARED: Final = 1_000
"""Properties that are kept, of each kind."""
_BREAKS: Final = re.compile(r"(\t|\n)")
_CHARACTER_STYLES: Final = {"strong": "FWStrong", "emphasis": "FWStrong", "quiet": "FWQuiet"}
"""No italic is embedded: what the layout emphasizes is bold (LOOK.md, In Word)."""

Element = Node
_RUN, _PARAGRAPH, _CELL, _ROW, _TABLE = (name(tag) for tag in ("w:r", "w:p", "w:tc", "w:tr", "w:tbl"))
_TEXT: Final = '<w:t xml:space="preserve">'


def twips(points: float) -> int:
    """Return a length in twentieths of a point."""
    return round(points * 20)


def locale(language: str) -> str:
    """Return a language as Word wants it: with a country."""
    return "en-US" if language == "en" else language


# ---- text ---------------------------------------------------------------------------------------


def _text(words: str) -> str:
    """Return what stands in a run: w:t, with w:tab and w:br for tabs and line feeds."""
    if not words:
        return ""
    if "\t" not in words and "\n" not in words:
        return f"{_TEXT}{escaped(words)}</w:t>"
    breaks = {"\t": "<w:tab/>", "\n": "<w:br/>", "": ""}
    parts = _BREAKS.split(words)
    return "".join(breaks[part] if part in breaks else f"{_TEXT}{escaped(part)}</w:t>" for part in parts)


def t(words: str) -> Element:
    """Return a w:t that keeps its blanks."""
    return spaced("w:t", words)


def run(words: str, style: str = "", *properties: Element, language: str = "") -> Element:
    """Return a run of text; `properties` follow the style in the order of CT_RPr."""
    inside = _run_properties(style, properties, language) + _text(words)
    return raw(f"<w:r>{inside}</w:r>" if inside else "<w:r/>", _RUN, words)


@lru_cache(_SHARED)
def _run_properties(style: str, properties: tuple[Element, ...], language: str) -> str:
    lang = el("w:lang", val=locale(language)) if language else None
    inside = [el("w:rStyle", val=style) if style else None, *properties, lang]
    kept = [part for part in inside if part is not None]
    return written((el("w:rPr", *kept),)) if kept else ""


def runs(parts: Runs) -> list[Element]:
    """Return the runs of wording; what is kept together has no-break spaces and hyphens."""
    return [_run(part) for part in parts]


def _run(part: Run) -> Element:
    style = _CHARACTER_STYLES.get(part.style, "")
    if part.slot:
        return slot(f"value:{style}:{part.slot}")
    words = part.text
    if part.style == "together":
        words = words.replace(" ", "\u00a0").replace("-", "\u2011")
    return run(words, style, language=part.language)


def plain(parts: Iterable[Run]) -> str:
    """Return the words of runs."""
    return "".join(part.text for part in parts)


# ---- paragraphs ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a paragraph has by hand, beside its style (LOOK.md: only spacing, tabs, alignment, edges)."""

    keep: bool = False
    page: bool = False
    before: float | None = None
    after: float | None = None
    left: float | None = None
    hanging: float | None = None
    right: float | None = None
    centered: bool = False
    edge: bool = False
    """The accent edge of what follows an answer, at the left."""
    rule: bool = False
    """A line above, for a pen."""
    tabs: tuple[tuple[str, float, str], ...] = ()
    """Kind, place, leader of each."""
    number: int = 0
    """The list that it is an entry of."""


PLAIN: Final = Look()
ACCENT: Final = "0B4A6F"
LINE: Final = "6F777D"
EDGE_GAP: Final = 5.0
"""Between the accent edge and the text of a paragraph: that of a cell to its text."""


def paragraph(style: str, *content: Element, look: Look = PLAIN) -> Element:
    """Return a paragraph in a style, by its id."""
    return bare(_PARAGRAPH, _plain(style) if look is PLAIN else _properties(style, look), content)


@lru_cache(_SHARED)
def _plain(style: str) -> Element:
    return _properties(style, PLAIN)


@lru_cache(_SHARED)
def _properties(style: str, look: Look) -> Element:
    """Return the w:pPr (CT_PPrBase: pStyle keepNext pageBreakBefore numPr pBdr tabs spacing ind jc)."""
    edge = el("w:left", val="single", sz=18, space=round(EDGE_GAP), color=ACCENT)
    line = el("w:top", val="single", sz=6, space=4, color=LINE) if look.rule else None
    tabs = [
        el("w:tab", val=kind, **({"leader": leader} if leader else {}), pos=twips(at)) for kind, at, leader in look.tabs
    ]
    made = el(
        "w:pPr",
        el("w:pStyle", val=style),
        el("w:keepNext") if look.keep else None,
        el("w:pageBreakBefore") if look.page else None,
        el("w:numPr", el("w:ilvl", val=0), el("w:numId", val=look.number)) if look.number else None,
        el("w:pBdr", line, edge if look.edge else None) if look.edge or look.rule else None,
        el("w:tabs", *tabs) if tabs else None,
        _spacing(look),
        _indent(look),
        el("w:jc", val="center") if look.centered else None,
    )
    return shared(made)


def _spacing(look: Look) -> Element | None:
    given = {"before": look.before, "after": look.after}
    found = {key: twips(value) for key, value in given.items() if value is not None}
    return el("w:spacing", **found) if found else None


def _indent(look: Look) -> Element | None:
    given = {"left": look.left, "right": look.right, "hanging": look.hanging}
    found = {key: twips(value) for key, value in given.items() if value is not None}
    return el("w:ind", **found) if found else None


def keep_with_next(paragraph: Element) -> None:
    """Make a paragraph stay with what follows it."""
    paragraph.children[0] = _keeping(paragraph.children[0])


@lru_cache(_SHARED)
def _keeping(properties: Element) -> Element:
    """Return the properties of a paragraph with w:keepNext behind w:pStyle, which every paragraph of ours has."""
    if properties.child("w:keepNext"):
        return properties
    style, *others = properties.children
    return shared(el("w:pPr", style, el("w:keepNext"), *others))


# ---- tables -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The edges of a cell, each (size in eighths of a point, colour); None has none."""

    top: tuple[int, str] | None = None
    left: tuple[int, str] | None = None
    bottom: tuple[int, str] | None = None
    right: tuple[int, str] | None = None


def cell(
    width: float,
    *content: Element,
    edges: Edges | None = None,
    shade: str = "",
    low: bool = False,
    span: int = 0,
) -> Element:
    """Return a cell; `low`: its content stands at its foot; `span`: over so many columns. Edges that a cell lacks are
    said, too: LibreOffice would take them from its neighbours' table."""
    return bare(_CELL, _cell_properties(width, edges, shade, low, span), content)


@lru_cache(_SHARED)
def _cell_properties(width: float, edges: Edges | None, shade: str, low: bool, span: int) -> Element:
    """Return the properties of a cell (CT_TcPr: tcW gridSpan tcBorders shd vAlign)."""
    borders = None
    if edges is not None:
        sides = (("top", edges.top), ("left", edges.left), ("bottom", edges.bottom), ("right", edges.right))
        borders = el("w:tcBorders", *(_edge(side, edge) for side, edge in sides))
    made = el(
        "w:tcPr",
        el("w:tcW", w=twips(width), type="dxa"),
        el("w:gridSpan", val=span) if span else None,
        borders,
        el("w:shd", val="clear", color="auto", fill=shade) if shade else None,
        el("w:vAlign", val="bottom") if low else None,
    )
    return shared(made)


def accented(cell: Element, edge: tuple[int, str]) -> None:
    """Give a cell, which has edges, another one at its left."""
    cell.children[0] = _accented(cell.children[0], edge)


@lru_cache(_SHARED)
def _accented(properties: Element, edge: tuple[int, str]) -> Element:
    borders, left = name("w:tcBorders"), name("w:left")
    inside = []
    for part in properties:
        sides = [_edge("left", edge) if side.tag == left else side for side in part]
        inside.append(el("w:tcBorders", *sides) if part.tag == borders else part)
    return shared(el("w:tcPr", *inside))


def _edge(side: str, edge: tuple[int, str] | None) -> Element:
    if edge is None:
        return el(f"w:{side}", val="nil")
    return el(f"w:{side}", val="single", sz=edge[0], space=0, color=edge[1])


def row(cells: Iterable[Element], height: float = 0.0, head: bool = False) -> Element:
    """Return a row that does not break (CT_TrPr: cantSplit trHeight tblHeader); `height` is its least."""
    return bare(_ROW, _row_properties(height, head), cells)


@lru_cache(_SHARED)
def _row_properties(height: float, head: bool) -> Element:
    made = el(
        "w:trPr",
        el("w:cantSplit"),
        el("w:trHeight", val=twips(height), hRule="atLeast") if height else None,
        el("w:tblHeader") if head else None,
    )
    return shared(made)


def table(
    style: str, widths: Iterable[float], rows: Iterable[Element], *, left: float, name: str, head: bool, heads: bool
) -> Element:
    """Return a table of fixed widths (CT_TblPr: tblStyle tblW tblInd tblLayout tblLook tblCaption).

    name: what is said of it; head, heads: whether its first row and its first column are heads.
    """
    sizes = tuple(twips(width) for width in widths)
    properties = el("w:tblPr", _table_look(style, sum(sizes), left, head, heads))
    if name:
        properties.children.append(el("w:tblCaption", val=name))
    return bare(_TABLE, properties, (_columns(sizes), *rows))


@lru_cache(_SHARED)
def _columns(sizes: tuple[int, ...]) -> Element:
    return shared(el("w:tblGrid", *(el("w:gridCol", w=size) for size in sizes)))


@lru_cache(_SHARED)
def _table_look(style: str, width: int, left: float, head: bool, heads: bool) -> Element:
    """Return the properties of a table but its name."""
    look = {"firstRow": int(head), "lastRow": 0, "firstColumn": int(heads), "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    made = (
        el("w:tblStyle", val=style),
        el("w:tblW", w=width, type="dxa"),
        el("w:tblInd", w=twips(left), type="dxa"),
        el("w:tblLayout", type="fixed"),
        el("w:tblLook", val=f"{0x600 + 0x20 * head + 0x80 * heads:04X}", **look),
    )
    return raw(written(made))


# ---- fields -------------------------------------------------------------------------------------


@lru_cache(_SHARED)
def field(code: str, shown: str, *properties: Element, dirty: bool = False) -> tuple[Element, ...]:
    """Return a field (PAGE, NUMPAGES, PAGEREF) as runs, with what it shows until a program renews it."""

    def mark(kind: str) -> Element:
        attributes = {"dirty": "true"} if dirty and kind == "begin" else {}
        return el("w:r", _copy(properties), el("w:fldChar", fldCharType=kind, **attributes))

    said = spaced("w:instrText", f" {code} ")
    result = el("w:r", _copy(properties), t(shown))
    made = (mark("begin"), el("w:r", _copy(properties), said), mark("separate"), result, mark("end"))
    return tuple(map(shared, made))


def _copy(properties: tuple[Element, ...]) -> Element | None:
    return el("w:rPr", *properties) if properties else None
