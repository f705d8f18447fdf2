"""Compile a layout: python-docx builds the document, then its parts are cut into pieces or compressed once for all.

layout -> document (styles, sections, tables, controls) -> parts -> Compiled
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import docx
from docx.document import Document
from docx.opc.part import Part, XmlPart

from formwright import resources
from formwright.layout import Block, Group, Layout
from formwright.writers.docx import shell as shells
from formwright.writers.docx import values, wording
from formwright.writers.docx.blocks import Body, titled
from formwright.writers.docx.controls import Controls, content_slot, state_slot
from formwright.writers.docx.fields import At
from formwright.writers.docx.figures import drawn
from formwright.writers.docx.furniture import add_foot, begin_section, hidden_token, set_properties
from formwright.writers.docx.package import XML, add_parts, own_root, serialized, trim
from formwright.writers.docx.places import placed, printed
from formwright.writers.docx.plan import Compiled, Cut, FieldPlan, Fixed, Slot
from formwright.writers.docx.styles import add_styles
from formwright.writers.docx.wml import SLOT, Element

_MARK: Final = re.compile(rf"<\?{SLOT} (.+?)\?>")
_MAIN: Final = "word/document.xml"
_LEVEL: Final = 9
LETTERS: Final = "templates/docx/letter.docx"
"""The look of letters, which a person edits in Word."""
_OWN: Final = "wordprocessingml"
"""What the content type of a part names whose root gets our namespaces."""
_DEFAULTS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}


def compile(layout: Layout) -> Compiled:
    """Return a layout as a Word file that can be stamped. Raises Faults for wording that XML cannot hold, TypeError for
    a block or a control that is not known."""
    wording.check(layout)
    letter = shells.is_letter(layout)
    document = _shell(layout) if letter else docx.Document()
    trim(document)
    if not letter:
        add_styles(document, layout.language)
    body = Body(layout, Controls(layout), lambda figure, room: drawn(document, figure, room))
    if letter:
        shared = shells.shared(layout.blocks).items()
        shells.fill(document, {slot: body.blocks(blocks, At()) for slot, blocks in shared})
        _append(document, [hidden_token(body.controls.numbers.next())])
    else:
        _write_body(document, layout, body)
    picture = add_foot(document, layout)
    add_parts(document, layout, body.lists)
    set_properties(document, layout)
    plans = placed(body.controls.plans, document.element.body)
    lines = printed(document.element.body)
    fixed, cut = [], {}
    for part, blob in _parts(document, picture):
        if part.endswith(".xml") and _MARK.search(text := blob.decode("utf-8")):
            pieces, slots, plans = _pieces(text, plans)
            cut[part] = Cut(name=part, pieces=pieces, slots=slots)
        else:
            fixed.append(packed(part, blob))
    return Compiled(
        fixed=tuple(fixed),
        main=cut.pop(_MAIN),
        cut=tuple(cut.values()),
        fields=tuple(plans),
        printed=lines,
        picture=picture,
        sample=layout.words["sample"],
    )


def _shell(layout: Layout) -> Document:
    """Return the shell of letters, with a mark where the blocks go."""
    document = shells.opened(resources.read_bytes(LETTERS), LETTERS)
    shells.complete(document, layout.language)
    return document


def _write_body(document: Document, layout: Layout, body: Body) -> None:
    """Write the blocks, each section on pages of its own, and the hidden token behind the last."""
    chapters = list(_chapters(titled(layout)))
    for place, (where, blocks) in enumerate(chapters):
        begin_section(document, layout, where, first=not place)
        _append(document, body.blocks(blocks, At()))
    _append(document, [hidden_token(body.controls.numbers.next())])


def _chapters(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Yield what goes under one head, with that head: a section and all up to the next one; "" before the first."""
    where, some = "", list[Block]()
    for block in blocks:
        if isinstance(block, Group) and block.role == "section":
            if some:
                yield where, some
            where, some = block.where or block.title, []
        some.append(block)
    yield where, some


def _append(document: Document, elements: Sequence[Element]) -> None:
    """Add elements to the body, before its last section's properties."""
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, element)


# ---- parts --------------------------------------------------------------------------------------


def _parts(document: Document, picture: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every part but the picture, which the stamp makes: the types first, then by name."""
    package = document.part.package
    found = {str(part.partname).lstrip("/"): part for part in package.iter_parts()}
    yield "[Content_Types].xml", _types(found)
    yield "_rels/.rels", _blob(package.rels.xml)
    for name, part in sorted(found.items()):
        if name != picture:
            yield name, _part_blob(part)
        if part.rels:
            folder, _, file = name.rpartition("/")
            yield f"{folder}/_rels/{file}.rels", _blob(part.rels.xml)


def _part_blob(part: Part) -> bytes:
    if isinstance(part, XmlPart):
        return serialized(own_root(part.element) if _OWN in part.content_type else part.element)
    return part.blob


def _blob(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml


def _types(parts: Mapping[str, Part]) -> bytes:
    """Return the content types: by ending, and of each XML part by name (ISO 29500-2 10.1.2.2)."""
    defaults = (f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in _DEFAULTS.items())
    overrides = (
        f'<Override PartName="/{name}" ContentType="{part.content_type}"/>'
        for name, part in sorted(parts.items())
        if name.endswith(".xml")
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return XML + f'<Types xmlns="{space}">{"".join((*defaults, *overrides))}</Types>'.encode()


def packed(name: str, blob: bytes) -> Fixed:
    """Return a part that never changes, compressed."""
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = press.compress(blob) + press.flush()
    shorter = len(data) < len(blob)
    return Fixed(name=name, data=data if shorter else blob, crc=zlib.crc32(blob), size=len(blob), deflated=shorter)


def _pieces(text: str, plans: list[FieldPlan]) -> tuple[tuple[str, ...], tuple[Slot, ...], list[FieldPlan]]:
    """Cut a part at its marks; return its pieces (those at odd places are the marks'), its slots, and the plans, which
    know their pieces then."""
    pieces, slots = _MARK.split(text), []
    spots = {state_slot(number): (number, "state") for number in range(len(plans))}
    spots |= {content_slot(number): (number, "content") for number in range(len(plans))}
    plans = list(plans)
    for place in range(1, len(pieces), 2):
        word = pieces[place]
        if word in spots:
            number, which = spots[word]
            if which == "state":
                plans[number] = replace(plans[number], state=place)
                pieces[place] = values.state_of(plans[number], None)
            else:
                plans[number] = replace(plans[number], content=place)
                pieces[place] = values.content_of(plans[number], None)
        else:
            slots.append(Slot(word=word, piece=place))
            pieces[place] = ""
    return tuple(pieces), tuple(slots), plans
