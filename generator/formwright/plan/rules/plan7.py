"""PLAN-7: what the background says of the account (SOP L569-577). Its elements are listed in the definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.rules._base import Finding, PlanRule


class Plan7(PlanRule):
    """Find elements that are empty, and more paragraphs than are asked for."""

    name = "PLAN-7"
    finds: ClassVar = {"no_element": ("what", "key"), "long": ("count",)}
    limits: ClassVar = ("paragraphs",)

    def check(self, case: Case) -> Iterator[Finding]:
        background = case.plan.background
        if background is None:
            return  # PLAN-1 says so
        for element in case.definition.background.elements:
            if not background.facts.get(element.id):
                facts = {"what": case.words(element.label), "key": element.id}
                yield Finding("no_element", ("background", "facts", element.id), facts)
        if len(background.paragraphs) > case.limit(self.name, "paragraphs"):
            yield Finding("long", ("background", "paragraphs"), {"count": str(len(background.paragraphs))})
