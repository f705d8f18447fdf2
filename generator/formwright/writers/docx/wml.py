"""Elements of WordprocessingML, with their children in the order that ISO 29500-1 gives them.

Lengths come in points and are written in twentieths of one. A place where the stamp writes is a processing instruction
`<?fw name?>` until the document is cut into pieces: it can stand wherever an element can, and no wording looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from docx.oxml.parser import oxml_parser
from lxml import etree

from formwright.layout import Run, Runs

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
}
_OWN_ATTRIBUTES: Final = frozenset({"w", "w14", "w15"})
"""Namespaces whose attributes are qualified; those of drawings are not."""
SLOT: Final = "fw"
_BREAKS: Final = re.compile(r"(\t|\n)")
_CHARACTER_STYLES: Final = {"strong": "FWStrong", "emphasis": "FWStrong", "quiet": "FWQuiet"}
"""No italic is embedded: what the layout emphasizes is bold (LOOK.md, In Word)."""

Element = Any
"""lxml ships no types."""


def name(tag: str) -> str:
    """Return the qualified name of `w:tag` as lxml writes it."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def el(tag: str, *children: Element | None, **attributes: object) -> Element:
    """Return an element; attributes are of its own namespace (`r_id` stands for `r:id`), None children are left out."""
    prefix = tag.partition(":")[0]
    made = oxml_parser.makeelement(name(tag), nsmap={prefix: NAMESPACES[prefix]})
    for key, value in attributes.items():
        key = key.rstrip("_")
        if key.startswith("r_"):
            key = name(f"r:{key[2:]}")
        elif prefix in _OWN_ATTRIBUTES:
            key = name(f"{prefix}:{key}")
        made.set(key, str(value))
    made.extend(child for child in children if child is not None)
    return made


def slot(name: str) -> Element:
    """Return the mark of a place where the stamp writes."""
    return etree.ProcessingInstruction(SLOT, name)


def twips(points: float) -> int:
    """Return a length in twentieths of a point."""
    return round(points * 20)


def locale(language: str) -> str:
    """Return a language as Word wants it: with a country."""
    return "en-US" if language == "en" else language


# ---- text ---------------------------------------------------------------------------------------


def text(words: str) -> list[Element]:
    """Return what stands in a run: w:t, with w:tab and w:br for tabs and line feeds."""
    found = []
    for part in _BREAKS.split(words):
        if part == "\t":
            found.append(el("w:tab"))
        elif part == "\n":
            found.append(el("w:br"))
        elif part:
            found.append(t(part))
    return found


def t(words: str) -> Element:
    """Return a w:t that keeps its blanks."""
    made = el("w:t")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = words
    return made


def run(words: str, style: str = "", *properties: Element, language: str = "") -> Element:
    """Return a run of text; `properties` follow the style in the order of CT_RPr."""
    lang = el("w:lang", val=locale(language)) if language else None
    inside = [el("w:rStyle", val=style) if style else None, *properties, lang]
    kept = [part for part in inside if part is not None]
    return el("w:r", el("w:rPr", *kept) if kept else None, *text(words))


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
    return el("w:p", _properties(style, look), *content)


def _properties(style: str, look: Look) -> Element:
    """Return the w:pPr (CT_PPrBase: pStyle keepNext pageBreakBefore numPr pBdr tabs spacing ind jc)."""
    edge = el("w:left", val="single", sz=18, space=round(EDGE_GAP), color=ACCENT)
    line = el("w:top", val="single", sz=6, space=4, color=LINE) if look.rule else None
    tabs = [
        el("w:tab", val=kind, **({"leader": leader} if leader else {}), pos=twips(at)) for kind, at, leader in look.tabs
    ]
    return el(
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
    properties = paragraph[0]
    if properties.find(name("w:keepNext")) is None:
        properties.insert(1, el("w:keepNext"))  # behind pStyle, which every paragraph of ours has


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
    """Return a cell (CT_TcPr: tcW gridSpan tcBorders shd vAlign); `low`: its content stands at its foot; `span`: over
    so many columns. Edges that a cell lacks are said, too: LibreOffice would take them from its neighbours' table."""
    borders = None
    if edges is not None:
        sides = (("top", edges.top), ("left", edges.left), ("bottom", edges.bottom), ("right", edges.right))
        borders = el("w:tcBorders", *(_edge(side, edge) for side, edge in sides))
    properties = el(
        "w:tcPr",
        el("w:tcW", w=twips(width), type="dxa"),
        el("w:gridSpan", val=span) if span else None,
        borders,
        el("w:shd", val="clear", color="auto", fill=shade) if shade else None,
        el("w:vAlign", val="bottom") if low else None,
    )
    return el("w:tc", properties, *content)


def _edge(side: str, edge: tuple[int, str] | None) -> Element:
    if edge is None:
        return el(f"w:{side}", val="nil")
    return el(f"w:{side}", val="single", sz=edge[0], space=0, color=edge[1])


def row(cells: Iterable[Element], height: float = 0.0, head: bool = False) -> Element:
    """Return a row that does not break (CT_TrPr: cantSplit trHeight tblHeader); `height` is its least."""
    properties = el(
        "w:trPr",
        el("w:cantSplit"),
        el("w:trHeight", val=twips(height), hRule="atLeast") if height else None,
        el("w:tblHeader") if head else None,
    )
    return el("w:tr", properties, *cells)


def table(
    style: str, widths: Iterable[float], rows: Iterable[Element], *, left: float, name: str, head: bool, heads: bool
) -> Element:
    """Return a table of fixed widths (CT_TblPr: tblStyle tblW tblInd tblLayout tblLook tblCaption).

    name: what is said of it; head, heads: whether its first row and its first column are heads.
    """
    sizes = [twips(width) for width in widths]
    look = {"firstRow": int(head), "lastRow": 0, "firstColumn": int(heads), "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = el(
        "w:tblPr",
        el("w:tblStyle", val=style),
        el("w:tblW", w=sum(sizes), type="dxa"),
        el("w:tblInd", w=twips(left), type="dxa"),
        el("w:tblLayout", type="fixed"),
        el("w:tblLook", val=f"{0x600 + 0x20 * head + 0x80 * heads:04X}", **look),
        el("w:tblCaption", val=name) if name else None,
    )
    return el("w:tbl", properties, el("w:tblGrid", *(el("w:gridCol", w=size) for size in sizes)), *rows)


# ---- fields -------------------------------------------------------------------------------------


def field(code: str, shown: str, *properties: Element, dirty: bool = False) -> list[Element]:
    """Return a field (PAGE, NUMPAGES, PAGEREF) as runs, with what it shows until a program renews it."""

    def mark(kind: str) -> Element:
        attributes = {"dirty": "true"} if dirty and kind == "begin" else {}
        return el("w:r", _copy(properties), el("w:fldChar", fldCharType=kind, **attributes))

    said = el("w:instrText")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = f" {code} "
    result = el("w:r", _copy(properties), t(shown))
    return [mark("begin"), el("w:r", _copy(properties), said), mark("separate"), result, mark("end")]


def _copy(properties: tuple[Element, ...]) -> Element | None:
    return el("w:rPr", *(deepcopy(one) for one in properties)) if properties else None
