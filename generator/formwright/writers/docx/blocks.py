"""Blocks of the layout -> what stands in the body of a Word document.

Every method returns the elements of one block, in order. A question is a heading; hidden bookmarks stand round it,
`_Q_<item>`, and round the heading of a section, `_S_<section>`: both survive LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from formwright import ids
from formwright.layout import (
    Area,
    Block,
    Break,
    Contents,
    Control,
    Field,
    Figure,
    Grid,
    Group,
    Heading,
    Layout,
    Line,
    List,
    ManyOf,
    Note,
    OneOf,
    Para,
    Runs,
    Tick,
)
from formwright.writers._wording import NO_BREAK, joined, last_two
from formwright.writers.docx import front, papers
from formwright.writers.docx.controls import Controls, is_list
from formwright.writers.docx.fields import ACCENT_EDGE, BOX, At, boxed, choices, fields, height
from formwright.writers.docx.grids import grid, is_low
from formwright.writers.docx.plan import FieldPlan
from formwright.writers.docx.styles import GUTTER
from formwright.writers.docx.tree import el, name
from formwright.writers.docx.wml import (
    EDGE_GAP,
    LINE,
    PLAIN,
    Edges,
    Element,
    Look,
    cell,
    field,
    keep_with_next,
    paragraph,
    plain,
    row,
    run,
    runs,
    table,
)

QUESTION: Final = "_Q_"
SECTION: Final = "_S_"
_INSET: Final = 14.0
_HANG: Final = 16.0
_EDGE: Final = 1.5
"""By how much a paragraph's edge stands further out than a cell's at the same place."""
_STYLES: Final = {"text": "FWText", "lead": "FWLead", "help": "FWHelp", "say": "FWSay"}
_TEXT: Final = {0: "FWSay", papers.LETTER.left: "FWLetter"}
"""Styles of text that does not stand in the column, by its left edge."""
_HEADINGS: Final = {2: "FWSection", 3: "FWPriority"}
_SOLID: Final = frozenset({name("w:p"), name("w:tbl")})
_FIRST: Final = Look(before=12)

Draw = Callable[[Figure, float], tuple[Element, float]]
"""Puts a drawing into a run, and says how wide it is: shapes are as wide as they are, pictures at most so wide."""


@dataclass(slots=True)
class Body:
    """Makes the body of one document; `lists` counts its numbered lists, each of which starts at 1."""

    layout: Layout
    controls: Controls
    draw: Draw
    lists: int = 0

    def blocks(self, nodes: Iterable[Block], at: At) -> list[Element]:
        """Return blocks one under the other; two tables never touch, or they would be one."""
        out: list[Element] = []
        for side, some in groupby(nodes, lambda node: isinstance(node, Group) and node.role == "side"):
            if side:
                groups = [node for node in some if isinstance(node, Group)]
                words = self.layout.words.get("correct_as_shown", "")
                _add(out, front.sides(groups, words, self._wide), at)
            else:
                for node in some:
                    _add(out, self.block(node, replace(at, first=False) if out and at.first else at), at)
        return out

    def _wide(self, nodes: Iterable[Block]) -> list[Element]:
        return self.blocks(nodes, At(left=0, room=front.WIDE))

    def block(self, node: Block, at: At) -> list[Element]:
        """Return the elements of one block. Raises TypeError for one that is not known."""
        if isinstance(node, Group):
            return self._group(node, at)
        makers: dict[type, Callable[[Any, At], list[Element]]] = {
            Heading: self._heading,
            Para: self._para,
            List: self._list,
            Note: self._note,
            Field: lambda one, at: self._field(one.control, at),
            Grid: self._grid,
            Figure: self._figure,
            Contents: self._contents,
            Break: lambda _, at: [paragraph("FWGap", el("w:r", el("w:br", type="page")))],
        }
        if type(node) not in makers:
            raise TypeError(f"the Word writer knows no {type(node).__name__}")
        return makers[type(node)](node, at)

    def _group(self, node: Group, at: At) -> list[Element]:
        """Return the elements of a group, by its role."""
        match node.role:
            case "masthead":
                return front.masthead(node, self.layout) + self.blocks(node.blocks, at)
            case "facts":
                return front.facts(self.controls, node)
            case "section" | "certification" | "next":
                return self._section(node)
            case "item":
                return self._item(node, at)
            case "part":
                return self._part(node, at)
            case "row":
                return self._row(node, at)
            case "follow":
                return self._follow(node, at)
            case "side" | "pair":
                return self.blocks((node,) if node.role == "side" else node.blocks, at)
            case "cover" | "signers":
                return papers.plan_group(node, self.blocks)
            case _:
                return papers.letter_group(node, self.blocks)

    # ---- wording --------------------------------------------------------------------------------

    def _heading(self, node: Heading, at: At) -> list[Element]:
        if node.level == 1:
            return [front.title(node.text)]
        number = [run(f"{node.number}\t", "FWNumber")] if node.number else []
        look = PLAIN if number else Look(left=GUTTER, hanging=0)
        words = self._marked(SECTION, node.anchor, [*number, run(last_two(node.text))])
        return [paragraph(_HEADINGS.get(node.level, "FWPart"), *words, look=look)]

    def _para(self, node: Para, at: At) -> list[Element]:
        words = tuple(replace(one, language=one.language or node.language) for one in joined(node.runs))
        if node.role == "whose":
            return [paragraph("FWSubtitle", *runs(words))]
        style = _TEXT.get(at.left, "FWText") if node.role == "text" else _STYLES[node.role]
        return [paragraph(style, *runs(words), look=PLAIN if at.left in _TEXT and not at.edge else _look(at))]

    def _list(self, node: List, at: At) -> list[Element]:
        """Return a list; number 1 of the numbering part is the bullets."""
        self.lists += node.numbered
        number = 1 + self.lists if node.numbered else 1
        look = replace(_look(at), left=at.left + _HANG, hanging=_HANG, number=number)
        looks = [*[look] * (len(node.entries) - 1), replace(look, after=8)]
        return [
            paragraph("FWList", *runs(joined(one)), look=each) for one, each in zip(node.entries, looks, strict=True)
        ]

    def _note(self, node: Note, at: At) -> list[Element]:
        words = runs(joined(node.runs))
        return [paragraph("FWNote", run(node.title, "FWStrong"), run(" "), *words, look=Look(left=at.left or None))]

    def _figure(self, node: Figure, at: At) -> list[Element]:
        if node.specimen:
            return front.specimen(node, self.layout.words.get("correct_as_shown", ""))
        caption = [paragraph("FWHelp", run(node.caption), look=_look(at))] if node.caption else []
        drawing, width = self.draw(node, at.room)
        look = _look(at) if width <= at.room else Look(left=at.left + at.room - width)
        return [paragraph("FWText", drawing, look=look), *caption]

    def _contents(self, node: Contents, at: At) -> list[Element]:
        """Return the sections. Their pages are up to the program that shows the file: each is a field that says nothing
        until it is renewed, and marked to be."""
        found = [group for group in _sections(self.layout.blocks) if group.anchor]
        made, numbered = [], any(group.number for group in found)
        for place, group in enumerate(found):
            mark = f"{SECTION}{group.anchor}"
            page = field(f"PAGEREF {mark} \\h", "", dirty=True)
            words = run(f"{group.number}\t{group.title}" if group.number else group.title)
            link = el("w:hyperlink", words, run("\t"), *page, anchor=mark, history=1)
            start, end = _toc(first=not place, last=place == len(found) - 1)
            hang = GUTTER if numbered else 0
            look = Look(left=at.left + hang, hanging=hang, tabs=(("right", at.left + at.room, "dot"),))
            made.append(paragraph("FWContents", *start, link, *end, look=look))
        return made

    # ---- questions ------------------------------------------------------------------------------

    def _section(self, node: Group) -> list[Element]:
        """Return bar, heading, lead and questions of a section, or of the certification, which is a question too."""
        at, ends = At(first=not node.runs, words=node.title), node.role == "certification"
        below = node.role in {"certification", "next"}
        number = [run(f"{node.number}\t", "FWNumber")] if node.number else []
        words = [*number, run(last_two(node.title))]
        look = PLAIN if number else Look(left=GUTTER, hanging=0)
        heading = paragraph("FWSection", *self._marked(SECTION, node.anchor, words), look=look)
        asks = any(isinstance(block, Group) and block.role == "item" for block in node.blocks[:1])
        look = Look(keep=True, after=None if asks or ends else 14)
        lead = [paragraph("FWLead", *runs(joined(node.runs)), look=look)] if node.runs else []
        top = [paragraph("FWBar", look=Look(before=38) if below else PLAIN), heading, *lead]
        if ends and lead:
            top.append(paragraph("FWGap", look=Look(before=8, keep=True)))
        if ends and node.anchor:
            made = self._question(node.anchor, node.title, heading, top, lambda: self.blocks(node.blocks, at))
        else:
            made = [*top, *self.blocks(node.blocks, at)]
        return _kept(made) if ends else made

    def _item(self, node: Group, at: At) -> list[Element]:
        """Return a question. One without words of its own lends its number to its first part."""
        part = _leading(node)
        words = part.runs if part else node.runs
        heading = self._words("FWQuestion", node.number, words, _FIRST if at.first else PLAIN)
        given = _spoken(node.number, words)
        top = [heading] if heading is not None else []
        top += self._help(node, at) + (self._help(part, at) if part else [])
        blocks = (*part.blocks, *node.blocks[1:]) if part else node.blocks
        under = replace(at.under(given), first=part is None)
        if node.anchor:
            made = self._question(node.anchor, given, heading, top, lambda: self.blocks(blocks, under))
        else:
            made = [*top, *self.blocks(blocks, under)]
        return _kept(made) if node.keep else made

    def _question(
        self, item: str, given: str, heading: Element | None, top: list[Element], inside: Callable[[], list[Element]]
    ) -> list[Element]:
        """Return a question whose heading stands in its bookmark; the heading is remembered, as printed.

        A bookmark that runs on over tables comes back from LibreOffice 7.4 with its start at their end.
        """
        number, mark = self.controls.numbers.next(), f"{QUESTION}{item}"
        start, end = el("w:bookmarkStart", id=number, name=mark), el("w:bookmarkEnd", id=number)
        if heading is None:
            top[:0] = [start, end]
        else:
            heading.children.insert(1, start)
            heading.children.append(end)
            key = ids.join(ids.FORM, "question", item)
            plan = FieldPlan(key=key, name=mark, kind="heading", fixed=True, words=given, given=given)
            self.controls.plans.append(plan)
        return [*top, *inside()]

    def _part(self, node: Group, at: At) -> list[Element]:
        look = replace(_look(at), before=8) if at.first else _look(at)
        heading = self._words("FWPart" if node.strong else "FWPartLabel", node.number, node.runs, look)
        top = [heading] if heading is not None else []
        under = replace(at.under(_spoken(node.number, node.runs)), first=False)
        made = [*top, *self._help(node, at), *self.blocks(node.blocks, under)]
        return _kept(made) if node.keep else made

    def _words(self, style: str, number: str, words: Runs, look: Look) -> Element | None:
        """Return the heading of a question or of a part of one; its number hangs in the gutter."""
        if not words and not number:
            return None
        before = [run(f"{number}\t", "FWNumber")] if number else []
        if number and style != "FWQuestion":
            look = replace(look, hanging=GUTTER)
        if not number and style == "FWQuestion":
            look = replace(look, hanging=0)
        return paragraph(style, *before, *runs(joined(words)), look=look)

    def _help(self, node: Group, at: At) -> list[Element]:
        if not node.help:
            return []
        return [paragraph("FWHelp", *runs(joined(node.help)), look=replace(_look(at), after=6, keep=True))]

    def _marked(self, kind: str, anchor: str, words: list[Element]) -> list[Element]:
        """Return words between the ends of a hidden bookmark."""
        if not anchor:
            return words
        number = self.controls.numbers.next()
        start = el("w:bookmarkStart", id=number, name=f"{kind}{anchor}")
        return [start, *words, el("w:bookmarkEnd", id=number)]

    # ---- fields ---------------------------------------------------------------------------------

    def _field(self, control: Control, at: At) -> list[Element]:
        description = [paragraph("FWHelp", run(control.description), look=_look(at))] if control.description else []
        if not isinstance(control, (Tick, ManyOf)) and not (isinstance(control, OneOf) and not is_list(control)):
            return [fields(self.controls, [control], at), *description]
        label = []
        if control.label and not isinstance(control, Tick):
            label.append(paragraph("FWLabel", run(control.label), look=_look(at)))
        return [*label, *choices(self.controls, control, at, _look(at)), *description]

    def _grid(self, node: Grid, at: At) -> list[Element]:
        """Return a table. A low one stays on one page; of any other, two rows at either end."""
        if node.role == "projects":
            return papers.projects(node)
        if node.role == "check":
            return [papers.check(node)]
        made = grid(self.controls, node, at)
        lines = made.fresh(name("w:tr"))
        for line in lines[:-1] if is_low(node) else (*lines[:2], *lines[-2:-1]):
            _keep(line)
        return [made]

    def _row(self, node: Group, at: At) -> list[Element]:
        """Return fields side by side; a row of other things is set one under the other."""
        lead = [paragraph("FWLabel", *runs(joined(node.runs)), look=_look(at))] if node.runs else []
        found = [block.control for block in node.blocks if isinstance(block, Field)]
        if len(found) < len(node.blocks):
            return [*lead, *self.blocks(node.blocks, at)]
        notes = [paragraph("FWHelp", run(one.description), look=_look(at)) for one in found if one.description]
        return [*lead, fields(self.controls, found, at), *notes]

    def _follow(self, node: Group, at: At) -> list[Element]:
        """Return what follows from an answer: set in, with an edge at its left."""
        under = replace(at.inset(_INSET).under(_spoken("", node.runs)), first=False)
        if len(node.blocks) == 1 and not node.help and isinstance(node.blocks[0], Field):
            control = node.blocks[0].control
            if isinstance(control, (Line, Area)) and not control.label and not control.description:
                return [self._explained(node.runs, control, under)]
        look = _look(under)
        lead = [paragraph("FWSay", *runs(joined(node.runs)), look=replace(look, before=8, after=4, keep=True))]
        made = [*(lead if node.runs else []), *self._help(node, under), *self.blocks(node.blocks, under)]
        return _kept(made) if node.keep else made

    def _explained(self, words: Runs, control: Line | Area, at: At) -> Element:
        """Return one field under what it follows from: both cells have the edge."""
        line = (6, LINE)
        label = cell(
            at.room,
            paragraph("FWLabel", *runs(joined(words)), look=Look(before=2)),
            edges=Edges(left=ACCENT_EDGE, bottom=line),
        )
        below = replace(BOX, left=ACCENT_EDGE)
        content = paragraph("FWField", boxed(self.controls, control, at.words))
        rows = [row([label], head=True), row([cell(at.room, content, edges=below)], height(control))]
        return table("FWFields", [at.room], rows, left=at.left, name=control.name, head=True, heads=False)


# ---- the whole ----------------------------------------------------------------------------------


def is_letter(layout: Layout) -> bool:
    """Say whether a layout is a letter: it begins with a letterhead, and has no title."""
    first = layout.blocks[0] if layout.blocks else None
    return isinstance(first, Group) and first.role == "letterhead"


def titled(layout: Layout) -> tuple[Block, ...]:
    """Return the blocks with the title, behind the masthead, unless a heading of level 1 is there; without breaks that
    would make an empty page (before a section, at the end)."""
    blocks = layout.blocks
    if not is_letter(layout) and not any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        masthead = bool(blocks) and isinstance(blocks[0], Group) and blocks[0].role == "masthead"
        blocks = (*blocks[:masthead], Heading(text=layout.title, level=1), *blocks[masthead:])
    following = (*blocks[1:], None)
    return tuple(block for block, after in zip(blocks, following, strict=True) if not _idle(block, after))


def _idle(block: Block, after: Block | None) -> bool:
    starts = isinstance(after, Group) and after.role == "section"
    return isinstance(block, Break) and (starts or after is None or isinstance(after, Break))


# ---- small things -------------------------------------------------------------------------------


def _leading(node: Group) -> Group | None:
    """Return the part that has the first words of a question which has none of its own."""
    first = node.blocks[0] if node.blocks and not node.runs else None
    return first if isinstance(first, Group) and first.role == "part" else None


def _look(at: At) -> Look:
    """Return what a paragraph of the column has by hand where it does not stand at the column's own edge."""
    if at.edge:
        return Look(left=at.left + EDGE_GAP + _EDGE, edge=True)
    return PLAIN if at.left == GUTTER else Look(left=at.left)


def _spoken(number: str, words: Runs) -> str:
    """Return a heading as it is printed, with plain blanks."""
    said = " ".join(filter(None, (number, plain(words))))
    return " ".join(said.replace(NO_BREAK, " ").split())


def _add(out: list[Element], made: list[Element], at: At) -> None:
    """Add the elements of a block; between two tables stands a gap."""
    last = next((one for one in reversed(out) if one.tag in _SOLID), None)
    if made and last is not None:
        table = name("w:tbl")
        if made[0].tag == table and (last.tag == table or _edged(last)):
            out.append(paragraph("FWGap", look=replace(_look(at), before=4)))
        elif last.tag == table and _is_help(made[0]):
            _keep(last.fresh(name("w:tr"))[-1])
    out += made


def _is_help(element: Element) -> bool:
    style = element.child("w:pPr", "w:pStyle")
    return style is not None and style.get(name("w:val")) == "FWHelp"


def _edged(element: Element) -> bool:
    """Say whether a paragraph has the edge of what follows an answer."""
    return element.child("w:pPr", "w:pBdr") is not None


def _kept(elements: list[Element]) -> list[Element]:
    """Make elements stand on one page: every paragraph of them stays with the next one, but for the last row."""
    solid = [one for one in elements if one.tag in _SOLID]
    for one in solid[:-1]:
        _keep(one)
    if solid and solid[-1].tag == name("w:tbl"):
        for line in solid[-1].fresh(name("w:tr"))[:-1]:
            _keep(line)
    return elements


def _keep(element: Element) -> None:
    for inside in element.fresh(name("w:p")):
        keep_with_next(inside)


def _sections(nodes: Iterable[Block]) -> Iterator[Group]:
    for node in nodes:
        if isinstance(node, Group) and node.role in {"section", "next", "certification"}:
            yield node
        elif isinstance(node, Group):
            yield from _sections(node.blocks)


def _toc(*, first: bool, last: bool) -> tuple[list[Element], list[Element]]:
    """Return the beginning of the field of contents for its first entry, its end for its last."""
    begin, code, separate, _, end = field('TOC \\h \\z \\t "FW Section,1"', "", dirty=True)
    return [begin, code, separate] if first else [], [end] if last else []
