"""PLAN-10: a plan may wait for the results of a compliance assessment that is in progress (SOP L483, L495)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan10(PlanRule):
    """Find an assessment in progress, which may change what should be in the plan."""

    name = "PLAN-10"
    finds: ClassVar = {"may_wait": ("account",)}

    def check(self, case: Case) -> Iterator[Finding]:
        if case.account.ca_status in ("in_progress", "near_completion"):
            yield Finding("may_wait", ("account",), {"account": case.account.name})
