"""QST-2: a questionnaire is customised with the account's profile and the year's priorities (L446, L469, L770).

So that it can be said later why an account was asked more or less than others, each question that an overlay adds or
drops says the rule or priority that it follows (`rule`), or a reason. Both stand in the form's provenance.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.overlay import Add, Drop
from formwright.rules._base import Case, Found, Rule, Stage


class Qst2(Rule):
    """Warn where a question of the SOP's questionnaire is added or dropped, and nothing says why."""

    name: ClassVar[str] = "QST-2"
    source: ClassVar[str] = "SOP L446"
    stage: ClassVar[Stage] = "resolve"

    def check(self, case: Case) -> Iterator[Found]:
        if case.overlay is None or "SOP" not in case.definition.source:
            return
        for index, operation in enumerate(case.overlay.operations):
            if not isinstance(operation, Add | Drop) or operation.rule.strip() or operation.reason.strip():
                continue
            message = f'"{operation.target}" is {operation.did}, and nothing says why {self.tag()}.'
            fix = "Add `rule: ...` (the rule or priority that it follows), or `reason: ...`."
            place = ("operations", index, operation.verb)
            yield Found("warn", case.overlay.fault(place, "qst2", message, fix, item=operation.target))
