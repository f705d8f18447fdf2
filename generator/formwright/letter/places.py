"""The closed list of what a letter's text may leave open (`{contact.name}`), and of what its conditions may ask.

Nothing internal of a profile is among them: no clearance, no hold, no notes (CON-3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from formwright import yamlfile
from formwright.days import long_date

if TYPE_CHECKING:
    from formwright.account import Account
    from formwright.letter.situation import Situation

ISSUE: Final = "issue"
"""The one place that is filled when the letter gets its id."""
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a place, in words; how it is found ("" for not known); and where to write it: a path of the
    profile, or a setting of formwright.toml."""

    what: str
    get: Callable[[Situation], str]
    profile: yamlfile.Path = ()
    setting: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a condition may ask: how it is found, its codes where there are only some."""

    what: str
    get: Callable[[Account], Any]
    codes: tuple[str, ...] = ()


OF_TEMPLATES: Final = ("account.kind", "account.ca_status")
"""What a house's own Word template may ask besides the places."""


def written(text: str) -> Iterator[tuple[str, str]]:
    """Yield each place of a text as it is written, and its name."""
    for found in _BRACES.finditer(text):
        yield found[0], found[1].strip()


def split(text: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches of a text: (words, "") or ("", name of a place)."""
    at = 0
    for found in _BRACES.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], ""
        yield "", found[1].strip()
        at = found.end()
    if at < len(text):
        yield text[at:], ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its places filled; one without a value stays as it is written."""
    return _BRACES.sub(lambda found: values.get(found[1].strip(), found[0]), text)


# ---- what there is ------------------------------------------------------------------------------


def _manager(part: str) -> Callable[[Situation], str]:
    return lambda now: getattr(now.manager, part) if now.manager else ""


def _signer(part: str) -> Callable[[Situation], str]:
    return lambda now: getattr(now.signer, part) if now.signer else ""


def _contact(part: str) -> Callable[[Situation], str]:
    return lambda now: getattr(now.account.primary, part)


def _office(part: str) -> Callable[[Situation], str]:
    """The signer's own office, else the workspace's."""
    return lambda now: getattr(now.signer, part, "") or getattr(now.settings.office, part)


def _day(get: Callable[[Situation], date | None]) -> Callable[[Situation], str]:
    return lambda now: long_date(day, now.letter.language) if (day := get(now)) else ""


_TEAM: Final = ("team",)
_PRIMARY: Final = ("contacts",)
_ENCLOSE: Final = "Issue the questionnaire first; the letter goes with the open one."

PLACES: Final[Mapping[str, Place]] = {
    "account.name": Place("the account's full legal name", lambda now: now.account.name, ("name",)),
    "account.port": Place("the lead port of a team", lambda now: now.account.port, ("port",)),
    "contact.name": Place("the primary point of contact", _contact("name"), (*_PRIMARY, "name")),
    "contact.title": Place("their title", _contact("title"), (*_PRIMARY, "title")),
    "contact.salutation": Place(
        "how to address them: `salutation`, else the full name",
        lambda now: now.account.primary.salutation or now.account.primary.name,
        (*_PRIMARY, "salutation"),
    ),
    "manager.name": Place("our manager or team leader (`team`, else [sender])", _manager("name"), (*_TEAM, "name")),
    "manager.title": Place("their title", _manager("title"), (*_TEAM, "title")),
    "manager.salutation": Place(
        "how to speak of them: `salutation`, else the full name",
        lambda now: (now.manager.salutation or now.manager.name) if now.manager else "",
        (*_TEAM, "name"),
    ),
    "manager.phone": Place("their telephone", _manager("phone"), (*_TEAM, "phone")),
    "manager.email": Place("their e-mail address", _manager("email"), (*_TEAM, "email")),
    "signer.name": Place("who signs", _signer("name"), setting="signers"),
    "signer.title": Place("their title", _signer("title"), setting="signers"),
    "office.unit": Place(
        "the office that writes: the signer's, else `unit`",
        lambda now: getattr(now.signer, "unit", "") or now.settings.unit,
        setting="unit",
    ),
    "office.address": Place("its address", _office("address"), setting="office.address"),
    "office.phone": Place("its telephone", _office("phone"), setting="office.phone"),
    "return.email": Place("where answers go", lambda now: now.settings.return_to.email, setting="return_to.email"),
    "return.address": Place(
        "where answers go by mail, in one line",
        lambda now: ", ".join(now.settings.return_to.address.split("\n")),
        setting="return_to.address",
    ),
    "date": Place("the date of the letter", _day(lambda now: now.on)),
    "call_by": Place("by when we call: `days_to_call` later, never at a weekend", _day(lambda now: now.call_by)),
    "due": Place("by when to answer", _day(lambda now: now.due), fix="Give it with --due."),
    ISSUE: Place("the letter's own id", lambda _: f"{{{ISSUE}}}"),
    "questionnaire.id": Place(
        "the enclosed one's id", lambda now: now.enclosed.id if now.enclosed else "", fix=_ENCLOSE
    ),
    "questionnaire.title": Place("its title", lambda now: now.enclosed.title if now.enclosed else "", fix=_ENCLOSE),
    "questionnaire.due": Place(
        "its due date", _day(lambda now: now.enclosed.due if now.enclosed else None), fix=_ENCLOSE
    ),
}

ASKED: Final[Mapping[str, Asked]] = {
    "account.kind": Asked("AM or PAT", lambda account: account.kind, ("AM", "PAT")),
    "account.categories": Asked("business categories", lambda account: list(account.categories)),
    "account.issues": Asked("issues and priorities", lambda account: list(account.issues)),
    "account.divisions": Asked("ids of divisions", lambda account: [one.id for one in account.divisions]),
    "account.ca_status": Asked(
        "of a compliance assessment",
        lambda account: account.ca_status,
        ("unknown", "none", "scheduled", "in_progress", "near_completion", "completed"),
    ),
}
