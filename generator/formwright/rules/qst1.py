"""QST-1: the questionnaire goes only to accounts without a compliance assessment, held or soon to be held.

The SOP says it twice (L438-440, L766) and slips once (L469: "or", which would send almost always); the meant rule is
neither conducted nor scheduled. Where one is held, its information is used (L766).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from formwright.account import Account
from formwright.errors import Fault
from formwright.rules._base import Case, Found, Rule, Stage

_SAID: Final = {
    "scheduled": "is scheduled",
    "in_progress": "is in progress",
    "near_completion": "is near completion",
    "completed": "was completed",
}


class Qst1(Rule):
    """Refuse to issue where a compliance assessment is held or scheduled, unless a reason is given; warn where the
    profile does not say."""

    name: ClassVar[str] = "QST-1"
    source: ClassVar[str] = "SOP L438-440"
    stage: ClassVar[Stage] = "issue"
    overridable: ClassVar[bool] = True

    def check(self, case: Case) -> Iterator[Found]:
        status = case.account.ca_status
        if case.definition.kind_of_document != "questionnaire":
            return
        if status == "unknown":
            yield Found("warn", self._unknown(case.account))
        if status in _SAID:
            message = (
                f"a compliance assessment of {case.account.name} {_SAID[status]}: use its information {self.tag()}."
            )
            fix = 'If it is to go out all the same, give a reason (`overrides: {QST-1: "..."}`, or --reason).'
            fault = case.account.fault(("ca_status",), "qst1", message, fix)
            yield Found("refuse", fault)

    def _unknown(self, account: Account) -> Fault:
        message = (
            f"the profile of {account.name} does not say whether a compliance assessment was held or is scheduled "
            f"{self.tag()}."
        )
        fix = f"Write `ca_status: none` into it, or what holds: {', '.join(_SAID)}."
        return account.fault(("ca_status",), "ca_status_unknown", message, fix)
