"""The rules that a plan keeps, one public module each; `_base` says what a rule is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from formwright import registry
from formwright.errors import Fault
from formwright.plan import words
from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule
from formwright.schema import nearest
from formwright.text import pick

if TYPE_CHECKING:
    from formwright.plan.definition import PlanDefinition, RuleWords


@cache
def rules() -> Mapping[str, PlanRule]:
    """Return every rule by its name, in the order of the source's parts (PLAN-2 before PLAN-10)."""
    made = (kind() for kind in registry.collect(__name__, PlanRule).values())  # type: ignore[type-abstract]
    return {rule.name: rule for rule in sorted(made, key=lambda rule: int(rule.name.rpartition("-")[2]))}


def run(case: Case) -> tuple[list[Fault], list[Fault]]:
    """Return what the rules refuse in a plan, and what they warn of, each at its place in the plan's file."""
    refused: list[Fault] = []
    warned: list[Fault] = []
    for name, rule in rules().items():
        said = case.definition.rules[name]
        for found in rule.check(case):
            (refused if said.finds[found.code].strength == "refuse" else warned).append(_fault(case, name, found))
    return refused, warned


def _fault(case: Case, name: str, found: Finding) -> Fault:
    """Return a finding in the words of the definition, with the rule and the line of its source."""
    rule = case.definition.rules[name]
    said = rule.finds[found.code]
    message = words.fill(pick(said.says, case.language), found.facts)
    cited = f"{message.removesuffix('.')} ({name}, {rule.source})."
    fix = words.fill(pick(said.fix, case.language), found.facts)
    return case.plan.fault(found.path, found.code, cited, fix, item=found.item, key=found.key)


# ---- checks of a definition ---------------------------------------------------------------------


def faults(made: PlanDefinition) -> Iterator[Fault]:
    """Yield what is wrong with the rules of a definition: every rule is there, with words for all that it finds."""
    known = rules()
    for name in made.rules:
        if name not in known:
            yield made.fault(("rules", name), "unknown_rule", f'there is no rule "{name}".', nearest(name, known))
    for name, rule in known.items():
        if name not in made.rules:
            fix = f"Add `{name}:`, as the packaged definition has it."
            yield made.fault(("rules",), "no_rule", f"the rule {name} is missing: every plan keeps it.", fix)
        else:
            yield from _of_rule(made, rule, made.rules[name])


def _of_rule(made: PlanDefinition, rule: PlanRule, said: RuleWords) -> Iterator[Fault]:
    for kind, needed, given in (("finds", rule.finds, said.finds), ("limits", rule.limits, said.limits)):
        place = ("rules", rule.name, kind)
        for code in given:
            if code not in needed:
                message = f'{rule.name} has nothing called "{code}" in its {kind}.'
                yield made.fault((*place, code), "unknown_key", message, nearest(code, needed))
        for code in needed:
            if code not in given:
                message = f"{rule.name} lacks {code} in its {kind}."
                yield made.fault(place, "missing", message, f"Add `{code}:`, as the packaged definition has it.")
    for code, words_of in said.finds.items():
        for key in ("says", "fix"):
            for name, fix in words.unknown(getattr(words_of, key), rule.finds.get(code, ())):
                path = ("rules", rule.name, "finds", code, key)
                yield made.fault(path, "unknown_placeholder", f"nothing is called {{{name}}} here.", fix)
