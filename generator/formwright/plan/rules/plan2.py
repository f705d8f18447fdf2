"""PLAN-2: what the cover sheet says (SOP L555). The port is asked of Port Account Teams only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule
from formwright.yamlfile import Path


class Plan2(PlanRule):
    """Find a field of the cover sheet that is empty, and a period that ends before it begins."""

    name = "PLAN-2"
    finds: ClassVar = {"no_cover": ("what", "key"), "backwards": ("from", "to")}

    def check(self, case: Case) -> Iterator[Finding]:
        for path, what in _lacking(case):
            key = next(str(part) for part in reversed(path) if isinstance(part, str))
            yield Finding("no_cover", path, {"what": what, "key": key})
        period = case.plan.period
        if period and period.first and period.last and period.last < period.first:
            facts = {"from": period.first.isoformat(), "to": period.last.isoformat()}
            yield Finding("backwards", ("period", "to"), facts)


def _lacking(case: Case) -> Iterator[tuple[Path, str]]:
    """Yield the place and the name of each field that is empty."""
    plan, account = case.plan, case.account
    if not (plan.address or account.address):
        yield ("address",), "the account's address"
    if account.kind == "PAT" and not (plan.port or account.port):
        yield ("port",), "the port of the team"
    if not plan.representatives:
        yield ("representatives",), "who speaks for Customs, with a telephone number"
    for at, person in enumerate(plan.representatives):
        for key, what in (("name", "the name"), ("phone", "the telephone number")):
            if not getattr(person, key):
                yield ("representatives", at, key), f"{what} of a representative"
    for key, what in (("name", "the name"), ("phone", "the telephone number")):
        if plan.contact is None or not getattr(plan.contact, key):
            yield ("contact", key), f"{what} of the account's contact"
    for key, field, what in (("from", "first", "first"), ("to", "last", "last")):
        if plan.period is None or getattr(plan.period, field) is None:
            yield ("period", key), f"the {what} day of the period"
    if plan.date is None:
        yield ("date",), "the date of the plan"
