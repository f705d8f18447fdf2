"""The styles of LOOK.md ("In Word"), made with python-docx; a style's id is its name without spaces.

Every line is "at least" as high as its leading, so no font changes the distance of lines. Edges are not here but on the
cells: LibreOffice mixes those of a table's style with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Pt, RGBColor

from formwright.writers.docx.tree import el, grown
from formwright.writers.docx.wml import ACCENT, LINE, Element, locale, twips

FONT: Final = "Public Sans"
FALLBACK: Final = "Arial"
TICKS: Final = "MS Gothic"
"""Word's own choice for ticks: its ballot boxes are of one width, ticked or not."""
INK: Final = "1B1B1B"
QUIET: Final = "4D555C"
TINT: Final = "E8EDF1"
HAIR: Final = "C9CED2"
GUTTER: Final = 36.0
TEXT: Final = 504.0
COLUMN: Final = TEXT - GUTTER
CODE_ROOM: Final = 60.0
"""Right of the foot, for the code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style: sizes in points; `based` on a built-in style, whose outline level makes it a heading."""

    based: str
    size: float
    leading: float
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    bold: bool = False
    color: str = INK
    keep: bool = False
    tab: float = 0
    """A right tab at this place; a style that hangs has a left one at its indent."""
    top: tuple[int, str] | None = None
    """An edge above: size in eighths of a point, colour."""


BUILT_IN: Final[dict[str, int | None]] = {
    "heading 1": 0,
    "heading 2": 1,
    "heading 3": 2,
    "Title": None,
    "Subtitle": None,
    "toc 1": None,
    "header": None,
    "footer": None,
}
"""Word's own styles that ours are based on, with the outline level of the headings."""

PARAGRAPHS: Final[dict[str, Style]] = {
    "FW Text": Style(based="Normal", size=10, leading=14, after=8, left=GUTTER),
    "FW Bar": Style(based="Normal", size=2, leading=4, right=TEXT - 25, keep=True, top=(32, ACCENT)),
    "FW Masthead": Style(based="Normal", size=13, leading=16, before=8, bold=True, tab=TEXT),
    "FW Unit": Style(based="Normal", size=9, leading=12, color=QUIET, tab=TEXT),
    "FW Title": Style(based="Title", size=26, leading=30, before=28, after=28, bold=True, keep=True),
    "FW Subtitle": Style(based="Subtitle", size=17, leading=22, before=4, after=36),
    "FW Section": Style(
        based="heading 1", size=17, leading=22, before=6, after=8, left=GUTTER, right=40, hanging=GUTTER, bold=True
    ),
    "FW Lead": Style(based="Normal", size=10, leading=14, left=GUTTER, right=40),
    "FW Priority": Style(based="heading 2", size=13, leading=16, before=24, after=6, left=GUTTER, bold=True),
    "FW Question": Style(
        based="heading 2", size=10, leading=14, before=28, after=6, left=GUTTER, right=40, hanging=GUTTER, bold=True
    ),
    "FW Part": Style(based="heading 3", size=10, leading=14, before=20, after=6, left=GUTTER, right=40, bold=True),
    "FW Part Label": Style(based="heading 3", size=10, leading=14, before=16, after=4, left=GUTTER, right=40),
    "FW Side Head": Style(based="heading 2", size=10, leading=14, after=8, bold=True),
    "FW Say": Style(based="Normal", size=10, leading=14, after=8),
    "FW Help": Style(based="Normal", size=9, leading=12, before=4, left=GUTTER, color=QUIET),
    "FW Label": Style(based="Normal", size=9, leading=12, after=3, keep=True),
    "FW Head": Style(based="Normal", size=9, leading=12, before=3, after=3, bold=True, keep=True),
    "FW Row Head": Style(based="Normal", size=9, leading=12, before=4, after=4, bold=True),
    "FW Field": Style(based="Normal", size=10, leading=14, before=4, after=4),
    "FW Read": Style(based="Normal", size=9, leading=12, before=4, after=5),
    "FW Check": Style(based="Normal", size=9, leading=12, before=1, after=1),
    "FW Letter": Style(based="Normal", size=10, leading=14, after=8, left=84, right=8),
    "FW Letter Block": Style(based="Normal", size=10, leading=14, left=84, right=8),
    "FW Letter Side": Style(based="Normal", size=10, leading=14),
    "FW Choice": Style(based="Normal", size=10, leading=16, before=4, after=4, left=GUTTER),
    "FW List": Style(based="Normal", size=10, leading=14, after=4),
    "FW Note": Style(based="Normal", size=9, leading=12, before=20, color=QUIET, top=(4, HAIR)),
    "FW Contents": Style(based="toc 1", size=10, leading=14, after=4),
    "FW Header": Style(based="header", size=8, leading=12, color=QUIET, tab=TEXT),
    "FW Footer": Style(based="footer", size=8, leading=12, right=CODE_ROOM, color=QUIET, tab=TEXT - CODE_ROOM),
    "FW Gap": Style(based="Normal", size=2, leading=4),
}

_CHARACTERS: Final[dict[str, tuple[float, str, bool]]] = {
    "FW Number": (0, ACCENT, True),
    "FW Strong": (0, "", True),
    "FW Quiet": (9, QUIET, False),
    "FW Small": (9, "", False),
    "FW Ink": (0, INK, False),
    "Placeholder Text": (9, LINE, False),
}
"""Size (0 for that of the paragraph), colour, bold."""
_TABLES: Final = {"FW Fields": 5.0, "FW Lines": 0.0, "FW Plain": 0.0}
"""Room between a cell's sides and its text."""


def add_styles(document: Document, language: str) -> None:
    """Put our styles in the place of those of python-docx's template."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(grown(_defaults(language)))
    for made in _basis():
        root.append(grown(made))
    for name, level in BUILT_IN.items():
        _add_built_in(document, name, level)
    for name, style in PARAGRAPHS.items():
        _add_paragraph(document, name, style)
    for name, (size, color, bold) in _CHARACTERS.items():
        _add_character(document, name, size, color, bold)
    _add_ticks(document)
    for name, side in _TABLES.items():
        _add_table(document, name, side)


def _defaults(language: str) -> Element:
    """Return w:docDefaults: our font once, the document's language, lines of 14 points."""
    fonts = el("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FALLBACK)
    lang = el("w:lang", val=locale(language), eastAsia="zh-CN", bidi="ar-SA")
    sizes = (el("w:sz", val=20), el("w:szCs", val=20))
    run = el("w:rPr", fonts, el("w:color", val=INK), *sizes, lang)
    spacing = el("w:spacing", before=0, after=0, line=twips(14), lineRule="atLeast")
    return el("w:docDefaults", el("w:rPrDefault", run), el("w:pPrDefault", el("w:pPr", spacing)))


def _basis() -> list[Element]:
    """Return the default styles of paragraphs, characters and tables, which every document has."""
    sides = [el(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    table = el("w:tblPr", el("w:tblInd", w=0, type="dxa"), el("w:tblCellMar", *sides))
    return [
        _default("paragraph", "Normal", el("w:qFormat"), el("w:pPr", el("w:widowControl"))),
        _default("character", "Default Paragraph Font", *_hidden()),
        _default("table", "Normal Table", *_hidden(), table, id="TableNormal"),
    ]


def _default(kind: str, name: str, *inside: Element, id: str = "") -> Element:
    style_id = id or name.replace(" ", "")
    return el("w:style", el("w:name", val=name), *inside, type=kind, default=1, styleId=style_id)


def _hidden() -> tuple[Element, ...]:
    return el("w:uiPriority", val=99), el("w:semiHidden"), el("w:unhideWhenUsed")


def _new(document: Document, name: str, kind: WD_STYLE_TYPE, built_in: bool) -> Any:
    style = document.styles.add_style(name, kind, builtin=built_in)
    style.hidden = style.unhide_when_used = False
    style.priority = None
    return style


def _add_built_in(document: Document, name: str, level: int | None) -> None:
    style = _new(document, name, WD_STYLE_TYPE.PARAGRAPH, built_in=True)
    style.element.styleId = name[0].upper() + name[1:].replace(" ", "")
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    if level is not None:
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.keep_together = True
        style.element.get_or_add_pPr().append(grown(el("w:outlineLvl", val=level)))


def _add_paragraph(document: Document, name: str, look: Style) -> None:
    style = _new(document, name, WD_STYLE_TYPE.PARAGRAPH, built_in=False)
    style.base_style = document.styles[look.based]
    style.quick_style = True
    form = style.paragraph_format
    if look.keep:
        form.keep_with_next = True
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.leading)
    form.left_indent, form.right_indent = Pt(look.left), Pt(look.right)
    if look.hanging:
        form.first_line_indent = Pt(-look.hanging)
        form.tab_stops.add_tab_stop(Pt(look.left))
    if look.tab:
        form.tab_stops.add_tab_stop(Pt(look.tab), WD_TAB_ALIGNMENT.RIGHT)
    if look.top:
        size, color = look.top
        edge = el("w:pBdr", el("w:top", val="single", sz=size, space=8 if size < 8 else 0, color=color))
        style.element.get_or_add_pPr().insert_element_before(grown(edge), "w:tabs", "w:spacing", "w:ind")
    style.font.bold = look.bold or None
    style.font.size, style.font.color.rgb = Pt(look.size), RGBColor.from_string(look.color)
    style.element.rPr.append(grown(el("w:szCs", val=round(look.size * 2))))


def _add_character(document: Document, name: str, size: float, color: str, bold: bool) -> None:
    style = _new(document, name, WD_STYLE_TYPE.CHARACTER, built_in=not name.startswith("FW"))
    style.base_style = document.styles["Default Paragraph Font"]
    style.font.bold = bold or None
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    if size:
        style.font.size = Pt(size)
        style.element.rPr.append(grown(el("w:szCs", val=round(size * 2))))


def _add_ticks(document: Document) -> None:
    style = _new(document, "FW Tick", WD_STYLE_TYPE.CHARACTER, built_in=False)
    style.base_style = document.styles["Default Paragraph Font"]
    style.font.size = Pt(13)
    style.element.rPr.insert(0, grown(el("w:rFonts", ascii=TICKS, hAnsi=TICKS, eastAsia=TICKS, cs=TICKS)))


def _add_table(document: Document, name: str, side: float) -> None:
    style = _new(document, name, WD_STYLE_TYPE.TABLE, built_in=False)
    style.base_style = document.styles["Normal Table"]
    sides = (el(f"w:{where}", w=twips(side), type="dxa") for where in ("left", "right"))
    style.element.append(grown(el("w:tblPr", el("w:tblCellMar", *sides))))
