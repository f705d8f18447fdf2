"""A small letter, account and settings for tests, and ways to change them line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from formwright import account as accounts
from formwright import settings
from formwright.account import Account
from formwright.errors import Fault, Faults
from formwright.letter import model
from formwright.letter.compose import Composed, compose
from formwright.letter.model import Letter
from formwright.letter.situation import Enclosed, Situation
from formwright.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FORMS = ROOT / "forms" / "letters"
WORKSPACE = ROOT / "samples" / "workspace"
ON = date(2027, 1, 11)
"""A Monday."""

Changes = tuple[tuple[str, str], ...]

LETTER = """\
id: hello
document: letter
version: "1"
title: Test letter
masthead: {title: Test Office, text: Letters}
signer: {AM: nasc, PAT: port}
body:
  - text: We consider {account.name} an account.
    source: SOP L377
  - text: We will call you by {call_by}.
    source: SOP L378
  - text: "Call {manager.name} at {manager.phone}."
    source: ours
checks:
  - {rule: LET-1, source: SOP L377, phrases: ["consider {account.name} an account"]}
  - {rule: LET-2, source: SOP L377}
  - {rule: LET-3, source: SOP L378, strength: warn}
  - {rule: LET-5, source: SOP L377}
"""

ACCOUNT = """\
id: example_co
kind: AM
name: Example Imports, Inc.
address: |-
  1 Example Road
  Sampleton, DC 00000
oi_clearance: approved
ca_status: none
categories: [importer]
team: {name: Dana Whitfield, title: Account Manager, phone: 555-0134, email: dana@office.example}
contacts:
  - {id: ann, name: Ann Sample, title: President, primary: true}
"""

SETTINGS = """\
name = "Cases"
id = "letter-cases"
unit = "Test Office"
[office]
address = "100 Specimen Avenue"
phone = "555-0100"
[signers.nasc]
name = "Mona Solano"
title = "Director"
[signers.ports."Port Specimen"]
role = "tcpo"
name = "Theo Crane"
title = "TCPO, Port Specimen"
"""


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with parts replaced, each of which is there once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def letter(*changes: tuple[str, str], text: str = LETTER) -> Letter:
    return model.load(changed(text, *changes), "hello.yaml")


def company(*changes: tuple[str, str]) -> Account:
    return accounts.load(changed(ACCOUNT, *changes), "example_co.yaml")


def office(*changes: tuple[str, str]) -> Settings:
    return settings.load(changed(SETTINGS, *changes).encode(), "formwright.toml")


def situation(of: Changes | Letter = (), account: Changes = (), settings: Changes = (), **more: object) -> Situation:
    """Return what a letter is filled from: the small letter, account and settings, changed as said."""
    given = {
        "letter": of if isinstance(of, Letter) else letter(*of),
        "account": company(*account),
        "settings": office(*settings),
        "on": ON,
    }
    return Situation(**{**given, **more})  # type: ignore[arg-type]


def composed(letter: Changes | Letter = (), account: Changes = (), settings: Changes = (), **more: object) -> Composed:
    return compose(situation(letter, account, settings, **more))


def refused(
    letter: Changes | Letter = (), account: Changes = (), settings: Changes = (), **more: object
) -> tuple[Fault, ...]:
    """Return why a letter does not go out."""
    return faults_of(compose, situation(letter, account, settings, **more))


def faults_of(call: object, *args: object) -> tuple[Fault, ...]:
    assert callable(call)
    with pytest.raises(Faults) as caught:
        call(*args)
    return caught.value.faults


def places(faults: tuple[Fault, ...]) -> list[tuple[str, str, int]]:
    """Return code, file and line of each fault."""
    return [(fault.code, fault.file, fault.line) for fault in faults]


def shipped(name: str) -> Letter:
    return model.load((FORMS / f"{name}.yaml").read_bytes(), f"{name}.yaml")


def sample(name: str, *changes: tuple[str, str]) -> Account:
    text = (WORKSPACE / "accounts" / f"{name}.yaml").read_text("utf-8")
    return accounts.load(changed(text, *changes), f"{name}.yaml")


def shipped_to(name: str, account: Account, **more: object) -> Composed:
    """Return a shipped letter to an account, by the sample workspace's settings."""
    given = {
        "letter": shipped(name),
        "account": account,
        "settings": settings.load((WORKSPACE / "formwright.toml").read_bytes(), "formwright.toml"),
        "on": ON,
        "reason": "They asked what it is.",
        "enclosed": Enclosed(id="Q-2027-0001", title="General Questionnaire", due=date(2027, 2, 25)),
    }
    return compose(Situation(**{**given, **more}))  # type: ignore[arg-type]
