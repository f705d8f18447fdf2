"""Foreign XML, parsed without entities, files or network, and the names that a reader of Word files looks for."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from formwright.errors import Refused
from formwright.readers._seen import damaged

Element = Any
"""lxml ships no types."""
MAX_ELEMENTS: Final = 1_500_000
"""Elements of one part; each takes some hundred bytes of memory, however short it is in the file."""
MAX_DEPTH: Final = 120
"""Levels of nesting; a control in a table in a cell has 20."""
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UTF_16: Final = re.compile(rb"\A(?:\xff\xfe|\xfe\xff|<\0|\0<)")
_UTF_8: Final = re.compile(rb"(?i)\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii)")
_FORBIDDEN: Final = (b"<!DOCTYPE", b"<!ENTITY")


def parsed(data: bytes) -> Element:
    """Return the root of a part. Raises Refused: xml_doctype, damaged, too_large.

    A strict document (ISO 29500-1, saved as "Strict Open XML") is read like any other.
    """
    if _UTF_16.match(data) or _UTF_8.match(data):
        raise damaged("a part is not written in UTF-8")
    if any(word in data for word in _FORBIDDEN):
        message = "The file defines XML entities, which no program that makes Word files does."
        raise Refused("xml_doctype", message, "Treat it with care, and ask the sender how it was made.")
    if len(data) > 4 * MAX_ELEMENTS and data.count(b"<") > 2 * MAX_ELEMENTS:
        message = "The file has more elements than any form of ours."
        raise Refused("too_large", message, "Ask the sender for the form alone.")
    if _STRICT in data:
        data = data.replace(_STRICT, _TRANSITIONAL)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise too_deep() from error
        raise damaged("its XML is broken") from error


def too_deep() -> Refused:
    """Return the refusal of a file whose parts are nested beyond all sense."""
    return Refused("damaged", "The file is damaged: its parts are nested without end.", "Ask for it again.")


def on(value: str | None) -> bool:
    """Return what an on-off attribute says (ISO 29500-1 22.9.2.7): there, it is on unless it says otherwise."""
    return value is None or value.lower() not in ("0", "false", "off")
