"""What the wording of a plan is filled with, and what its conditions ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from formwright import facts as profile
from formwright.account import Account
from formwright.days import long_date
from formwright.plan.words import SPECIAL_EXAMS
from formwright.text import pick

if TYPE_CHECKING:
    from formwright.plan.definition import PlanDefinition
    from formwright.plan.model import Plan


def asked(plan: Plan, account: Account) -> dict[str, Any]:
    """Return what a condition may ask, by name."""
    return {**profile.of(account), SPECIAL_EXAMS: plan.special_exams}


def of_account(plan: Plan, account: Account) -> dict[str, str]:
    """Return the facts of the account: {account}, {port}, {ports}."""
    ports = [port.name for port in account.ports]
    return {"account": account.name, "port": plan.port or account.port, "ports": listed(ports)}


def of_background(definition: PlanDefinition, plan: Plan, account: Account) -> dict[str, str]:
    """Return what the paragraphs of the background may name: the account and every element."""
    given: Mapping[str, str] = plan.background.facts if plan.background else {}
    elements = {element.id: given.get(element.id, "") for element in definition.background.elements}
    return {**of_account(plan, account), **elements}


def of_scope(definition: PlanDefinition, plan: Plan, account: Account) -> dict[str, str]:
    """Return what the sentences of the scope may name: objectives without their full stop, ways of discovery listed."""
    scope = plan.scope
    if scope is None:
        return of_account(plan, account)
    ways = [pick(definition.scope.discovery[code], definition.language) for code in scope.discovery]
    facts = {"compliance": scope.compliance, "business": scope.business, "discovery": listed(ways, "by ")}
    return {**of_account(plan, account), **{name: text.removesuffix(".") for name, text in facts.items()}}


def of_period(definition: PlanDefinition, plan: Plan) -> dict[str, str]:
    """Return the first and the last day of the period, in words."""
    period = plan.period
    days = {"from": period.first if period else None, "to": period.last if period else None}
    return {name: long_date(day, definition.language) for name, day in days.items() if day}


def listed(words: list[str], again: str = "") -> str:
    """Return words in a row: a, b, and c; `again` stands before each but the first, where there are several."""
    rest = [f"{again}{word}" for word in words[1:]]
    every = [*words[:1], *rest]
    if len(every) < 3:
        return " and ".join(every)
    return f"{', '.join(every[:-1])}, and {every[-1]}"
