"""A plan becomes a document: cover sheet, contents, checklist, background, scope, projects, approval (SOP L544-585).

The order of its parts is the source's. Nothing in it is filled in, so it has no values and no cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from formwright.days import long_date
from formwright.layout import Block, Contents, Group, Layout, Para, Run
from formwright.lower import own_words
from formwright.plan import checking, facts, projects, prose, words
from formwright.plan.case import Case
from formwright.plan.model import Person
from formwright.text import pick, say

APPROVAL: Final = "approval"


def lower(case: Case) -> Layout:
    """Return the layout of a plan that keeps the rules (`check.check`)."""
    definition, title = case.definition, case.words(case.definition.title)
    return Layout(
        id=definition.id,
        version=definition.version,
        title=title,
        language=case.language,
        running=title,
        foot=say("foot", case.language, title=title, version=definition.version),
        blocks=(
            *_front(case),
            checking.part(case),
            *prose.parts(case),
            projects.part(case),
            _approval(case),
        ),
        words=own_words(case.language),
        author=case.words(definition.masthead.title),
        private=True,
    )


def _front(case: Case) -> Iterator[Block]:
    """Yield the cover sheet, with the contents on it while they are short (LOOK.md)."""
    masthead = case.definition.masthead
    yield Group(role="masthead", title=case.words(masthead.title), runs=case.runs(masthead.text))
    yield Para(runs=(Run(case.account.name),), role="whose")
    yield Group(role="cover", blocks=tuple(_side(case, title, lines) for title, lines in _cover(case)))
    if case.definition.contents:
        yield Group(role="side", title=case.words(case.definition.contents.title), blocks=(Contents(),))


def _side(case: Case, title: str | Mapping[str, str], lines: list[str]) -> Group:
    return Group(role="side", title=case.words(title), blocks=tuple(Para(runs=(Run(line),)) for line in lines))


def _cover(case: Case) -> Iterator[tuple[str | Mapping[str, str], list[str]]]:
    """Yield each side head with its lines, in the source's order (SOP L555)."""
    cover, plan, account = case.definition.cover, case.plan, case.account
    yield cover.address, (plan.address or account.address).split("\n")
    if account.kind == "PAT":
        yield cover.port, [plan.port or account.port]
    yield getattr(cover.representative, account.kind), _people(plan.representatives)
    yield cover.contact, _person(plan.contact or Person())
    yield cover.period, [words.fill(pick(cover.period_text, case.language), facts.of_period(case.definition, plan))]
    yield cover.date, [long_date(plan.date, case.language) if plan.date else ""]
    yield cover.distribution, list(case.distribution())


def _people(people: tuple[Person, ...]) -> list[str]:
    """Return one person in two lines, several in one line each."""
    if len(people) == 1:
        return _person(people[0])
    return [", ".join(filter(None, _person(person))) for person in people]


def _person(person: Person) -> list[str]:
    """Return a name with its title, and the telephone number below it."""
    return [", ".join(filter(None, (person.name, person.title))), person.phone]


def _approval(case: Case) -> Group:
    """Return a line for each who approves the plan (SOP L531-532)."""
    made = case.definition.approval
    note = Run(case.words(made.note), "quiet")
    lines = tuple(Para(runs=(Run(who), note)) for who in case.chosen(made.signers))
    title = case.words(made.title)
    signers = Group(role="signers", blocks=lines)
    return Group(role="next", title=title, where=title, anchor=APPROVAL, blocks=(signers,))
