"""LET-1: the introduction says that Customs has decided to consider the company an account (SOP L377)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.model import Check, Letter
from formwright.letter.rules._base import Case, LetterRule
from formwright.yamlfile import Path


class Let1(LetterRule):
    """Refuse an introduction without these words."""

    name: ClassVar[str] = "LET-1"
    source: ClassVar[str] = "SOP L377"

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        yield from self.unphrased(letter, check, at)

    def check(self, case: Case) -> Iterator[Fault]:
        yield from self.lacking(case, "let1", "an introduction notifies of the decision")
