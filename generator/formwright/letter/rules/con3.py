"""CON-3: once an investigation is on, nothing goes to the trade without OI's leave (SOP L122)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.letter.rules._base import Case, LetterRule


class Con3(LetterRule):
    """Refuse every letter to an account that is on hold."""

    name: ClassVar[str] = "CON-3"
    source: ClassVar[str] = "SOP L122"
    always: ClassVar[bool] = True

    def check(self, case: Case) -> Iterator[Fault]:
        account = case.situation.account
        if account.oi_hold:
            message = f"{account.name} is on hold: nothing goes to it without leave of the OI representative"
            fix = "Ask them; once they agree, write `oi_hold: false`."
            yield account.fault(("oi_hold",), "con3", f"{message} {self.tag(case.check)}.", fix)
