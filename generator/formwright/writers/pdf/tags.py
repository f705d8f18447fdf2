"""Mends WeasyPrint's structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7).

* Furniture of the page margins is marked as content of elements that are not in the tree: it becomes an artifact.
* A box inside a heading that WeasyPrint made up for its layout is no second heading.
* Wrappers that say nothing (NonStruct, a Span for each line, a Div round blocks) are taken out: half of the tree, a
  third of the file.
* Words in another language get a /Span with its /Lang, which WeasyPrint does not write.
* Header cells get a /Scope. WeasyPrint writes /Headers and /ID instead, with one ID twice where a head row repeats.
* A font's map to Unicode holds no entry for U+0000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_ONCE: Final = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/P"})
_HOLDS_CONTENT: Final = _ONCE | {"/TH", "/TD", "/LBody", "/Lbl", "/Link", "/Caption", "/Span"}
"""Elements that may hold content themselves; the others only group elements (ISO 32000-1, 14.8.4.2)."""
_WRAPPERS: Final = frozenset({"/NonStruct", "/Span", "/Div"})
_BLOCKS: Final = _ONCE | {"/Div", "/Sect", "/Table", "/L", "/Figure"}
_MARKED: Final = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_ZERO: Final = re.compile(rb"<[0-9A-Fa-f]{4}> <0000>\n")
_BLOCK: Final = re.compile(rb"\d+ beginbfchar(.*?)endbfchar", re.DOTALL)


def elements(node: Object) -> Iterator[Dictionary]:
    """Yield the structure elements below a node, in reading order."""
    kids = node.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def mend(pdf: Pdf, languages: tuple[str, ...] = ()) -> None:
    """Mend tags and fonts of a document as WeasyPrint wrote it (uncompressed).

    languages: those of `html.spoken_in`, whose places are written as elements one in the other.
    """
    root = pdf.Root.StructTreeRoot
    for element in list(elements(root)):
        if _foreign(element):
            _speak(element, languages)
    known = set()
    for element in elements(root):
        known.add(element.objgen)
        if str(element.S) in _ONCE and element.P.S == element.S:
            element.S = Name.NonStruct
        if element.S == Name.TH or element.S == Name.TD:
            _scope(element)
    tree = root.ParentTree.Nums
    parents = {int(number): tree[place + 1] for place, number in enumerate(tree) if place % 2 == 0}
    for page in pdf.pages:
        _furniture(page.obj, parents[int(page.StructParents)], known)
    _prune(root.K[0], {page.obj.objgen: parents[int(page.StructParents)] for page in pdf.pages})
    for font in pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Type") == Name.Font and "/ToUnicode" in font:
            _drop_zero(font)


def _foreign(element: Object) -> bool:
    """Say whether an element is one of ours for words in another language: a /Link that links to nothing."""
    if element.get("/S") != Name.Link:
        return False
    return not any(isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR for kid in element.K)


def _speak(element: Dictionary, languages: tuple[str, ...]) -> None:
    """Make a span with its language of the outermost of several elements of ours, and nothing of those in it."""
    inner, depth = element, 1
    while len(inner.K) == 1 and isinstance(inner.K[0], Dictionary) and _foreign(inner.K[0]):
        inner, depth = inner.K[0], depth + 1
        inner.S = Name.NonStruct
    element.S, element.Lang = Name.Span, String(languages[depth - 1])


def _prune(element: Object, owners: dict[tuple[int, int], Object]) -> None:
    """Put the kids of wrappers that say nothing in their place; `owners` is the parent tree's array by page."""
    kept: list[Object | int] = []
    kids: list[Object | int] = [*element.K][::-1]
    while kids:
        kid = kids.pop()
        if not isinstance(kid, Dictionary):
            kept.append(kid)
        elif "/S" not in kid:
            kept.append(Dictionary(dict(kid.items())))  # an OBJR needs no number of its own
        elif _says_nothing(element, kid):
            kids.extend([*_adopted(element, kid, owners)][::-1])
        else:
            _prune(kid, owners)
            kept.append(kid)
    element.K = Array(kept)


def _says_nothing(element: Object, kid: Dictionary) -> bool:
    """Say whether a kid can go: it groups elements only, or holds content that `element` may hold itself."""
    if kid.keys() - {"/Type", "/S", "/P", "/Pg", "/K"} or str(kid.S) not in _WRAPPERS:
        return False
    if all(isinstance(part, Dictionary) for part in kid.K):
        return Name.Div != kid.S or all(str(part.get("/S")) in _BLOCKS for part in kid.K)
    return str(element.S) in _HOLDS_CONTENT and Name.Div != kid.S and element.get("/Pg") == kid.get("/Pg")


def _adopted(element: Object, kid: Dictionary, owners: dict[tuple[int, int], Object]) -> Iterator[Object | int]:
    """Yield the kids of a kid as kids of `element`."""
    for part in kid.K:
        if isinstance(part, Dictionary):
            part.P = element
        else:
            owners[kid.Pg.objgen][int(part)] = element
        yield part


def _scope(cell: Dictionary) -> None:
    """Say whether a header cell heads its column or its row; plain cells need no list of headers then."""
    attributes = cell.get("/A", Dictionary())
    for holder, key in ((attributes, "/Headers"), (cell, "/ID")):
        if key in holder:
            del holder[key]
    if cell.S == Name.TH:
        head = str(cell.P.P.S) == "/THead"
        attributes.O, attributes.Scope = Name.Table, Name.Column if head else Name.Row
    if attributes.keys() - {"/O"}:
        cell.A = attributes
    elif "/A" in cell:
        del cell.A


def _furniture(page: Object, parents: Object, known: set[tuple[int, int]]) -> None:
    """Mark content whose element is not in the tree as an artifact of the page."""
    lost = {number for number, element in enumerate(parents) if element.objgen not in known}

    def mark(match: re.Match[bytes]) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(match[1]) in lost else match[0]

    page.Contents.write(_MARKED.sub(mark, page.Contents.read_bytes()))
    for number in lost:
        parents[number] = None


def _drop_zero(font: Dictionary) -> None:
    """Take the entry for U+0000 out of a font's /ToUnicode and count the rest anew."""
    raw = font.ToUnicode.read_bytes()
    fixed = _ZERO.sub(b"", raw)
    if fixed != raw:
        count = _BLOCK.sub(lambda m: b"%d beginbfchar%sendbfchar" % (m[1].count(b"> <"), m[1]), fixed)
        font.ToUnicode.write(count)
