"""QST-6: an instruction to the sender is replaced by what it asks for, never printed (L831: "List several ...")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from formwright.definition import Parameter
from formwright.errors import Fault
from formwright.overlay import SetParameter
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
            where = "the overlay" if case.overlay else f"an overlay for {case.account.id}"
            fix = f"Give it in {where}: `- parameter: {name}` and `value: {example}`."
            yield Found("refuse", _fault(case, name, "unresolved_parameter", message, fix))
        for name, value in case.parameters.items():
            parameter = definition.parameters[name]
            if parameter.kind == "list" and parameter.several != "any" and len(value) == 1:
                message = f'the parameter "{name}" has one entry, where several are wanted {self._cited(parameter)}.'
                strength: Strength = "warn" if parameter.several == "warn" else "refuse"
                yield Found(strength, _fault(case, name, "several", message, "Give at least two."))

    def _cited(self, parameter: Parameter) -> str:
        return f"({self.name}, {parameter.source or self.source})"


def _fault(case: Case, name: str, code: str, message: str, fix: str) -> Fault:
    """Return a fault where the parameter is given, or should be: in the overlay, else at the account that has none."""
    if case.overlay is None:
        return replace(case.account.fault((), code, message, fix), item=name)
    operations = enumerate(case.overlay.operations)
    given = [index for index, one in operations if isinstance(one, SetParameter) and one.parameter == name]
    place = ("operations", given[-1], "value") if given else ("operations",)
    return case.overlay.fault(place, code, message, fix, item=name)
