"""Compile a layout: its body as text, the rest from python-docx (`frame`); what changes is then cut into pieces.

layout -> body (paragraphs, tables, controls) + frame (styles, heads, foot, fonts) -> parts -> Compiled
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from formwright import resources
from formwright.layout import Block, Group, Layout
from formwright.writers.docx import shell as shells
from formwright.writers.docx import values, wording
from formwright.writers.docx.blocks import Body, titled
from formwright.writers.docx.controls import Controls, content_slot, state_slot
from formwright.writers.docx.fields import At
from formwright.writers.docx.figures import Drawings
from formwright.writers.docx.frame import MAIN, finished, framed, with_pictures
from formwright.writers.docx.furniture import hidden_token
from formwright.writers.docx.package import trim
from formwright.writers.docx.places import Tree, placed, printed
from formwright.writers.docx.plan import Compiled, Cut, FieldPlan, Fixed, Slot
from formwright.writers.docx.tree import SLOT, el, grown, written

_MARK: Final = re.compile(rf"<\?{SLOT} (.+?)\?>")
LETTERS: Final = "templates/docx/letter.docx"
"""The look of letters, which a person edits in Word."""


def compile(layout: Layout) -> Compiled:
    """Return a layout as a Word file that can be stamped. Raises Faults for wording that XML cannot hold, TypeError for
    a block or a control that is not known."""
    drawings = Drawings(layout)
    body = Body(layout, Controls(layout), drawings.drawn)
    made, parts, picture = (_letter if shells.is_letter(layout) else _document)(layout, body, drawings)
    plans = placed(body.controls.plans, made) if body.controls.plans else []
    fixed, cut = [], {}
    for name, part in parts:
        if isinstance(part, Fixed):
            fixed.append(part)
        else:
            pieces, slots, plans = _pieces(part, plans)
            cut[name] = Cut(name=name, pieces=pieces, slots=slots)
    return Compiled(
        fixed=tuple(fixed),
        main=cut.pop(MAIN),
        cut=tuple(cut.values()),
        fields=tuple(plans),
        printed=printed(made) if plans else "",
        picture=picture,
        sample=layout.words["sample"],
    )


Made = tuple[Tree, Sequence[tuple[str, Fixed | str]], str]
"""The body, the parts, the name of the part with the picture of the code."""


def _document(layout: Layout, body: Body, drawings: Drawings) -> Made:
    """Return a document: each section on pages of its own, and the hidden token behind the last."""
    chapters = [(where, body.blocks(blocks, At())) for where, blocks in _chapters(titled(layout))]
    chapters[-1][1].append(hidden_token(body.controls.numbers.next()))
    texts = [(where, written(nodes)) for where, nodes in chapters]
    if not all(values.is_writable(xml) for _, xml in texts):
        wording.check(layout)
    parts, picture = framed(layout, texts, body.lists, drawings.pictures)
    return el("w:body", *(node for _, nodes in chapters for node in nodes)), parts, picture


def _letter(layout: Layout, body: Body, drawings: Drawings) -> Made:
    """Return a letter: the shell with the blocks in its slots, and the hidden token at its end."""
    wording.check(layout)
    document = shells.opened(resources.read_bytes(LETTERS), LETTERS)
    shells.complete(document, layout.language)
    trim(document)
    slots = shells.shared(layout.blocks).items()
    shells.fill(document, {slot: body.blocks(blocks, At()) for slot, blocks in slots})
    root = document.element.body
    root.insert(len(root) - 1, grown(hidden_token(body.controls.numbers.next())))
    frame = finished(document, layout, body.lists, drawings.pictures)
    return root, with_pictures(frame), frame.picture


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
