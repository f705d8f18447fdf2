"""A plan becomes a document: cover sheet, contents, checklist, background, scope, projects, approval (SOP L544-585).

The order of its parts is the source's. Nothing in it is filled in, so it has no values and no cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from formwright.account import Account
from formwright.days import long_date
from formwright.layout import (
    Block,
    Cell,
    Column,
    Contents,
    Grid,
    Group,
    Layout,
    Mark,
    Para,
    Row,
    Run,
    Runs,
)
from formwright.plan import checklist as checklists
from formwright.plan import facts, projects, words
from formwright.plan.checklist import Checklist
from formwright.plan.definition import PlanDefinition
from formwright.plan.model import Person, Plan
from formwright.text import inline, pick, plain, say

_SAME: int = 34
"""Characters of two items with their names; more of them are cited by number alone."""


def lower(definition: PlanDefinition, plan: Plan, account: Account) -> Layout:
    """Return the layout of a plan that keeps the rules (`check.check`)."""
    return _Lower(definition, plan, account).layout()


class _Lower:
    """Makes the parts of one plan."""

    def __init__(self, definition: PlanDefinition, plan: Plan, account: Account) -> None:
        self.definition, self.plan, self.account = definition, plan, account
        self.language = definition.language
        self.list: Checklist = checklists.checklist(definition, plan)

    def words(self, text: str | Mapping[str, str]) -> str:
        """Return a text of the definition in the plan's language, without marks."""
        return plain(pick(text, self.language))

    def layout(self) -> Layout:
        """Return the whole document."""
        definition, title = self.definition, self.words(self.definition.title)
        blocks = (
            *self._front(),
            self._checklist(),
            self._background(),
            self._scope(),
            projects.section(definition, self.plan, self.list),
            self._approval(),
        )
        return Layout(
            id=definition.id,
            version=definition.version,
            title=title,
            language=self.language,
            running=title,
            foot=say("foot", self.language, title=title, version=definition.version),
            blocks=blocks,
            words=_words(self.language),
            author=self.words(definition.masthead.title),
        )

    # ---- cover sheet ----------------------------------------------------------------------------

    def _front(self) -> Iterator[Block]:
        masthead = self.definition.masthead
        yield Group(role="masthead", title=self.words(masthead.title), runs=inline(pick(masthead.text, self.language)))
        yield Para(runs=(Run(self.account.name),), role="whose")
        sides = (
            Group(role="side", title=self.words(title), blocks=tuple(Para(runs=(Run(line),)) for line in lines))
            for title, lines in self._cover()
        )
        yield Group(role="cover", blocks=tuple(sides))
        if self.definition.contents:
            yield Group(role="side", title=self.words(self.definition.contents.title), blocks=(Contents(),))

    def _cover(self) -> Iterator[tuple[str | Mapping[str, str], list[str]]]:
        """Yield each side head with its lines, in the source's order (SOP L555)."""
        cover, plan, account = self.definition.cover, self.plan, self.account
        yield cover.address, (plan.address or account.address).split("\n")
        if account.kind == "PAT":
            yield cover.port, [plan.port or account.port]
        people = [line for person in plan.representatives for line in _person(person)]
        yield getattr(cover.representative, account.kind), people
        yield cover.contact, _person(plan.contact or Person())
        period = words.fill(pick(cover.period_text, self.language), facts.of_period(self.definition, plan))
        yield cover.period, [period]
        yield cover.date, [long_date(plan.date, self.language) if plan.date else ""]
        yield cover.distribution, list(self.distribution())

    def distribution(self) -> tuple[str, ...]:
        """Return who gets a copy: those of the definition for such an account, then those that the plan adds."""
        asked, said = facts.asked(self.plan, self.account), facts.of_account(self.plan, self.account)
        computed = words.chosen(self.definition.distribution, asked, said, self.language)
        return tuple(dict.fromkeys((*computed, *self.plan.distribution)))

    # ---- checklist ------------------------------------------------------------------------------

    def _checklist(self) -> Group:
        made = self.definition.checklist
        grids = [self._grid(group.number, group.title) for group in made.groups]
        if any(row.asked for row in self.list.rows):
            grids.append(self._grid(made.requested.number, made.requested.title))
        blocks: list[Block] = [Group(role="pair", blocks=tuple(grids))]
        if note := pick(made.note, self.language):
            blocks.append(Para(runs=inline(note), role="help"))
        if reasons := self._reasons():
            title = self.words(made.reasons)
            blocks.append(Group(role="side", title=title) if False else _minor(title))
            blocks.append(
                Grid(
                    name=title,
                    role="read",
                    row_title=self.words(made.item),
                    columns=(Column(title=self.words(made.reason), width=12),),
                    rows=tuple(
                        Row(id=f"reason{at}", head=items, cells=((Run(reason),),))
                        for at, (items, reason) in enumerate(reasons, start=1)
                    ),
                )
            )
        return self._part("checklist", made.title, tuple(blocks), inline(pick(made.lead, self.language)))
