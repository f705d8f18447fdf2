"""The questionnaire issued as a Word file to a sample account, in a copy of the sample workspace."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower, token
from formwright import overlay as overlays
from formwright.issue import IssuedFile
from formwright.layout import Stamp
from formwright.records.events import Happening
from formwright.resolve import resolve
from formwright.sending import Made
from formwright.writers.docx.press import Press
from programs.everything import entries
from programs.office import Office
from real_issue import FORM, WORKSPACE, issue


def word_issue(office: Office, name: str) -> Made:
    """Return the issue of a sample account, stored, with its Word file."""
    bare = issue(name)
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    account = accounts.load((WORKSPACE / "accounts" / f"{name}.yaml").read_bytes(), name)
    overlay = overlays.load((WORKSPACE / "overlays" / f"{name}.yaml").read_bytes(), name)
    settings = {"return_email": "returns@team.example", "return_address": "1 Harbor Street, Port Sample"}
    form = resolve(definition, account, overlay, issued_on=date(2027, 1, 11), settings=settings)
    facts = lower.Facts(prepared_for=account.name, return_by="February 26, 2027", contact="Lee Park, 555-0142")
    lowered = lower.lower(form, facts)
    key = office.workspace.signing_key()
    workspace, id = office.workspace.settings.id, office.workspace.store.next_id(definition.letter, 2027)
    tokens = token.mint_all(key.secret, key.id, workspace, id, account.id, form.fingerprint, 0)
    ready = Press(office.folder, None).ready(lowered.layout, lowered.values)
    data = ready.stamp(Stamp(values=lowered.values, tokens=tokens, foot=f"Issue {id}", sample=True), {})
    file = IssuedFile(
        name=f"{name}_{id}.docx",
        format="docx",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        layout_fingerprint=ready.fingerprint,
        pages=(),
        fields=ready.fields(lowered.values, tokens[0], data),
    )
    made = replace(bare, id=id, workspace=workspace, key_id=key.id, files=(file,), sample=True)
    office.workspace.store.put_bytes(data)
    office.workspace.store.add_issue(made, Happening(kind="issued", issue=id, at="2027-01-11T09:00:00Z"))
    path = office.folder / file.name
    path.write_bytes(data)
    return Made(name, made, (path,))


def by_tag(made: Made) -> dict[str, str | bool]:
    """Return something to type into every place, by the tag of its control (everything.py)."""
    places = made.issue.files[0].fields
    found: dict[str, str | bool] = {}
    for entry in entries(made.issue):
        for place in places:
            if place.key == entry.cell.key:
                found[place.name] = _typed(entry.typed, place.code, dict(place.labels))
    return found


def _typed(typed: str | bool | tuple[str, ...], code: str, labels: dict[str, str]) -> str | bool:
    if code:
        return code in ((typed,) if isinstance(typed, str) else typed or ())
    return labels.get(typed, typed) if isinstance(typed, str) else bool(typed)
