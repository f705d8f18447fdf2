"""Background and scope: paragraphs, and a table of what they do not say (SOP L569-581)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from formwright.layout import Block, Column, Grid, Group, Para, Row, Run
from formwright.plan import facts, words
from formwright.plan.case import Case
from formwright.text import inline, pick

BACKGROUND: Final = "background"
SCOPE: Final = "scope"


def parts(case: Case) -> Iterator[Group]:
    """Yield background and scope, which stand on one page where they fit."""
    title = case.words(case.definition.background.title)
    blocks = tuple(_background(case))
    yield Group(role="section", title=title, where=title, anchor=BACKGROUND, blocks=blocks, keep=False)
    title = case.words(case.definition.scope.title)
    yield Group(role="next", title=title, where=title, anchor=SCOPE, blocks=tuple(_scope(case)))


def _background(case: Case) -> Iterator[Block]:
    """Yield the paragraphs, then the elements that none of them names: nothing is said twice."""
    given = case.plan.background
    texts = _texts(case, given.paragraphs if given else (), case.definition.background.paragraphs)
    said = facts.of_background(case.definition, case.plan, case.account)
    yield from _paragraphs(texts, said)
    named = {name for text in texts for name in words.names(text)}
    rows = tuple(
        Row(id=element.id, head=case.words(element.label), cells=((Run(said[element.id]),),))
        for element in case.definition.background.elements
        if element.id not in named and said[element.id]
    )
    if rows:
        name = case.words(case.definition.background.title)
        yield Grid(name=name, role="read", columns=(Column(title="", width=12),), rows=rows)


def _scope(case: Case) -> Iterator[Block]:
    """Yield the paragraphs, or the definition's sentences whose fields are given; then that on reasonable care."""
    given, made = case.plan.scope, case.definition.scope
    said = facts.of_scope(case.definition, case.plan, case.account)
    if given and given.paragraphs:
        yield from _paragraphs(given.paragraphs, said)
    else:
        sentences = (pick(text, case.language) for text in made.sentences)
        told = " ".join(text for text in sentences if all(said.get(name) for name in words.names(text)))
        yield from _paragraphs((told,), said)
    own = given.statement if given else None
    yield from _paragraphs((pick(made.statement, case.language) if own is None else own,), {})


def _texts(case: Case, own: Iterable[str], default: Iterable[str | Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(own) or tuple(pick(text, case.language) for text in default)


def _paragraphs(texts: Iterable[str], said: Mapping[str, str]) -> Iterator[Para]:
    """Yield a paragraph for each text; what is filled in is plain text, whatever marks it has."""
    for text in texts:
        if text.strip():
            yield Para(runs=tuple(replace(run, text=words.fill(run.text, said)) for run in inline(text)))
