"""LET-3: a call follows within a reasonable period; with an assessment scheduled, the meeting can be combined with its
pre-conference (SOP L378)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from formwright.errors import Fault
from formwright.letter.rules._base import Case, LetterRule

_MEETING: Final = "pre-conference"


class Let3(LetterRule):
    """Say so where an introduction promises no call by a date, or leaves out the pre-conference."""

    name: ClassVar[str] = "LET-3"
    source: ClassVar[str] = "SOP L378"

    def check(self, case: Case) -> Iterator[Fault]:
        now = case.situation
        if case.values.get("call_by", "{call_by}") not in case.body:
            message = f"the letter does not say by when we call {self.tag(case.check)}."
            yield now.letter.fault(("body",), "let3", message, "Write {call_by} into a paragraph that is sent here.")
        if now.account.ca_status == "scheduled" and _MEETING not in case.body:
            message = (
                f"an assessment is scheduled, and the letter does not name its pre-conference {self.tag(case.check)}."
            )
            fix = 'Add a paragraph with `when: account.ca_status == "scheduled"`.'
            yield now.letter.fault(("body",), "let3", message, fix)
