"""The named checks, one public module each; `_base` says what a rule is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from formwright import registry
from formwright.account import Account
from formwright.errors import Fault, Faults
from formwright.rules._base import Case, Rule, Stage


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of their names."""
    return tuple(made() for _, made in sorted(registry.collect(__name__, Rule).items()))  # type: ignore[type-abstract]


def run(stage: Stage, case: Case, overrides: Mapping[str, str] | None = None) -> tuple[list[Fault], list[Fault]]:
    """Return what the rules of a stage refuse, and what they warn of.

    overrides: rule -> reason, for rules that let a person decide; such a refusal becomes a warning with the reason.
    """
    refused: list[Fault] = []
    warned: list[Fault] = []
    for rule in rules():
        if rule.stage != stage:
            continue
        reason = (overrides or {}).get(rule.name, "").strip() if rule.overridable else ""
        for found in rule.check(case):
            if found.strength == "warn":
                warned.append(found.fault)
            elif reason:
                warned.append(Fault("overridden", f"{found.fault.message} Set aside: {reason}", item=found.fault.item))
            else:
                refused.append(found.fault)
    return refused, warned


def of_profile(account: Account) -> list[Fault]:
    """Return what the rules say of a profile alone; none of it refuses it."""
    return [found.fault for rule in rules() for found in rule.profile(account)]


def before_issue(case: Case, overrides: Mapping[str, str] | None = None) -> list[Fault]:
    """Return what the rules warn of before a form goes out. Raises Faults where one refuses."""
    refused, warned = run("issue", case, overrides)
    if refused:
        raise Faults(refused)
    return warned
