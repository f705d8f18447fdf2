"""DEF-1: one account has one system of internal control, recordkeeping and accounting (L391-392, "normally").

Separate systems make separate accounts. What the systems are called is the profile's affair: two importers with
different names for theirs do not share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.account import Account
from formwright.rules._base import Case, Found, Rule, Stage


class Def1(Rule):
    """Warn where importer numbers with different control systems share an account."""

    name: ClassVar[str] = "DEF-1"
    source: ClassVar[str] = "SOP L391-392"
    stage: ClassVar[Stage] = "resolve"

    def check(self, case: Case) -> Iterator[Found]:
        yield from self.profile(case.account)

    def profile(self, account: Account) -> Iterator[Found]:
        first: dict[str, str] = {}
        place = 0
        for index, entity in enumerate(account.entities):
            imports = entity.active and entity.ir_number and entity.control_system
            if imports and entity.control_system not in first:
                first[entity.control_system], place = entity.name, index
        if len(first) > 1:
            named = ", ".join(f"{name} ({system})" for system, name in first.items())
            message = f"importers with different control systems share this account: {named} {self.tag()}."
            fix = "Make an account of each system, or name one system if they share it."
            where = ("entities", place, "control_system")
            yield Found("warn", account.fault(where, "control_systems", message, fix))
