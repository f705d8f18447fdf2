"""PLAN-4: the project list stands in order of priority, ties in the order of the checklist (SOP L565, L585).

The order itself is made when a plan is printed, whatever the order in its file; here is found what has no place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan4(PlanRule):
    """Find projects without a priority."""

    name = "PLAN-4"
    finds: ClassVar = {"no_priority": ("project",)}

    def check(self, case: Case) -> Iterator[Finding]:
        for at, project in enumerate(case.plan.projects):
            if project.priority is None:
                facts = {"project": project.title or project.id}
                yield Finding("no_priority", ("projects", at, "priority"), facts, project.id)
