"""All of a Word file but its body: python-docx builds it once for every document of a kind, and it is kept compressed.

    Need (what it depends on) -> document without a body -> parts -> Frame -> filled: with titles and body

A plan is another document for each account, and yet only its body differs: the frame takes a hundred times as long.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import docx
from docx.document import Document
from docx.opc.part import Part, XmlPart

from formwright.layout import Layout
from formwright.writers.docx import wording
from formwright.writers.docx.furniture import add_foot, begin_section, set_properties
from formwright.writers.docx.package import XML, add_parts, own_root, serialized, trim
from formwright.writers.docx.plan import Fixed
from formwright.writers.docx.styles import add_styles
from formwright.writers.docx.tree import SLOT, grown, slot
from formwright.writers.docx.values import UNWRITABLE, escaped

MAIN: Final = "word/document.xml"
_LEVEL: Final = 9
_KEPT: Final = 16
"""Frames in memory, some hundred kilobytes each."""
_OWN: Final = "wordprocessingml"
"""What the content type of a part names whose root gets our namespaces."""
_DEFAULTS: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}
_HELD: Final = "\U000f0001"
"""Round the name of what is put in later, in text of ours."""
_CHAPTER: Final = re.compile(rf"<\?{SLOT} chapter:[0-9]+\?>")
_HOLDER: Final = re.compile(f"{_HELD}(.+?){_HELD}")
_TITLES: Final = ("title", "author", "running", "foot")
_BREAKS: Final = re.compile("[\t\n\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a frame depends on. words: of the layout; title, author, running, foot, heads: of the layout and its
    sections, or what holds their place; lists: how many are numbered; pictures: those of the body, PNG."""

    language: str
    words: tuple[tuple[str, str], ...]
    title: str
    author: str
    running: str
    foot: str
    heads: tuple[str, ...]
    lists: int
    pictures: tuple[bytes, ...]

    @property
    def layout(self) -> Layout:
        """A layout without blocks, with these words."""
        return Layout(
            id="",
            version="",
            language=self.language,
            title=self.title,
            running=self.running,
            foot=self.foot,
            blocks=(),
            words=dict(self.words),
            author=self.author,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a file in their order: those that never change, and the text of the others; the name of the part
    with the picture of the code; how the body refers to its own pictures."""

    parts: tuple[tuple[str, Fixed | str], ...]
    picture: str
    references: tuple[str, ...] = ()


def framed(
    layout: Layout, chapters: Sequence[tuple[str, str]], lists: int, pictures: Sequence[bytes]
) -> tuple[list[tuple[str, Fixed | str]], str]:
    """Return the parts of a file, and which of them is the picture of the code. Raises Faults for words that XML
    cannot hold.

    chapters: the head and the XML of the body of each section of pages. Text that has slots is still text.
    """
    given = {name: getattr(layout, name) for name in _TITLES}
    if any(map(UNWRITABLE.search, (*given.values(), *layout.words.values()))):
        wording.check(layout)
    given |= {f"head{place}": head for place, (head, _) in enumerate(chapters)}
    shown = {name: _holder(name, text) for name, text in given.items()}
    need = Need(
        language=layout.language,
        words=tuple(sorted(layout.words.items())),
        **{name: shown[name] for name in _TITLES},
        heads=tuple(shown[f"head{place}"] for place in range(len(chapters))),
        lists=lists,
        pictures=tuple(pictures),
    )
    frame = _titled(need, tuple(given.items()))
    references = {f"picture{place}": reference for place, reference in enumerate(frame.references)}
    body = [_put(xml, references) for _, xml in chapters]
    return [(name, _whole(part, body) if name == MAIN else part) for name, part in frame.parts], frame.picture


@lru_cache(_KEPT)
def _titled(need: Need, given: tuple[tuple[str, str], ...]) -> Frame:
    """Return a frame with its titles: they are the same for most documents of a kind."""
    frame = _frame(need)
    return replace(frame, parts=tuple((name, _filled(name, part, dict(given))) for name, part in frame.parts))


def with_pictures(frame: Frame) -> list[tuple[str, Fixed | str]]:
    """Return the parts of a whole document with the references to its pictures."""
    references = {f"picture{place}": reference for place, reference in enumerate(frame.references)}
    return [(name, _filled(name, part, references)) for name, part in frame.parts]


def holder(name: str) -> str:
    """Return what stands for a text until it is put in."""
    return f"{_HELD}{name}{_HELD}"


def _holder(name: str, text: str) -> str:
    """Return what holds the place of a text; one that is not written as it is, or is empty, is of the frame itself."""
    return holder(name) if text and not _BREAKS.search(text) else text


def _put(text: str, given: Mapping[str, str]) -> str:
    return _HOLDER.sub(lambda found: escaped(given.get(found[1], found[0])), text) if _HELD in text else text


def _filled(name: str, part: Fixed | str, given: Mapping[str, str]) -> Fixed | str:
    """Return a part with its titles in place; one that then has no slots is compressed."""
    if isinstance(part, Fixed):
        return part
    text = _put(part, given)
    return text if _has_slot(text) else packed(name, text.encode())


def _whole(part: Fixed | str, body: Sequence[str]) -> Fixed | str:
    """Return the main part with the body in the place of its marks."""
    if isinstance(part, Fixed):
        return part
    between = _CHAPTER.split(part)
    return "".join(text for pair in zip(between, (*body, ""), strict=True) for text in pair)


def _has_slot(text: str) -> bool:
    return f"<?{SLOT} " in text


@lru_cache(_KEPT)
def _frame(need: Need) -> Frame:
    """Return the frame of what is needed."""
    layout = need.layout
    document = docx.Document()
    trim(document)
    add_styles(document, need.language)
    body = document.element.body
    for place, head in enumerate(need.heads):
        begin_section(document, layout, head, first=not place)
        body.insert(len(body) - 1, grown(slot(f"chapter:{place}")))
    return finished(document, layout, need.lists, need.pictures)


def finished(document: Document, layout: Layout, lists: int, pictures: Sequence[bytes]) -> Frame:
    """Return a document with its pictures, foot, properties and all parts that python-docx does not make."""
    references = tuple(document.part.get_or_add_image(io.BytesIO(data))[0] for data in pictures)
    picture = add_foot(document, layout)
    add_parts(document, layout, lists)
    set_properties(document, layout)
    return Frame(tuple((name, _part(name, blob)) for name, blob in _parts(document, picture)), picture, references)


def _part(name: str, blob: bytes) -> Fixed | str:
    """Return a part as text where something goes into it, else compressed."""
    text = blob.decode() if name.endswith(".xml") else ""
    return text if _has_slot(text) or _HELD in text else packed(name, blob)


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
