"""The wording of a definition: its placeholders and conditions, each from a closed list, checked when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from formwright import conditions
from formwright.errors import Fault
from formwright.facts import FACTS
from formwright.schema import nearest
from formwright.text import LocalText, pick
from formwright.yamlfile import Path

if TYPE_CHECKING:
    from formwright.plan.definition import PlanDefinition, When

_NAME: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
SPECIAL_EXAMS: Final = "plan.special_exams"
"""What a condition may ask of the plan itself (SOP L533); all else it asks of the profile."""
OF_ACCOUNT: Final = ("account", "port", "ports")
OF_PERIOD: Final = ("from", "to")
OF_SCOPE: Final = ("compliance", "business", "discovery")
OF_TIMELINE: Final = ("count", "projects", *OF_PERIOD)


def names(text: str) -> Iterator[str]:
    """Yield the names of the placeholders in a text."""
    yield from _NAME.findall(text)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with each placeholder that has a fact replaced by it."""
    return _NAME.sub(lambda match: facts.get(match[1], match[0]), text)


def holds(when: str, facts: Mapping[str, Any]) -> bool:
    """Say whether a condition holds; one that asks what is not known does not."""
    return not when or conditions.parse(when).evaluate(facts) is True


def chosen(lines: Iterable[When], facts: Mapping[str, Any], said: Mapping[str, str], language: str) -> tuple[str, ...]:
    """Return the lines whose conditions hold, filled."""
    return tuple(fill(pick(line.text, language), said) for line in lines if holds(line.when, facts))


# ---- checks -------------------------------------------------------------------------------------


def faults(made: PlanDefinition) -> Iterator[Fault]:
    """Yield what is wrong with the placeholders and conditions of a definition (those of its rules: `rules.faults`)."""
    elements = tuple(element.id for element in made.background.elements)
    yield from _unknown(made, ("cover", "period_text"), made.cover.period_text, OF_PERIOD)
    for at, text in enumerate(made.background.paragraphs):
        yield from _unknown(made, ("background", "paragraphs", at), text, (*OF_ACCOUNT, *elements))
    for at, text in enumerate(made.scope.sentences):
        yield from _unknown(made, ("scope", "sentences", at), text, (*OF_ACCOUNT, *OF_SCOPE))
    for key in ("alternative", "one"):
        yield from _unknown(made, ("projects", "timeline", key), getattr(made.projects.timeline, key), OF_TIMELINE)
    for path, lines in ((("distribution",), made.distribution), (("approval", "signers"), made.approval.signers)):
        for at, line in enumerate(lines):
            yield from _unknown(made, (*path, at, "text"), line.text, OF_ACCOUNT)
            yield from _condition(made, (*path, at, "when"), line.when)


def unknown(text: LocalText, known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each placeholder of a text, in all its languages, that is not one of `known`, with the cure."""
    allowed = set(known)
    for one in (text,) if isinstance(text, str) else text.values():
        for name in dict.fromkeys(names(one)):
            if name not in allowed:
                yield name, nearest(name, allowed)


def _unknown(made: PlanDefinition, path: Path, text: LocalText, known: Iterable[str]) -> Iterator[Fault]:
    for name, fix in unknown(text, known):
        yield made.fault(path, "unknown_placeholder", f"nothing is called {{{name}}} here.", fix)


def _condition(made: PlanDefinition, path: Path, when: str) -> Iterator[Fault]:
    """A condition asks what is known of a profile, and compares it with codes that it can have."""
    if not when:
        return
    try:
        condition = conditions.parse(when)
    except ValueError as error:
        message, _, fix = str(error).partition("\n")
        yield made.fault(path, "condition", f"{message}.", fix)
        return
    known = (*FACTS, SPECIAL_EXAMS)
    for name in condition.names:
        if name not in known:
            yield made.fault(path, "unknown_name", f'the condition asks "{name}".', nearest(name, known))
    for compared in condition.compared():
        codes = FACTS[compared.name].codes if compared.name in FACTS else ()
        if codes and compared.literal not in codes:
            message = f'"{compared.literal}" is no code of {compared.name}.'
            yield made.fault(path, "unknown_code", message, nearest(str(compared.literal), codes))
