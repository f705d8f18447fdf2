"""The parts that python-docx does not make, and what it brings that we do not want.

Its template has a theme, thumbnail, custom XML, 160 styles; none of them is ours. What is added here is the same for
every document of a language: settings, numbering, fonts, glossary, properties.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from formwright import resources
from formwright.layout import Layout
from formwright.writers.docx.controls import PROMPTS, glossary_name
from formwright.writers.docx.stamp import TOKEN_PROPERTY
from formwright.writers.docx.styles import FALLBACK, FONT
from formwright.writers.docx.tree import NAMESPACES, SLOT, el, grown, name
from formwright.writers.docx.values import PROMPT
from formwright.writers.docx.wml import Element, locale, paragraph, run, twips

XML: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PRODUCER: Final = "Formwright"
_KEPT: Final = {RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE, RT.HEADER, RT.FOOTER}
_FONT: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_CUSTOM: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_COMPATIBLE: Final = "http://schemas.microsoft.com/office/word"
_FACES: Final = (("embedRegular", "PublicSans-Regular.ttf"), ("embedBold", "PublicSans-Bold.ttf"))
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""Of custom properties (ISO 29500-1 22.3.2.1)."""
_VARIANTS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def trim(document: Document) -> None:
    """Take out of python-docx's template what a form does not need."""
    for rels, kept in (
        (document.part.rels, _KEPT),
        (document.part.package.rels, {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}),
    ):
        for key in [key for key, rel in rels.items() if rel.reltype not in kept]:
            del rels[key]


def add_parts(document: Document, layout: Layout, lists: int) -> None:
    """Fill settings and numbering, and add fonts, glossary and properties."""
    _refill(document.settings.element, _settings(layout))
    _refill(document.part.numbering_part.element, _numbering(lists))
    _add_fonts(document)
    _add_glossary(document, layout)
    _add(document.part.package, "/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, _app(), RT.EXTENDED_PROPERTIES)
    _add(document.part.package, "/docProps/custom.xml", _CUSTOM, _custom(), RT.CUSTOM_PROPERTIES)


def _add(owner: object, place: str, kind: str, blob: bytes, relation: str) -> Part:
    """Add a part and what leads to it."""
    part = Part(PackURI(place), kind, blob)
    owner.relate_to(part, relation)  # type: ignore[attr-defined]  # a part or the package
    return part


def _refill(root: Any, children: list[Element]) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(map(grown, children))


def own_root(element: Any) -> Any:
    """Return a part's element with our namespaces alone at its root; what only newer programs know may be ignored."""
    made = etree.Element(element.tag, nsmap=NAMESPACES)
    made.set(name("mc:Ignorable"), "w14 w15")
    made.extend(list(element))
    etree.cleanup_namespaces(made, keep_ns_prefixes=list(NAMESPACES))
    return made


def serialized(element: Any) -> bytes:
    """Return the bytes of a part."""
    text: str = etree.tostring(element, encoding="unicode")
    return XML + text.encode()


# ---- settings, numbering ------------------------------------------------------------------------


def _settings(layout: Layout) -> list[Element]:
    """Return the settings (CT_Settings). No embedTrueTypeFonts: it would make every save embed every font."""
    return [
        el("w:zoom", percent=100),
        el("w:defaultTabStop", val=720),
        el("w:characterSpacingControl", val="doNotCompress"),
        el("w:compat", el("w:compatSetting", name="compatibilityMode", uri=_COMPATIBLE, val=15)),
        el("w:themeFontLang", val=locale(layout.language)),
        el("w:decimalSymbol", val="."),
        el("w:listSeparator", val=","),
    ]


def _numbering(lists: int) -> list[Element]:
    """Return the bullets (number 1) and `lists` numbered lists, each of which starts at 1."""
    kinds = (("bullet", "•"), ("decimal", "%1."))
    abstract = [
        el(
            "w:abstractNum",
            el("w:multiLevelType", val="singleLevel"),
            el(
                "w:lvl",
                el("w:start", val=1),
                el("w:numFmt", val=kind),
                el("w:lvlText", val=text),
                el("w:lvlJc", val="left"),
                el("w:pPr", el("w:ind", left=twips(16), hanging=twips(16))),
                ilvl=0,
            ),
            abstractNumId=number,
        )
        for number, (kind, text) in enumerate(kinds)
    ]
    bullets = el("w:num", el("w:abstractNumId", val=0), numId=1)
    return [*abstract, bullets, *(_numbered(number) for number in range(2, lists + 2))]


def _numbered(number: int) -> Element:
    again = el("w:lvlOverride", el("w:startOverride", val=1), ilvl=0)
    return el("w:num", el("w:abstractNumId", val=1), again, numId=number)


# ---- fonts --------------------------------------------------------------------------------------


def _add_fonts(document: Document) -> None:
    """Embed Public Sans, regular and bold (ISO 29500-1 17.8.1), with a font that nearly every machine has beside it."""
    table = document.part.part_related_by(RT.FONT_TABLE)
    faces = []
    for number, (tag, file) in enumerate(_FACES, start=1):
        font = resources.read_bytes(f"templates/assets/fonts/{file}")
        key = hashlib.sha256(font).hexdigest()[:32].upper()
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _FONT, obfuscated(font, key))
        faces.append(el(f"w:{tag}", r_id=table.relate_to(part, RT.FONT), fontKey=_guid(key)))
    whole = el(
        "w:font",
        el("w:altName", val=FALLBACK),
        el("w:panose1", val="020B0604020202020204"),
        el("w:charset", val="00"),
        el("w:family", val="swiss"),
        el("w:pitch", val="variable"),
        *faces,
        name=FONT,
    )
    table._blob = serialized(own_root(grown(el("w:fonts", whole))))


def _guid(digits: str) -> str:
    """Return 32 hexadecimal digits as Word writes a key."""
    return f"{{{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}}}"


def obfuscated(font: bytes, key: str) -> bytes:
    """Return a font with its first 32 bytes exclusive-ored with the bytes of the key, last first (17.8.1)."""
    mask = bytes.fromhex(key)[::-1] * 2
    return bytes(one ^ other for one, other in zip(font, mask, strict=False)) + font[len(mask) :]


# ---- glossary, properties -----------------------------------------------------------------------


def _add_glossary(document: Document, layout: Layout) -> None:
    """Add what an empty control says, by name: Word shows it again where an answer is taken out."""
    entries = [_entry(glossary_name(word), layout.words[word]) for word in PROMPTS]
    blob = serialized(own_root(grown(el("w:glossaryDocument", el("w:docParts", *entries)))))
    part = _add(document.part, "/word/glossary/document.xml", CT.WML_DOCUMENT_GLOSSARY, blob, RT.GLOSSARY_DOCUMENT)
    styles = serialized(own_root(document.styles.element.__copy__()))
    _add(part, "/word/glossary/styles.xml", CT.WML_STYLES, styles, RT.STYLES)


def _entry(key: str, words: str) -> Element:
    properties = el(
        "w:docPartPr",
        el("w:name", val=key),
        el("w:category", el("w:name", val="General"), el("w:gallery", val="placeholder")),
        el("w:types", el("w:type", val="bbPlcHdr")),
        el("w:behaviors", el("w:behavior", val="content")),
    )
    return el("w:docPart", properties, el("w:docPartBody", paragraph("FWField", run(words, PROMPT))))


def _app() -> bytes:
    made = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={None: _EXTENDED})
    etree.SubElement(made, f"{{{_EXTENDED}}}Application").text = PRODUCER
    return serialized(made)


def _custom() -> bytes:
    """Return the custom properties with a mark where the token goes."""
    made = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VARIANTS})
    one = etree.SubElement(made, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT_ID, pid="2", name=TOKEN_PROPERTY)
    etree.SubElement(one, f"{{{_VARIANTS}}}lpwstr").append(etree.ProcessingInstruction(SLOT, "property"))
    return serialized(made)
