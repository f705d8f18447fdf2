"""PLAN-1: the least that a plan has (SOP L544-551). The contents are in the source's list and optional (L559)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan1(PlanRule):
    """Find a part that is missing. (The cover sheet is always made: what it lacks is found by PLAN-2.)"""

    name = "PLAN-1"
    finds: ClassVar = {"no_part": ("part", "key")}

    def check(self, case: Case) -> Iterator[Finding]:
        definition, plan = case.definition, case.plan
        for key, title, there in (
            ("checklist", definition.checklist.title, plan.checklist),
            ("background", definition.background.title, plan.background),
            ("scope", definition.scope.title, plan.scope),
            ("projects", definition.projects.title, plan.projects),
        ):
            if not there:
                yield Finding("no_part", (key,), {"part": case.words(title).lower(), "key": key}, key=True)
