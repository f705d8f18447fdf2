"""PLAN-8: what the plan is to reach, and how noncompliance was discovered (SOP L579-581).

A plan whose items of one group are all checked No/NA has no objectives of that sort, and none are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan8(PlanRule):
    """Find a scope that leaves out objectives of the plan's items, or how the problems were found."""

    name = "PLAN-8"
    finds: ClassVar = {"no_compliance": (), "no_business": (), "no_discovery": (), "long": ("count",)}
    limits: ClassVar = ("paragraphs",)

    def check(self, case: Case) -> Iterator[Finding]:
        scope = case.plan.scope
        if scope is None:
            return  # PLAN-1 says so
        first = case.definition.checklist.groups[0].number
        wanted = [row.number == first for row in case.checklist.rows if row.answer == "yes"]
        if True in wanted and not scope.compliance:
            yield Finding("no_compliance", ("scope", "compliance"))
        if False in wanted and not scope.business:
            yield Finding("no_business", ("scope", "business"))
        if True in wanted and not scope.discovery:
            yield Finding("no_discovery", ("scope", "discovery"))
        if len(scope.paragraphs) > case.limit(self.name, "paragraphs"):
            yield Finding("long", ("scope", "paragraphs"), {"count": str(len(scope.paragraphs))})
