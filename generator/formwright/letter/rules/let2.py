"""LET-2: NASC signs and mails for full-time Account Managers; the TCPO or Port Director can sign for a port's team
(SOP L377)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from formwright import settings
from formwright.errors import Fault
from formwright.letter.model import Check, Letter
from formwright.letter.rules._base import Case, LetterRule
from formwright.yamlfile import Path

_SIGNS: Final = {"AM": "nasc", "PAT": "port"}


class Let2(LetterRule):
    """Refuse an introduction that somebody else would sign, or nobody."""

    name: ClassVar[str] = "LET-2"
    source: ClassVar[str] = "SOP L377"

    def definition(self, letter: Letter, check: Check, at: Path) -> Iterator[Fault]:
        for kind, wanted in _SIGNS.items():
            if getattr(letter.signer, kind) != wanted:
                message = f"{getattr(letter.signer, kind)} may not sign this letter for {kind} {self.tag(check)}."
                yield letter.fault(("signer", kind), "let2", message, f"Write `{kind}: {wanted}`.")

    def check(self, case: Case) -> Iterator[Fault]:
        now = case.situation
        if now.signer is not None or now.signed_by == "manager":
            return
        if now.signed_by == "nasc":
            message = f"nobody is named who signs for NASC {self.tag(case.check)}."
            fix = f"Add [signers.nasc] with name and title to {settings.FILE}."
            yield Fault("let2", message, fix, file=settings.FILE, line=1, column=1)
        elif not now.account.port:
            message = f"{now.account.name} has no port, whose TCPO or Port Director would sign {self.tag(case.check)}."
            yield now.account.fault(("port",), "let2", message, "Add `port: ...`.")
        else:
            message = f"nobody is named who signs for {now.account.port} {self.tag(case.check)}."
            fix = (
                f'Add [signers.ports."{now.account.port}"] with role (tcpo or port_director), name and title to '
                f"{settings.FILE}."
            )
            yield Fault("let2", message, fix, file=settings.FILE, line=1, column=1)
