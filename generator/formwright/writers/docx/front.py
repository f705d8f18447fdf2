"""Page 1: masthead, title, the facts, side heads with the specimen of a field that we know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from formwright.layout import Block, Field, Figure, Group, Layout, Line
from formwright.writers._widths import fact_widths
from formwright.writers._wording import balanced, last_two
from formwright.writers.docx.controls import Controls
from formwright.writers.docx.fields import BOX
from formwright.writers.docx.styles import HAIR, INK, TEXT, TINT
from formwright.writers.docx.values import BOXES, TICK_STYLE
from formwright.writers.docx.wml import Edges, Element, Look, cell, paragraph, row, run, runs, table

SIDE: Final = 140.0
"""Width of the column of side heads."""
WIDE: Final = TEXT - SIDE
_SPECIMEN: Final = 230.0
_GAP: Final = 24.0

Inner = Callable[[Iterable[Block]], list[Element]]
"""Makes what stands in the wide column."""


def masthead(group: Group, layout: Layout) -> list[Element]:
    """Return bar, unit and what it does; the notices (form number, OMB number) stand at the right."""
    notices = [*layout.notices, "", ""]
    lines = [
        paragraph("FWBar"),
        paragraph("FWMasthead", run(group.title), *_right(notices[0])),
        paragraph("FWUnit", *runs(group.runs), *_right(notices[1])),
    ]
    return lines + [paragraph("FWUnit", *_right(notice)) for notice in layout.notices[2:]]


def _right(words: str) -> list[Element]:
    return [run("\t"), run(words, "FWQuiet")] if words else []


def title(words: str) -> Element:
    """Return the title, in two lines of like length where it takes two."""
    return paragraph("FWTitle", run("\n".join(balanced(words, 1))))


def facts(controls: Controls, group: Group) -> list[Element]:
    """Return the facts between two rules: a quiet label over what is ours to state."""
    found = [(node.control, width) for node, width in fact_widths(group) if isinstance(node, Field)]
    widths = [round(width + _GAP * TEXT / (TEXT + _GAP), 2) for _, width in found]
    widths[-1] = round(TEXT - sum(widths[:-1]), 2)
    labels, values = [], []
    for (control, _), width in zip(found, widths, strict=True):
        label = paragraph("FWLabel", run(control.label, "FWQuiet"), look=Look(before=8))
        labels.append(cell(width, label, edges=Edges(top=(8, INK))))
        if not isinstance(control, Line):
            raise TypeError(f"the Word writer knows no fact that is a {type(control).__name__}")
        value = paragraph("FWLabel", controls.text(control, control.label), look=Look(after=8, right=8))
        values.append(cell(width, value, edges=Edges(bottom=(4, HAIR))))
    name = ", ".join(control.label for control, _ in found)
    made = table("FWPlain", widths, [row(labels, head=True), row(values)], left=0, name=name, head=True, heads=False)
    return [made]


def sides(groups: Iterable[Group], words: str, inner: Inner) -> list[Element]:
    """Return side heads, one row each, and each specimen in a row of its own; `words` stand beside its tick."""
    rows, heads = [], []
    for head, blocks in _sides(groups):
        heads.append(head)
        figure = blocks[0] if blocks else None
        content = specimen(figure, words) if isinstance(figure, Figure) and figure.specimen else inner(blocks)
        gap = paragraph("FWGap", look=Look(after=4))
        rows.append(
            row(
                [
                    cell(SIDE, paragraph("FWSideHead", run(last_two(head)), look=Look(right=16))),
                    cell(WIDE, *content, gap),
                ]
            )
        )
    name = ", ".join(filter(None, heads))
    gap = paragraph("FWGap", look=Look(before=20))
    return [gap, table("FWPlain", [SIDE, WIDE], rows, left=0, name=name, head=False, heads=True)]


def _sides(groups: Iterable[Group]) -> list[tuple[str, list[Block]]]:
    """Return head and blocks of each row."""
    found: list[tuple[str, list[Block]]] = []
    for group in groups:
        found.append((group.title, []))
        for block in group.blocks:
            if isinstance(block, Figure) and block.caption:
                found += [(block.caption, [block]), ("", [])]
            else:
                found[-1][1].append(block)
    return [(head, blocks) for head, blocks in found if head or blocks]


def specimen(figure: Figure, words: str) -> list[Element]:
    """Return a field as we know it, with its tick: a table, whose name says what it shows."""
    field = cell(_SPECIMEN, paragraph("FWField", run(figure.specimen)), edges=BOX, shade=TINT)
    shown = table("FWFields", [_SPECIMEN], [row([field], 23)], left=0, name=figure.alternative, head=False, heads=False)
    tick = [run(BOXES[False], TICK_STYLE), run(f" {words}", "FWSmall")]
    return [shown, paragraph("FWSay", *tick, look=Look(before=4))]
