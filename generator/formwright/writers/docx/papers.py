"""Blocks of letters and plans: letterhead, address, signature; cover sheet, checklist, projects, lines for a pen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from formwright.layout import Block, Cell, Grid, Group, Mark, Para, Row, Run, Runs
from formwright.writers._wording import last_two
from formwright.writers.docx.fields import HAIRLINE, NONE, RULE, At
from formwright.writers.docx.styles import GUTTER, HAIR, INK, TEXT
from formwright.writers.docx.tree import name, shared
from formwright.writers.docx.values import BOXES, TICK_STYLE
from formwright.writers.docx.wml import (
    PLAIN,
    Edges,
    Element,
    Look,
    cell,
    keep_with_next,
    paragraph,
    plain,
    row,
    run,
    runs,
    table,
)

LETTER: Final = At(left=84, room=420)
"""Where the text of a letter stands: beside the column of Reference, Enclosure and cc."""
_SIDE, _WIDE = 140.0, 364.0
_OFFICE: Final = 152.0
_SIGNER: Final = 234.0
_CENTERED: Final = Look(centered=True)
_CHECK: Final = (20.0, 248.0, 52.0, 60.0)
_STEPS: Final = (36.0, 270.0, 138.0, 60.0)
_ROWS: Final = 300
"""Rows of checklists that are kept."""
_NUMBER: Final = 12.0
"""How far a step hangs behind its number."""
_TABS: Final = (("left", _NUMBER, ""),)
_NUMBERED: Final = Look(left=_NUMBER, hanging=_NUMBER, tabs=_TABS)
_UNNUMBERED: Final = Look(left=_NUMBER, hanging=0, tabs=_TABS)
_TITLED: Final = Look(before=12, after=0, tabs=(("right", sum(_STEPS[1:]), ""),))
_ABOVE: Final = Look(before=12)
_GOAL: Final = Look(before=0)

Inner = Callable[[Iterable[Block], At], list[Element]]
"""Makes what stands inside."""


# ---- letters ------------------------------------------------------------------------------------


def letter_group(group: Group, inner: Inner) -> list[Element]:
    """Return the elements of a group of a letter. Raises TypeError for a role that is not known."""
    makers: dict[str, Callable[[], list[Element]]] = {
        "letterhead": lambda: letterhead(group),
        "hang": lambda: hang(group, inner),
        "address": lambda: address(group),
        "body": lambda: inner(group.blocks, LETTER),
        "close": lambda: close(group),
        "signature": lambda: signature(group),
    }
    if group.role not in makers:
        raise TypeError(f"the Word writer knows no {group.role}")
    return makers[group.role]()


def letterhead(group: Group) -> list[Element]:
    """Return bar and unit at the left, the lines of the office at the right."""
    unit, *office = (one.runs for one in group.blocks if isinstance(one, Para))
    left = [paragraph("FWMasthead", *runs(unit)), paragraph("FWUnit", *runs(group.runs))]
    right = [paragraph("FWUnit", *runs(one), look=Look(before=10)) for one in office] or [paragraph("FWUnit")]
    cells = [cell(TEXT - _OFFICE, *left), cell(_OFFICE, *right)]
    return [paragraph("FWBar"), _bare([TEXT - _OFFICE, _OFFICE], [row(cells)], plain(unit))]


def hang(group: Group, inner: Inner) -> list[Element]:
    """Return what stands in the narrow column, quiet, and the blocks beside it; the reference leaves room above."""
    quiet = tuple(replace(one, style="quiet") for one in group.runs)
    words = [[run(group.title, "FWQuiet")], *([runs(quiet)] if quiet else [])]
    content = inner(group.blocks, At(left=0, room=LETTER.room)) or [paragraph("FWSay")]
    cells = [cell(LETTER.left, *(paragraph("FWLetterSide", *one) for one in words)), cell(LETTER.room, *content)]
    gap = paragraph("FWGap", look=Look(before=30 if quiet else 6))
    return [gap, _bare([LETTER.left, LETTER.room], [row(cells)], group.title)]


def address(group: Group) -> list[Element]:
    """Return the address, where the window of an envelope is: 163 to 244 points from the top of the paper."""
    paras = [one for one in group.blocks if isinstance(one, Para)]
    return [paragraph("FWLetterBlock", *runs(one.runs), look=Look(before=0, after=24)) for one in paras]


def close(group: Group) -> list[Element]:
    """Return "Sincerely," which stays with the signature."""
    return [paragraph("FWLetterBlock", *runs(group.runs), look=Look(before=8, keep=True))]


def signature(group: Group) -> list[Element]:
    """Return room for a pen, name and title."""
    paras = [one for one in group.blocks if isinstance(one, Para)]
    looks = [Look(before=46, keep=True), *[Look(keep=True)] * (len(paras) - 2), *[PLAIN] * (len(paras) > 1)]
    return [paragraph("FWLetterBlock", *runs(one.runs), look=look) for one, look in zip(paras, looks, strict=True)]


# ---- plans --------------------------------------------------------------------------------------


def plan_group(group: Group, inner: Inner) -> list[Element]:
    """Return the elements of a cover sheet, or of the lines to sign on."""
    return cover(group, inner) if group.role == "cover" else signers(group)


def cover(group: Group, inner: Inner) -> list[Element]:
    """Return what a cover sheet says, one row for each head, under a rule."""
    sides = [one for one in group.blocks if isinstance(one, Group)]
    rows = []
    for place, side in enumerate(sides):
        first, last = not place, place == len(sides) - 1
        edges = Edges(top=(8, INK) if first else None, bottom=(4, HAIR) if last else None)
        top = Look(before=16 if first else 0, after=12)
        words = paragraph("FWSay", run(last_two(side.title), "FWQuiet"), look=top)
        content = [paragraph("FWGap", look=Look(before=12))] if first else []
        content += [
            paragraph("FWSay", *runs(one.runs), look=Look(after=0)) for one in side.blocks if isinstance(one, Para)
        ]
        content += inner((one for one in side.blocks if not isinstance(one, Para)), At(left=0, room=_WIDE))
        cells = [
            cell(_SIDE, words, edges=edges),
            cell(_WIDE, *content, paragraph("FWGap", look=Look(after=8)), edges=edges),
        ]
        rows.append(row(cells))
    return [_bare([_SIDE, _WIDE], rows, ", ".join(side.title for side in sides), heads=True)]


def signers(group: Group) -> list[Element]:
    """Return a line for a pen over each name, two in a row."""
    paras = [one for one in group.blocks if isinstance(one, Para)]
    rows = []
    for start in range(0, len(paras), 2):
        cells = [cell(_SIGNER, *_signer(one.runs)) for one in paras[start : start + 2]]
        rows.append(row(cells + [cell(_SIGNER, paragraph("FWSay"))] * (2 - len(cells))))
    names = ", ".join(one.runs[0].text for one in paras if one.runs)
    return [_bare([_SIGNER, _SIGNER], rows, names, left=GUTTER)]


def _signer(words: Runs) -> list[Element]:
    first, rest = words[:1], words[1:]
    line = paragraph("FWSay", *runs(first), look=Look(before=44, after=0, right=30, rule=True))
    return [line, *([paragraph("FWSay", *runs(rest), look=Look(right=30))] if rest else [])]


def check(node: Grid) -> Element:
    """Return a checklist on one page: number, item, and a box in each column."""
    widths = [*_CHECK[:2], *_CHECK[2 : 2 + len(node.columns)]]
    keep = replace(PLAIN, keep=bool(node.rows))
    head = [
        cell(widths[0], paragraph("FWHead", run(node.number), look=keep), edges=RULE, low=True),
        cell(widths[1], paragraph("FWHead", run(node.row_title), look=keep), edges=RULE, low=True),
    ]
    for width, column in zip(widths[2:], node.columns, strict=True):
        words = paragraph("FWHead", run(column.title), look=replace(keep, centered=True))
        head.append(cell(width, words, edges=RULE, low=True))
    last = len(node.rows) - 1
    rows = [row(head, head=True), *(_checked(one, tuple(widths), at < last) for at, one in enumerate(node.rows))]
    return table("FWLines", widths, rows, left=GUTTER, name=node.name, head=True, heads=False)


@lru_cache(_ROWS)
def _checked(one: Row, widths: tuple[float, ...], keep: bool) -> Element:
    """Return the row of an item; most are those of every checklist."""
    look = Look(keep=keep)
    quiet = [run(f" {one.quiet}", "FWQuiet")] if one.quiet else []
    cells = [
        cell(widths[0], paragraph("FWCheck", run(one.number), look=look), edges=HAIRLINE),
        cell(widths[1], paragraph("FWCheck", run(one.head), *quiet, look=look), edges=HAIRLINE),
    ]
    for width, parts in zip(widths[2:], one.cells, strict=True):
        words = paragraph("FWCheck", *inline(parts), look=replace(look, centered=True))
        cells.append(cell(width, words, edges=HAIRLINE))
    return shared(row(cells))


def inline(parts: Cell) -> list[Element]:
    """Return text and marks of a cell as runs; a mark is a box, ticked or not."""
    made: list[Element] = []
    for part in parts:
        if isinstance(part, Mark):
            made.append(run(BOXES[part.checked], TICK_STYLE))
        elif isinstance(part, Run):
            made += runs((part,))
        else:
            raise TypeError(f"the Word writer knows no {type(part).__name__} here")
    return made


def projects(node: Grid) -> list[Element]:
    """Return projects: a row with number, title and goal, then the steps with who is responsible and when."""
    words = [column.title for column in node.columns]
    head = [cell(_STEPS[0], paragraph("FWLabel"), edges=NONE)]
    head += [
        cell(width, paragraph("FWHead", run(title)), edges=RULE, low=True)
        for width, title in zip(_STEPS[1:], words, strict=True)
    ]
    rows = [row(head, head=True)]
    for one, following in zip(node.rows, (*node.rows[1:], None), strict=True):
        made = _project(one) if one.kind == "project" else _step(one)
        rows.append(made)
        if following is not None and following.kind != "project":
            for inside in made.fresh(name("w:p")):
                keep_with_next(inside)
    heading = [paragraph("FWPriority", run(node.name))] if node.name else []
    return [*heading, table("FWLines", _STEPS, rows, left=0, name=node.name, head=True, heads=False)]


def _project(one: Row) -> Element:
    """Return the row of a project: title, what it is about (at the right), goal."""
    title, about, goal = (*one.cells, (), (), ())[:3]
    title = tuple(replace(part, style="strong") if isinstance(part, Run) else part for part in title)
    room = sum(_STEPS[1:])
    first = [*inline(title), *([run("\t"), *inline(about)] if about else [])]
    words = [
        paragraph("FWRead", *first, look=_TITLED),
        *([paragraph("FWRead", *inline(goal), look=_GOAL)] if goal else []),
    ]
    number = paragraph("FWRead", run(one.number, "FWNumber"), look=_ABOVE)
    return row([cell(_STEPS[0], number, edges=NONE), cell(room, *words, edges=HAIRLINE, span=3)])


def _step(one: Row) -> Element:
    """Return the row of a step, or of the follow-up, which has no number."""
    cells = [cell(_STEPS[0], paragraph("FWRead"), edges=NONE)]
    for place, (width, parts) in enumerate(zip(_STEPS[1:], one.cells, strict=True)):
        number = [run(f"{one.number}\t", "FWQuiet")] if one.number and not place else []
        look = (_NUMBERED if number else _UNNUMBERED) if not place else PLAIN
        cells.append(cell(width, paragraph("FWRead", *number, *inline(parts), look=look), edges=HAIRLINE))
    return row(cells)


def _bare(widths: list[float], rows: list[Element], words: str, heads: bool = False, left: float = 0) -> Element:
    return table("FWPlain", widths, rows, left=left, name=words, head=False, heads=heads)
