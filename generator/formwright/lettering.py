"""From a letter's definition to the paper of one account: what the workspace knows, put together for `letter`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from formwright import libreoffice
from formwright.account import Account
from formwright.errors import FormwrightError
from formwright.fingerprint import fingerprint
from formwright.issue import Issued
from formwright.layout import Layout, Para, Run, Stamp, Values
from formwright.letter import model
from formwright.letter.compose import ADDRESS, Composed, compose
from formwright.letter.lower import lower
from formwright.letter.model import Letter
from formwright.letter.places import ISSUE, OF_TEMPLATES, PLACES
from formwright.letter.situation import Enclosed, Situation
from formwright.paper import Make, Paper
from formwright.sending import Order
from formwright.sources import Source
from formwright.text import pick
from formwright.workspace import Workspace

if TYPE_CHECKING:
    from formwright.writers.docx.house import House, HousePress, HouseReady

_NAME: Final = re.compile(rb"""(?m)^name:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^"'#\n][^#\n]*))""")
_CLOSED: Final = frozenset({"withdrawn", "superseded"})


def maker(source: Source) -> Make:
    """Return what makes the letter of a definition for one account after another. Raises Faults where it is wrong."""
    letter = model.load(source.data, source.name)
    names: dict[str, str] = {}
    own: list[House] = []

    def make(workspace: Workspace, order: Order, account: Account) -> Paper:
        if not names:
            names.update(_names(workspace))
        if letter.template and not own:
            own.append(_house(workspace, letter))
        house = own[0] if own else None
        return _paper(compose(_situation(workspace, order, letter, account, names), house), house)

    return make


def _house(workspace: Workspace, letter: Letter) -> House:
    """Return the Word template that a letter names, checked. Raises Faults."""
    from formwright.writers.docx.house import load  # docxtpl is slow to load, and seldom needed

    source = workspace.template(letter.template)
    return load(source.data, source.name, (*PLACES, ADDRESS, *OF_TEMPLATES))


@dataclass(frozen=True, slots=True)
class _Printed:
    """A house's own letter as LibreOffice prints it."""

    ready: HouseReady

    @property
    def fingerprint(self) -> str:
        return self.ready.fingerprint

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        return ()

    @property
    def prints(self) -> tuple[str, ...]:
        return ()

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        return libreoffice.to_pdf(self.ready.stamp(stamp, titles))

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class _OfficePress:
    """Prints a house's own letters with LibreOffice."""

    house: HousePress

    def check(self, layout: Layout) -> None:
        self.house.check(layout)

    def paper(self, layout: Layout, values: Values) -> _Printed:
        return _Printed(self.house.paper(layout, values))


def _presses(house: House) -> dict[str, HousePress | _OfficePress]:
    from formwright.writers.docx.house import HousePress

    press = HousePress(house)
    return {"pdf": _OfficePress(press), "docx": press}


def _paper(made: Composed, house: House | None) -> Paper:
    layout, values = lower(made)
    now = made.situation
    if house:  # its Word file is all there is to print; the layout only asks for the letter's id
        layout = replace(layout, blocks=(Para(runs=(Run("", slot=ISSUE),)),))
    letter, signer = now.letter, now.signer
    due = now.enclosed.due if now.enclosed else now.due
    return Paper(
        document="letter",
        definition=letter.id,
        version=letter.version,
        definition_fingerprint=fingerprint(letter.model_dump(mode="json")),
        prefix=letter.letter,
        language=letter.language,
        form=made.form(),
        layout=layout,
        values=values,
        warnings=tuple(map(str, made.warnings)),
        due=due.isoformat() if due else "",
        files=(now.account, letter),
        presses=_presses(house) if house else {},
        told={"signed_by": now.signed_by, "signer": signer.name if signer else ""},
    )


def _situation(
    workspace: Workspace, order: Order, letter: Letter, account: Account, names: dict[str, str]
) -> Situation:
    return Situation(
        letter=letter,
        account=account,
        settings=workspace.settings,
        on=order.on,
        due=order.due,
        enclosed=_enclosed(workspace, letter.encloses, account) if letter.encloses else None,
        reason=order.reason,
        others=tuple(name for id, name in names.items() if id != account.id),
    )


def _enclosed(workspace: Workspace, definition: str, account: Account) -> Enclosed | None:
    """Return the account's last open issue of a questionnaire, which a letter goes with; None where there is none."""
    store = workspace.store
    lines = [line for line in store.issues() if line.definition == definition and line.account == account.id]
    for line in reversed(lines):
        closed = any(event.kind in _CLOSED for event in store.events(line.id))
        issue = None if closed else store.issue(line.id)
        if issue is not None:
            title = pick(issue.form["title"], issue.language)
            return Enclosed(id=issue.id, title=title, due=date.fromisoformat(issue.due_on))
    return None


def _names(workspace: Workspace) -> dict[str, str]:
    """Return the name of each account by its id, as its file says it: a thousand files are a moment that way."""
    found = {}
    for id in workspace.account_ids():
        try:
            match = _NAME.search(workspace.account(id).data)
        except FormwrightError:
            continue  # a file that cannot be read is told when a letter goes to its account
        if match:
            found[id] = next(part for part in match.groups() if part).decode("utf-8", "replace").strip()
    return found
