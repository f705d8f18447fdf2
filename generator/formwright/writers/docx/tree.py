"""XML as Python holds it: much cheaper to make than lxml's elements, of which a document has thousands.

    el("w:r", el("w:t"))  ->  Node  ->  written: text, for what we write ourselves
                                    ->  grown: lxml, for what python-docx puts into its own parts

A place where the stamp writes is a processing instruction `<?fw name?>` until the document is cut into pieces: it can
stand wherever an element can, and no wording looks like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

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
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PREFIXED: Final[dict[str, str]] = {_SPACE: "xml:space"}
"""Qualified name -> the name as it is written."""
SLOT: Final = "fw"
_NONE: Final[dict[str, str]] = {}
"""No attributes."""
_INSTRUCTION: Final = "?"
_RAW: Final = ""
_TEXT: Final = re.compile("[&<>\r]")
_ATTRIBUTE: Final = re.compile('[&<>"\r\n\t]')
_ESCAPED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


class Node:
    """An element: its qualified tag, attributes, children, and the text before the first child.

    xml: how it is written, once that is known; nobody changes such a node, so it can stand in many places. A run is
    written at once: it has its words for a text, and no children. An instruction has the tag "?", ready XML the tag "".
    """

    __slots__ = ("attributes", "children", "tag", "text", "xml")

    def __init__(self, tag: str, attributes: dict[str, str], children: list[Node], text: str | None = None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children = children
        self.text = text
        self.xml: str | None = None

    def __iter__(self) -> Iterator[Node]:
        return iter(self.children)

    def iter(self, tag: str) -> Iterator[Node]:
        """Yield this node and all below it that have a (qualified) tag, in the order of the document."""
        if self.tag == tag:
            yield self
        for child in self.children:
            yield from child.iter(tag)

    def fresh(self, tag: str) -> list[Node]:
        """Return those of the same that can still be changed: what is written already is not looked into."""
        found: list[Node] = []
        _gather(self, tag, found)
        return found

    def get(self, key: str) -> str | None:
        """Return an attribute by its qualified name."""
        return self.attributes.get(key)

    def child(self, *tags: str) -> Node | None:
        """Return the first child of a tag (`w:p`), or a child of that one, and so on."""
        found: Node | None = self
        for tag in tags:
            wanted = name(tag)
            found = next((child for child in found.children if child.tag == wanted), None) if found else None
        return found


def _gather(node: Node, tag: str, found: list[Node]) -> None:
    if node.tag == tag:
        found.append(node)
    for child in node.children:
        if child.xml is None:
            _gather(child, tag, found)


@cache
def name(tag: str) -> str:
    """Return the qualified name of `w:tag` as lxml writes it."""
    prefix, _, local = tag.partition(":")
    made = f"{{{NAMESPACES[prefix]}}}{local}"
    _PREFIXED[made] = tag
    return made


@cache
def _attribute(tag: str, key: str) -> str:
    """Return the qualified name of an attribute: of its element's namespace where that has them."""
    prefix, key = tag.partition(":")[0], key.rstrip("_")
    if key.startswith("r_"):
        return name(f"r:{key[2:]}")
    if prefix in _OWN_ATTRIBUTES:
        return name(f"{prefix}:{key}")
    _PREFIXED[key] = key
    return key


def el(tag: str, *children: Node | None, **attributes: object) -> Node:
    """Return an element; attributes are of its own namespace (`r_id` stands for `r:id`), None children are left out."""
    given = {_attribute(tag, key): str(value) for key, value in attributes.items()}
    return Node(name(tag), given, [child for child in children if child is not None])


def spaced(tag: str, words: str) -> Node:
    """Return an element whose text keeps its blanks."""
    return Node(name(tag), {_SPACE: "preserve"}, [], words)


def slot(word: str) -> Node:
    """Return the mark of a place where the stamp writes."""
    return Node(_INSTRUCTION, {}, [], word)


def mark(word: str) -> str:
    """Return such a mark as it is written."""
    return f"<?{SLOT} {word}?>"


def raw(xml: str, tag: str = _RAW, words: str | None = None) -> Node:
    """Return XML that is written already; `tag` is the qualified one of an element that has `words`."""
    made = Node(tag, _NONE, [], words)
    made.xml = xml
    return made


def bare(tag: str, first: Node, rest: Iterable[Node]) -> Node:
    """Return an element of a qualified tag without attributes."""
    return Node(tag, _NONE, [first, *rest])


def escaped(words: str) -> str:
    """Return words as the text of an element."""
    return _TEXT.sub(_escape, words)


def shared(node: Node) -> Node:
    """Return a node that is written once for all the places where it will stand; it must not be changed any more."""
    node.xml = written((node,))
    return node


# ---- out ----------------------------------------------------------------------------------------


def written(nodes: Iterable[Node]) -> str:
    """Return nodes as text, as lxml writes them below a root that declares our namespaces."""
    out: list[str] = []
    for node in nodes:
        _write(node, out)
    return "".join(out)


def _write(node: Node, out: list[str]) -> None:
    if node.xml is not None:
        out.append(node.xml)
        return
    if node.tag == _INSTRUCTION:
        out.append(mark(node.text or ""))
        return
    tag, text = _PREFIXED[node.tag], node.text
    given = [f' {_PREFIXED[key]}="{_ATTRIBUTE.sub(_escape, value)}"' for key, value in node.attributes.items()]
    head = f"<{tag}{''.join(given)}" if given else f"<{tag}"
    if text is None and not node.children:
        out.append(f"{head}/>")
        return
    out.append(f"{head}>" if text is None else f"{head}>{escaped(text)}")
    for child in node.children:
        if child.xml is None:
            _write(child, out)
        else:
            out.append(child.xml)
    out.append(f"</{tag}>")


def _escape(found: re.Match[str]) -> str:
    return _ESCAPED[found[0]]


def grown(node: Node) -> Any:
    """Return a node as lxml's element, of the classes of python-docx."""
    from docx.oxml.parser import oxml_parser
    from lxml import etree

    if node.tag == _INSTRUCTION:
        return etree.ProcessingInstruction(SLOT, node.text)
    prefix = _PREFIXED[node.tag].partition(":")[0]
    made = oxml_parser.makeelement(node.tag, node.attributes, nsmap={prefix: NAMESPACES[prefix]})
    if node.text is not None:
        made.text = node.text
    for child in node.children:
        made.extend(_read(child.xml) if child.xml is not None else [grown(child)])
    return made


def _read(xml: str) -> list[Any]:
    """Return XML that was written as lxml's elements."""
    from docx.oxml.parser import oxml_parser
    from lxml import etree

    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
    return list(etree.fromstring(f"<raw {spaces}>{xml}</raw>", oxml_parser))
