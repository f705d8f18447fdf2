"""A stamped Word file as the tests look at it: lxml over the zip, nothing of the writer."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from lxml import etree

import layouts
from formwright.layout import Layout, Stamp, Values
from formwright.writers.docx.compile import compile
from formwright.writers.docx.plan import Compiled
from formwright.writers.docx.stamp import Stamper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
TOKEN = "Q-2027-0042:K1:000:ABCDEFGHIJKLMNOP"
FOOT = "Issue Q-2027-0042, January 11, 2027, for Sample Lamp Importers, Inc."


@cache
def sample() -> Compiled:
    """Return the sample layout, compiled once for all tests."""
    return compile(layouts.sample())


def stamped(values: Values, compiled: Compiled | None = None, *, sample_key: bool = False, foot: str = FOOT) -> bytes:
    """Return the file of one issue."""
    stamp = Stamp(values=values, tokens=(TOKEN,), foot=foot, sample=sample_key)
    return Stamper(compiled or sample()).stamp(stamp)


def made(layout: Layout, values: Values | None = None) -> Word:
    """Return a layout as an opened file."""
    return Word(stamped(values or {}, compile(layout)))


class Word:
    """A Word file: its parts by name."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}

    def xml(self, name: str = "word/document.xml") -> Any:
        return etree.fromstring(self.parts[name])

    def controls(self) -> dict[str, Any]:
        """Return the controls of the body by tag, without repeating sections."""
        found = {}
        for control in self.xml().iter(f"{W}sdt"):
            tag = control.find(f"{W}sdtPr/{W}tag")
            if tag is not None and control.find(f"{W}sdtPr/{W15}repeatingSection") is None:
                assert tag.get(f"{W}val") not in found, "a tag that stands twice"
                found[tag.get(f"{W}val")] = control
        return found

    def said(self, tag: str) -> str:
        """Return the text in a control, with breaks and tabs."""
        return words(self.controls()[tag].find(f"{W}sdtContent"))

    def paragraphs(self) -> list[str]:
        return [words(one) for one in self.xml().iter(f"{W}p")]


def words(node: Any) -> str:
    """Return the text below a node."""
    found = []
    for one in node.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if one.getparent().tag == f"{W}tabs":
            continue
        found.append({f"{W}br": "\n", f"{W}tab": "\t"}.get(one.tag, one.text or ""))
    return "".join(found)
