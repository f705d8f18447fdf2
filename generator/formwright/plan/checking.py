"""The checklist as it is printed: the rows with their marks, and the reasons of those checked No/NA (SOP L561-633)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from formwright.layout import Block, Column, Grid, Group, Heading, Mark, Para, Row, Run
from formwright.plan import checklist as checklists
from formwright.plan.case import Case

ANCHOR: Final = "checklist"
BESIDE: Final = 5
"""Rows of the items that the account asked for, which stand under the business items; more stand below both lists."""
NAMED: Final = 30
"""Characters of one or two items with their names, two lines at most; where there are more, numbers are cited."""


def part(case: Case) -> Group:
    """Return the checklist with its reasons."""
    made = case.definition.checklist
    title = case.words(made.title)
    return Group(
        role="section",
        title=title,
        where=title,
        anchor=ANCHOR,
        runs=case.runs(made.lead),
        blocks=tuple(_blocks(case)),
        keep=False,
    )


def _blocks(case: Case) -> Iterator[Block]:
    made = case.definition.checklist
    heads = [(group.number, case.words(group.title)) for group in made.groups]
    heads.append((made.requested.number, case.words(made.requested.title)))
    lists = [(number, title, [row for row in case.checklist.rows if row.number == number]) for number, title in heads]
    grids = [_list(case, number, title, rows) for number, title, rows in lists if rows]
    long = len(grids[-1].rows) > BESIDE and grids[-1].number == f"{made.requested.number}."
    yield Group(role="pair", blocks=tuple(grids[:-1] if long else grids))
    yield from grids[-1:] if long else ()
    if made.note:
        yield Para(runs=case.runs(made.note), role="help")
    if reasons := tuple(_reasons(case)):
        title = case.words(made.reasons)
        yield Heading(text=title, level=3)
        reason = Column(title=case.words(made.reason), width=12)
        yield Grid(name=title, role="read", row_title=case.words(made.item), columns=(reason,), rows=reasons)


def _list(case: Case, number: str, title: str, rows: list[checklists.Row]) -> Grid:
    made = case.definition.checklist
    columns = tuple(Column(title=case.words(words), tick=True, width=2) for words in (made.yes, made.no))
    return Grid(
        name=f"{number}. {title}",
        role="check",
        number=f"{number}.",
        row_title=title,
        columns=columns,
        rows=tuple(_row(case, row) for row in rows),
    )


def _row(case: Case, row: checklists.Row) -> Row:
    """Return a row with a mark in each column; an open item is starred, as the source has it (L613)."""
    text = f"{row.text} *" if row.other else row.text
    return Row(
        id=row.id,
        number=f"{row.label}.",
        head=f"{text}: {row.said}" if row.other and row.said else text,
        quiet=row.note,
        cells=((_mark(case, row.answer == "yes"),), (_mark(case, row.answer in ("no", "na")),)),
    )


def _mark(case: Case, checked: bool) -> Mark:
    made = case.definition.checklist
    return Mark(checked=checked, alternative=case.words(made.checked if checked else made.unchecked))


def _reasons(case: Case) -> Iterator[Row]:
    """Yield each reason once, with the items that it holds for, in the order of the first of them."""
    alike: dict[str, list[checklists.Row]] = {}
    for row in case.checklist.rows:
        if row.answer in ("no", "na"):
            alike.setdefault(row.reason, []).append(row)
    for at, (reason, rows) in enumerate(alike.items(), start=1):
        yield Row(id=f"reason{at}", head=_cited(rows), cells=((Run(reason),),))


def _cited(rows: list[checklists.Row]) -> str:
    """Return how rows are cited: with their names where these are short."""
    named = ", ".join(f"{row.code} {row.text}" for row in rows)
    short = len(rows) < 3 and len(named) <= NAMED
    return named if short else ", ".join(row.code for row in rows)
