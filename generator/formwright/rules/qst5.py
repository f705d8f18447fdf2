"""QST-5: sections to be reviewed are sent prefilled: "review and make any necessary corrections" (L776, L788)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.errors import Fault
from formwright.rules._base import Case, Found, Rule, Stage


class Qst5(Rule):
    """Warn where nothing at all is known that an account could review."""

    name: ClassVar[str] = "QST-5"
    source: ClassVar[str] = "SOP L776"
    stage: ClassVar[Stage] = "resolve"

    def check(self, case: Case) -> Iterator[Found]:
        if case.reviewed and not any(name in case.prefills for name in case.reviewed):
            message = f"nothing is filled in for {case.account.name} to review {self.tag()}."
            fix = "Add what is known to the profile, or prefill it in the overlay."
            yield Found("warn", Fault("qst5", message, fix))
