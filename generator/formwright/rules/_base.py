"""What a rule is: one named check of the SOP, with its strength and its source line.

A rule looks at a form that is about to be, or at its issue, and says what it finds; it changes nothing. Where the
source lets a person decide otherwise, a rule is `overridable`: the reason is kept in the form.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from formwright.account import Account
from formwright.definition import Definition
from formwright.errors import Fault
from formwright.overlay import Overlay

Stage = Literal["resolve", "issue"]
Strength = Literal["refuse", "warn"]


@dataclass(frozen=True, slots=True)
class Case:
    """What rules look at.

    parameters: what was given (or defaults), those that the form uses; unresolved: used and not given; prefills: by
    item; reviewed: items of sections to be reviewed that could be prefilled; overlay: what made the form differ.
    """

    definition: Definition
    account: Account
    parameters: Mapping[str, Any] = field(default_factory=dict)
    unresolved: tuple[str, ...] = ()
    prefills: Mapping[str, Any] = field(default_factory=dict)
    reviewed: tuple[str, ...] = ()
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: refused, or only said."""

    strength: Strength
    fault: Fault


class Rule(ABC):
    """One named check. `name` is the SOP rule's ("QST-1"), `source` its line; `stage`: when it refuses."""

    name: ClassVar[str]
    source: ClassVar[str]
    stage: ClassVar[Stage]
    overridable: ClassVar[bool] = False

    @abstractmethod
    def check(self, case: Case) -> Iterator[Found]:
        """Yield what is not as the rule wants it."""

    def profile(self, account: Account) -> Iterator[Found]:
        """Yield what is to be said of a profile alone, before there is any form. Most rules say nothing."""
        yield from ()

    def tag(self) -> str:
        """Return how the rule is cited in a message."""
        return f"({self.name}, {self.source})"
