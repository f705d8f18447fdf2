"""An issue of the shipped questionnaire for a sample account, without files: what the record needs of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower
from formwright import overlay as overlays
from formwright.form import dump
from formwright.issue import Issue
from formwright.resolve import resolve

ROOT = Path(__file__).parents[1]
FORM = ROOT / "forms" / "questionnaires" / "account_management.yaml"
WORKSPACE = ROOT / "samples" / "workspace"


@cache
def issue(name: str = "harborlight") -> Issue:
    """Return the issue of the sample account `name`, with its overlay."""
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    account = accounts.load((WORKSPACE / "accounts" / f"{name}.yaml").read_bytes(), name)
    overlay = overlays.load((WORKSPACE / "overlays" / f"{name}.yaml").read_bytes(), name)
    settings = {"return_email": "returns@team.example", "return_address": "1 Harbor Street, Port Sample"}
    form = resolve(definition, account, overlay, issued_on=date(2027, 1, 11), settings=settings)
    facts = lower.Facts(prepared_for=account.name, return_by="February 26, 2027", contact="Lee Park, 555-0142")
    lowered = lower.lower(form, facts)
    return Issue(
        id="Q-2027-0001",
        workspace="sample",
        account=account.id,
        account_name=account.name,
        issued_on="2027-01-11",
        due_on="2027-02-26",
        key_id="K1",
        definition=definition.id,
        definition_version=definition.version,
        definition_fingerprint=form.definition_fingerprint,
        form_fingerprint=form.fingerprint,
        language=form.language,
        primary_contact=account.primary.name,
        form=dump(form),
        cells=lowered.cells,
        rows=lowered.rows,
        files=(),
    )
