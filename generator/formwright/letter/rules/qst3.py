"""QST-3: whoever gets the questionnaire is told why (SOP L445): to find compliance problems, no investigation or audit;
but egregious noncompliance or suspected fraud goes to an Enforcement Evaluation Team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.model import Check, Letter
from formwright.letter.rules._base import Case, LetterRule
from formwright.yamlfile import Path


class Qst3(LetterRule):
    """Refuse a cover letter without these words."""

    name: ClassVar[str] = "QST-3"
    source: ClassVar[str] = "SOP L445"

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        yield from self.unphrased(letter, check, at)

    def check(self, case: Case) -> Iterator[Fault]:
        yield from self.lacking(case, "qst3", "a questionnaire explains its purpose")
