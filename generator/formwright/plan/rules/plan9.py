"""PLAN-9: the account is told that reasonable care is its own affair (SOP L513)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan9(PlanRule):
    """Find a plan that leaves out the sentence on reasonable care."""

    name = "PLAN-9"
    finds: ClassVar = {"no_statement": ()}

    def check(self, case: Case) -> Iterator[Finding]:
        scope = case.plan.scope
        own = scope.statement if scope else None
        said = case.words(case.definition.scope.statement) if own is None else own
        if not said.strip():
            yield Finding("no_statement", ("scope", "statement"))
