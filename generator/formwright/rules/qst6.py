"""QST-6: an instruction to the sender is replaced by what it asks for, never printed (L831: "List several ...")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.definition import Parameter
from formwright.rules._base import Case, Found, Rule, Stage, Strength
from formwright.text import pick


class Qst6(Rule):
    """Refuse a form with a parameter that nobody gave; say so where "several" is one."""

    name: ClassVar[str] = "QST-6"
    source: ClassVar[str] = "SOP L831"
    stage: ClassVar[Stage] = "resolve"

    def check(self, case: Case) -> Iterator[Found]:
        definition = case.definition
        for name in case.unresolved:
            parameter = definition.parameters[name]
            words = pick(parameter.label, definition.language)
            example = "[...]" if parameter.kind == "list" else '"..."'
            message = f'the parameter "{name}" is not given: {words} {self._cited(parameter)}.'
            fix = f"Give it in the overlay: `- parameter: {name}` and `value: {example}`."
            yield Found("refuse", definition.fault(name, (), "unresolved_parameter", message, fix))
        for name, value in case.parameters.items():
            parameter = definition.parameters[name]
            if parameter.kind == "list" and parameter.several != "any" and len(value) == 1:
                message = f'the parameter "{name}" has one entry, where several are wanted {self._cited(parameter)}.'
                strength: Strength = "warn" if parameter.several == "warn" else "refuse"
                yield Found(strength, definition.fault(name, (), "several", message, "Give at least two."))

    def _cited(self, parameter: Parameter) -> str:
        return f"({self.name}, {parameter.source or self.source})"
