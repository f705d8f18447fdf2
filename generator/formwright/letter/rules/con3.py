"""CON-3: once an investigation is on, nothing goes to the trade without OI's leave (SOP L122)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.rules._base import Case, LetterRule


class Con3(LetterRule):
    """Refuse every letter to an account that is on hold, unless their leave is recorded."""

    name: ClassVar[str] = "CON-3"
    source: ClassVar[str] = "SOP L122"
    always: ClassVar[bool] = True

    def check(self, case: Case) -> Iterator[Fault]:
        yield from case.situation.account.held(self.tag(case.check))
