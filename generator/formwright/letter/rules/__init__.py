"""The named checks of letters, one public module each; `_base` says what a rule is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from formwright import registry
from formwright.errors import Fault
from formwright.letter.model import Check, Letter
from formwright.letter.rules._base import Case, LetterRule, one_line
from formwright.letter.situation import Situation
from formwright.schema import nearest
from formwright.yamlfile import Path


@cache
def rules() -> Mapping[str, LetterRule]:
    """Return every rule by its name."""
    made = (found() for _, found in sorted(registry.collect(__name__, LetterRule).items()))  # type: ignore[type-abstract]
    return {rule.name: rule for rule in made}


def checks(letter: Letter) -> Iterator[tuple[Path, Check, LetterRule]]:
    """Yield the checks of a letter with their rules: those that it names, then those that hold always."""
    known = rules()
    for index, check in enumerate(letter.checks):
        if check.rule in known:
            yield ("checks", index), check, known[check.rule]
    named = {check.rule for check in letter.checks}
    for name, rule in known.items():
        if rule.always and name not in named:
            yield ("checks",), Check(rule=name, source=rule.source), rule


def of_definition(letter: Letter) -> Iterator[Fault]:
    """Yield what is wrong with the checks of a letter, and what its rules say of it before there is an account."""
    for index, check in enumerate(letter.checks):
        if check.rule not in rules():
            message = f'there is no rule "{check.rule}" of letters.'
            yield letter.fault(("checks", index, "rule"), "unknown_rule", message, nearest(check.rule, rules()))
    for at, check, rule in checks(letter):
        if rule.always and check.strength == "warn":
            message = f"{rule.name} can only refuse {rule.tag(check)}."
            yield letter.fault((*at, "strength"), "always_refuses", message, "Take `strength: warn` out.")
        yield from rule.definition(letter, check, at)


def run(situation: Situation, body: str, whole: str, values: Mapping[str, str]) -> tuple[list[Fault], list[Fault]]:
    """Return what the rules of a letter refuse, and what they warn of; `body` is its text, `whole` all of it, places
    filled."""
    refused: list[Fault] = []
    warned: list[Fault] = []
    for at, check, rule in checks(situation.letter):
        words = {"body": one_line(body), "whole": one_line(whole)}
        case = Case(situation=situation, check=check, values=dict(values), at=at, **words)
        (refused if check.strength == "refuse" else warned).extend(rule.check(case))
    return refused, warned
