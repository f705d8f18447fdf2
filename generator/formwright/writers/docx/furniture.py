"""What belongs to the page and the file rather than to a question: sections, heads, foot, code, properties.

The token goes into every carrier that survives somewhere (DOCX.md): the foot in words, the code with its alternative
text, a hidden bookmark and hidden text in the body, a custom property, the identifier of the core properties.
"""

from __future__ import annotations

import io
from typing import Any, Final

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.section import Section
from docx.shared import Pt

from formwright.layout import Layout
from formwright.writers.docx.picture import png
from formwright.writers.docx.styles import TEXT
from formwright.writers.docx.tree import el, grown, slot
from formwright.writers.docx.wml import Element, field, paragraph, run, t

_EMU: Final = 12_700
_WIDTH, _HEIGHT, _SIDE = 612.0, 792.0, 54.0
_TOP, _FRONT_TOP, _BOTTOM = 66.0, 46.0, 92.0
"""The foot has a line more than a PDF's, the code in words; the text stays clear of the picture of it."""
_HEAD_AT, _FOOT_AT = 30.0, 42.0
_CODE: Final = 18 * 72 / 25.4
"""The code with its quiet zone, as on the PDF's pages (PDF.md 8)."""
_CODE_RIGHT: Final = _SIDE + TEXT + _CODE * 4 / 33
_CODE_FOOT: Final = 37.0


def begin_section(document: Document, layout: Layout, where: str, first: bool) -> None:
    """Start a section of pages with its own head: the document at the left, `where` at the right; page 1 has none."""
    section = document.sections[0] if first else document.add_section(WD_SECTION.NEW_PAGE)
    if not first:  # the paragraph in which python-docx ends the section before
        ending = document.element.body.p_lst[-1]
        ending.get_or_add_pPr().insert(0, grown(el("w:pStyle", val="FWGap")))
    _set_page(section, _TOP if where else _FRONT_TOP)
    section.header.is_linked_to_previous = False
    head = section.header._element
    _clear(head)
    words = [run(f"{layout.running}\t"), run(where, "FWInk")] if where else []
    head.append(grown(paragraph("FWHeader", *words)))


def _set_page(section: Section, top: float) -> None:
    section.page_width, section.page_height = Pt(_WIDTH), Pt(_HEIGHT)
    section.left_margin = section.right_margin = Pt(_SIDE)
    section.top_margin, section.bottom_margin = Pt(top), Pt(_BOTTOM)
    section.header_distance, section.footer_distance = Pt(_HEAD_AT), Pt(_FOOT_AT)
    section.gutter = Pt(0)
    for grid in section._sectPr.findall("{*}docGrid"):
        section._sectPr.remove(grid)


def _clear(story: Any) -> None:
    for child in list(story):
        story.remove(child)


def add_foot(document: Document, layout: Layout) -> str:
    """Write the foot of all pages: document and page, issue, code. Return the name of the part with the picture."""
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    story = footer._element
    _clear(story)
    reference, _ = footer.part.get_or_add_image(io.BytesIO(png("")))
    page, code = _page_words(layout.words["page"]), _code(reference, layout.words["code"])
    before, _, behind = layout.words["token"].partition("{token}")
    lines = (
        [run(f"{layout.foot}\t"), *page, code],
        [el("w:r", slot("foot"))],
        [el("w:r", t(before), slot("token"), t(behind) if behind else None)],
    )
    story.extend(grown(paragraph("FWFooter", *line)) for line in lines)
    return str(footer.part.related_parts[reference].partname).lstrip("/")


def _page_words(words: str) -> list[Element]:
    """Return "Page {n} of {m}" with fields for both numbers."""
    ink = el("w:rStyle", val="FWInk")
    before, _, rest = words.partition("{n}")
    between, _, behind = rest.partition("{m}")
    made = [run(before, "FWInk"), *field("PAGE", "1", ink), run(between, "FWInk"), *field("NUMPAGES", "1", ink)]
    return [*made, run(behind, "FWInk")] if behind else made


def _code(reference: str, words: str) -> Element:
    """Return the picture of the code, anchored at the right margin of the foot."""
    size, at = round(_CODE * _EMU), round((_CODE_RIGHT - _CODE) * _EMU)
    down = round((_HEIGHT - _CODE_FOOT - _CODE) * _EMU)
    anchor = el(
        "wp:anchor",
        el("wp:simplePos", x=0, y=0),
        _position("H", at),
        _position("V", down),
        el("wp:extent", cx=size, cy=size),
        el("wp:effectExtent", l=0, t=0, r=0, b=0),
        el("wp:wrapNone"),
        slot(f"picture:{words}"),
        el("wp:cNvGraphicFramePr"),
        graphic(reference, "code.png", size, size),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
        simplePos=0,
        relativeHeight=2,
        behindDoc=0,
        locked=1,
        layoutInCell=1,
        allowOverlap=1,
    )
    return el("w:r", el("w:drawing", anchor))


def _position(axis: str, emu: int) -> Element:
    offset = el("wp:posOffset")
    offset.text = str(emu)
    return el(f"wp:position{axis}", offset, relativeFrom="page")


def graphic(reference: str, file: str, width: int, height: int) -> Element:
    """Return the a:graphic of a picture of that size, in English Metric Units."""
    frame = el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=width, cy=height))
    picture = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", id=1, name=file), el("pic:cNvPicPr")),
        el("pic:blipFill", el("a:blip", r_embed=reference), el("a:stretch", el("a:fillRect"))),
        el("pic:spPr", frame, el("a:prstGeom", el("a:avLst"), prst="rect")),
    )
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return el("a:graphic", el("a:graphicData", picture, uri=uri))


def hidden_token(number: int) -> Element:
    """Return the last paragraph of the body: the token in hidden text, inside a hidden bookmark of its name."""
    look = el("w:rPr", el("w:vanish"))
    end = el("w:bookmarkEnd", id=number)
    return paragraph("FWGap", slot(f"mark:{number}"), el("w:r", look, slot("token")), end)


def set_properties(document: Document, layout: Layout) -> None:
    """Write the core properties: title, author, language; no dates. The stamp adds the identifier."""
    core = document.core_properties
    _clear(core._element)
    core.title, core.author, core.language = layout.title, layout.author or "Formwright", layout.language
    core._element.append(grown(slot("identifier")))
