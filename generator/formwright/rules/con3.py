"""CON-3: once an investigation is on, nothing goes to the trade without OI's leave (SOP L122).

The rule holds for all that goes out: letters (`letter.rules.con3`) and plans (`planning`) have it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.rules._base import Case, Found, Rule, Stage


class Con3(Rule):
    """Refuse to issue to an account that is on hold, unless their leave is recorded in its profile."""

    name: ClassVar[str] = "CON-3"
    source: ClassVar[str] = "SOP L122"
    stage: ClassVar[Stage] = "issue"

    def check(self, case: Case) -> Iterator[Found]:
        for fault in case.account.held(self.tag()):
            yield Found("refuse", fault)
