"""What a rule of plans is: one named check, whose words, strength and thresholds are in the definition."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from formwright.plan.case import Case
from formwright.yamlfile import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found.

    code: one of the rule's `finds`; path: its place in the plan's file; facts: what its words name; item: the id of the
    project or row that it is about; key: it is about the key at `path`, not about its value.
    """

    code: str
    path: Path
    facts: Mapping[str, str] = field(default_factory=dict)
    item: str = ""
    key: bool = False


class PlanRule(ABC):
    """One named check of the SOP. name: "PLAN-3"; finds: what it can find, with the names that its words may use;
    limits: its thresholds, by name."""

    name: ClassVar[str]
    finds: ClassVar[Mapping[str, tuple[str, ...]]]
    limits: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def check(self, case: Case) -> Iterator[Finding]:
        """Yield what is not as the rule wants it."""
