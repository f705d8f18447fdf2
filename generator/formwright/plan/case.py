"""One plan with all that it rests on: what its rules look at, and what it is printed from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from formwright.account import Account
from formwright.layout import Runs
from formwright.plan import facts, words
from formwright.text import inline, pick, plain

if TYPE_CHECKING:
    from formwright.plan.checklist import Checklist
    from formwright.plan.definition import PlanDefinition, When
    from formwright.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Case:
    """A plan, what it is a plan of, for whom, and its checklist as these make it."""

    definition: PlanDefinition
    plan: Plan
    account: Account
    checklist: Checklist

    @property
    def language(self) -> str:
        """Return the language that it is printed in."""
        return self.definition.language

    def limit(self, rule: str, name: str) -> int:
        """Return a threshold of a rule."""
        return self.definition.rules[rule].limits[name]

    def words(self, text: str | Mapping[str, str]) -> str:
        """Return a text of the definition in the language of the plan, without marks."""
        return plain(pick(text, self.language))

    def runs(self, text: str | Mapping[str, str]) -> Runs:
        """Return a text of the definition in the language of the plan, with its marks."""
        return inline(pick(text, self.language))

    def chosen(self, lines: Iterable[When]) -> tuple[str, ...]:
        """Return those lines whose conditions hold, filled."""
        asked, said = facts.asked(self.plan, self.account), facts.of_account(self.plan, self.account)
        return words.chosen(lines, asked, said, self.language)

    def distribution(self) -> tuple[str, ...]:
        """Return who gets a copy (SOP L533): those of the definition for such an account, then those of the plan."""
        return tuple(dict.fromkeys((*self.chosen(self.definition.distribution), *self.plan.distribution)))
