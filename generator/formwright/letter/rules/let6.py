"""LET-6: a letter carries nothing of another account (CON-2, SOP L383)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from formwright.errors import Fault
from formwright.letter.rules._base import Case, LetterRule

_TELLING: Final = 6
"""A shorter name may be a word of any letter."""


class Let6(LetterRule):
    """Refuse a letter that names another account of the workspace."""

    name: ClassVar[str] = "LET-6"
    source: ClassVar[str] = "SOP L383"
    always: ClassVar[bool] = True

    def check(self, case: Case) -> Iterator[Fault]:
        now = case.situation
        own = now.account.name.casefold()
        whole = case.whole.casefold()
        for other in now.others:
            name = other.casefold()
            if len(name) >= _TELLING and name in whole and name not in own:
                message = f'the letter to {now.account.name} names another account, "{other}" {self.tag(case.check)}.'
                fix = "Take the name out of the letter, or out of the profile that it comes from."
                yield now.account.fault((), "let6", message, fix)
