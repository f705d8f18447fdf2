"""LET-4: a reluctant account is told that the program is not voluntary; whether to write is the team's own choice
(SOP L379), so this letter is never sent without a reason that somebody gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.model import Check, Letter
from formwright.letter.rules._base import Case, LetterRule
from formwright.yamlfile import Path


class Let4(LetterRule):
    """Refuse an explanation of the program without these words, or without a reason."""

    name: ClassVar[str] = "LET-4"
    source: ClassVar[str] = "SOP L379"

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        yield from self.unphrased(letter, check, at)

    def check(self, case: Case) -> Iterator[Fault]:
        yield from self.lacking(case, "let4", "a reluctant account is to be told so")
        if not case.situation.reason.strip():
            message = (
                f"this letter goes out only where the account manager or team chose to send it {self.tag(case.check)}."
            )
            fix = 'Say why, with --reason "..."; it is kept with the issue.'
            yield Fault("let4", message, fix)
