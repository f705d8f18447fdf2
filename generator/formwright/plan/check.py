"""All that is to be said of a plan before it goes out: what is refused and what is only said, each at its place."""

from __future__ import annotations

from collections.abc import Iterator

from formwright.account import Account
from formwright.errors import Fault
from formwright.plan import rules, words
from formwright.plan.case import Case
from formwright.plan.checklist import checklist
from formwright.plan.definition import PlanDefinition
from formwright.plan.model import Plan
from formwright.schema import nearest
from formwright.yamlfile import Path


def check(definition: PlanDefinition, plan: Plan, account: Account) -> tuple[list[Fault], list[Fault]]:
    """Return what is wrong with a plan, and what is only to be said of it: its words first, then each rule."""
    refused, warned = rules.run(Case(definition, plan, account, checklist(definition, plan)))
    return [*_names(definition, plan, account), *refused], warned


def _names(definition: PlanDefinition, plan: Plan, account: Account) -> Iterator[Fault]:
    """What a plan names is there: its account, the elements of the definition, its codes, its placeholders."""
    if plan.account != account.id:
        message = f'the plan is that of the account "{plan.account}", not of {account.id}.'
        yield plan.fault(("account",), "other_account", message, "Change it, or name the other account.")
    elements = tuple(element.id for element in definition.background.elements)
    if plan.background:
        for id in plan.background.facts:
            if id not in elements:
                path: Path = ("background", "facts", id)
                message = f'the background has no element "{id}".'
                yield plan.fault(path, "unknown_key", message, nearest(id, elements), key=True)
        texts = enumerate(plan.background.paragraphs)
        known = (*words.OF_ACCOUNT, *elements)
        for at, text in texts:
            yield from _placeholders(plan, ("background", "paragraphs", at), text, known)
    if plan.scope:
        for at, code in enumerate(plan.scope.discovery):
            if code not in definition.scope.discovery:
                message = f'"{code}" is no way of discovery.'
                fix = nearest(code, definition.scope.discovery)
                yield plan.fault(("scope", "discovery", at), "unknown_code", message, fix)
        for at, text in enumerate(plan.scope.paragraphs):
            known = (*words.OF_ACCOUNT, *words.OF_SCOPE)
            yield from _placeholders(plan, ("scope", "paragraphs", at), text, known)


def _placeholders(plan: Plan, path: Path, text: str, known: tuple[str, ...]) -> Iterator[Fault]:
    for name, fix in words.unknown(text, known):
        yield plan.fault(path, "unknown_placeholder", f"nothing is called {{{name}}} here.", fix)
