"""SEL-11: nobody writes to a company before the Office of Investigations has cleared it (SOP L276, L325)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from formwright.errors import Fault
from formwright.letter.rules._base import Case, LetterRule

_SAID: Final = {
    "none": "was not asked for",
    "requested": "has been asked for and not given",
    "refused": "was refused",
}


class Sel11(LetterRule):
    """Refuse every letter to an account without clearance."""

    name: ClassVar[str] = "SEL-11"
    source: ClassVar[str] = "SOP L276, L325"
    always: ClassVar[bool] = True

    def check(self, case: Case) -> Iterator[Fault]:
        account = case.situation.account
        if account.oi_clearance != "approved":
            said = _SAID[account.oi_clearance]
            message = f"the clearance of {account.name} {said}: no letter may go out {self.tag(case.check)}."
            fix = "Wait for it, then write `oi_clearance: approved`."
            yield account.fault(("oi_clearance",), "sel11", message, fix)
