"""Where a Word file carries its token (DOCX.md, Identity survival), and what in it could act by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from formwright.raw import FoundToken, RawProblem
from formwright.readers._docx_xml import Element, W, parsed
from formwright.readers._docx_zip import Parts
from formwright.readers._seen import TOKEN

PROPERTY: Final = "FormwrightToken"
_BOOKMARK: Final = re.compile(r"_T_([0-9A-Z_]+)_([0-9A-Z]{1,12})_([0-9]{3})_([A-Z2-7]{16})(?:_Copy_\d+)?\Z")
"""`_T_` and the token, every character but letters and digits written as `_`."""
_SDT, _BOOKMARK_START, _VANISH, _NAME = (f"{W}{name}" for name in ("sdt", "bookmarkStart", "vanish", "name"))
_FURNITURE: Final = re.compile(r"word/(?:header|footer)\d*\.xml\Z")
_MARKUP: Final = re.compile(r"<[^>]*>")
_DESCRIPTION: Final = re.compile(r'\bdescr="([^"]{1,200})"')
_ACTIVE: Final = (
    ("vbaProject", "macros"),
    ("activeX", "ActiveX controls"),
    ("embeddings/", "embedded files"),
    ("attachedToolbars", "toolbars"),
)
_EXTERNAL: Final = re.compile(
    rb'<Relationship\b[^>]*Type="[^"]*/(attachedTemplate|image|oleObject|frame|subDocument|aFChunk)"[^>]*'
    rb'TargetMode="External"|<Relationship\b[^>]*TargetMode="External"[^>]*Type="[^"]*/(attachedTemplate|image|'
    rb'oleObject|frame|subDocument|aFChunk)"'
)


def custom_token(parts: Parts) -> str | None:
    """Return the custom property of the token, None where it is gone."""
    data = parts.get("docProps/custom.xml")
    if data is None:
        return None
    for one in parsed(data):
        if isinstance(one.tag, str) and one.get("name") == PROPERTY:
            return "".join(one.itertext()).strip()
    return None


@dataclass(frozen=True, slots=True)
class Marked:
    """What of the main part tells whose file it is: its bookmarks, its hidden texts, how many controls it has."""

    bookmarks: frozenset[str]
    hidden: tuple[str, ...]
    controls: int


def marked(root: Element) -> Marked:
    """Return the marks of a main part."""
    bookmarks, hidden, controls = set(), [], 0
    for one in root.iter(_SDT, _BOOKMARK_START, _VANISH):
        if one.tag == _SDT:
            controls += 1
        elif one.tag == _VANISH:
            hidden.append("".join(one.getparent().getparent().itertext(f"{W}t")))
        else:
            bookmarks.add(one.get(_NAME, ""))
    return Marked(frozenset(bookmarks), tuple(hidden), controls)


def tokens(parts: Parts, root: Element, marks: Marked) -> list[FoundToken]:
    """Return the tokens of every carrier; the text that anybody sees is searched only where no other one is left."""
    custom = custom_token(parts)
    found = [("custom", custom)] if custom else []
    found += [("identifier", text) for text in _identifiers(parts)]
    found += [("bookmark", text) for text in _bookmarks(marks)]
    for name in parts.names:
        if _FURNITURE.match(name):
            found += _in_furniture(parts.get(name) or b"")
    found += [("hidden", text) for text in _hidden(marks)]
    if not found:
        found = [("page_text", text) for text in _seen(root)]
    return [FoundToken(carrier=carrier, text=text[:200]) for carrier, text in dict.fromkeys(found) if text]


def producer(parts: Parts) -> str:
    """Return the program that saved the file, with its version, as it calls itself."""
    data = parts.get("docProps/app.xml")
    if data is None:
        return ""
    said = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in parsed(data) if isinstance(one.tag, str)}
    return " ".join(filter(None, (said.get("Application"), said.get("AppVersion"))))[:200]


def active_content(parts: Parts) -> list[RawProblem]:
    """Return the problem that names what could act, or would be fetched: nothing of it ever is."""
    found = [what for mark, what in _ACTIVE if any(mark in name for name in parts.names)]
    relations = b"".join(parts.get(name) or b"" for name in parts.names if name.endswith(".rels"))
    if _EXTERNAL.search(relations):
        found.append("links to files elsewhere that opening it would fetch")
    if not found:
        return []
    return [
        RawProblem(
            code="active_content",
            message=f"The file holds {', '.join(found)}, which our form did not have. It was ignored.",
            fix="Open the original with care, and ask the sender how it came in.",
        )
    ]


def _identifiers(parts: Parts) -> Iterator[str]:
    data = parts.get("docProps/core.xml")
    for one in parsed(data) if data is not None else ():
        if isinstance(one.tag, str) and one.tag.endswith("}identifier") and (match := TOKEN.search(one.text or "")):
            yield match[0]


def _bookmarks(marks: Marked) -> Iterator[str]:
    for name in sorted(marks.bookmarks):
        if match := _BOOKMARK.match(name):
            yield f"{match[1].replace('_', '-')}:{match[2]}:{match[3]}:{match[4]}"


def _in_furniture(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the tokens of a head or foot: of the words that it shows, and of its pictures. It is not parsed."""
    text = data.decode("utf-8", "replace")
    for match in TOKEN.finditer(_MARKUP.sub("", text)):
        yield "header", match[0]
    for words in _DESCRIPTION.findall(text):
        if found := TOKEN.search(words):
            yield "alt", found[0]


def _hidden(marks: Marked) -> Iterator[str]:
    for text in marks.hidden:
        yield from (match[0] for match in TOKEN.finditer(text))


def _seen(root: Element) -> Iterator[str]:
    for line in root.iter(f"{W}p"):
        text = "".join(line.itertext(f"{W}t"))
        if ":" in text:
            yield from (match[0] for match in TOKEN.finditer(text))
