"""Who writes to whom, when, and who signs: all that a letter is filled from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from formwright.account import Account, Person
from formwright.letter.model import Letter, SignedBy
from formwright.settings import Settings, Signer

_SATURDAY: Final = 5
PORT_ROLES: Final = {"tcpo": "TCPO", "port_director": "Port Director"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """The questionnaire that a letter goes with: an open issue."""

    id: str
    title: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One letter to one account.

    on: its date; due: by when to answer, where something is to be answered; reason: why it is sent, where that is
    asked (LET-4); others: the names of all other accounts (LET-6).
    """

    letter: Letter
    account: Account
    settings: Settings
    on: date
    due: date | None = None
    enclosed: Enclosed | None = None
    reason: str = ""
    others: tuple[str, ...] = ()

    @property
    def signed_by(self) -> SignedBy:
        """Return who is to sign for this kind of account."""
        return self.letter.signer.AM if self.account.kind == "AM" else self.letter.signer.PAT

    @property
    def signer(self) -> Signer | None:
        """Return who signs, None where nobody is named."""
        if self.signed_by == "nasc":
            return self.settings.signers.nasc
        if self.signed_by == "port":
            return self.settings.signers.ports.get(self.account.port)
        manager = self.manager
        named = manager is not None and manager.name and manager.title
        return Signer(name=manager.name, title=manager.title) if manager and named else None

    @property
    def manager(self) -> Person | None:
        """Return the account manager or team leader; the workspace's sender where the profile names none."""
        sender = self.settings.sender
        if self.account.team or not sender.name:
            return self.account.team
        return Person(name=sender.name, title=sender.title, phone=sender.phone, email=sender.email)

    @property
    def call_by(self) -> date:
        """Return by when the account is called (LET-3): never a Saturday or Sunday."""
        day = self.on + timedelta(days=self.settings.days_to_call)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)
