"""The shipped questionnaire lowered for the sample accounts, without a workspace."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower
from formwright import overlay as overlays
from formwright.lower import Lowered
from formwright.resolve import resolve

ROOT = Path(__file__).parents[2]
ACCOUNTS = ("harborlight", "tidewater_brokers", "lantern_loom")


@cache
def lowered(name: str) -> Lowered:
    """Return the questionnaire of a sample account, with its overlay."""
    form, samples = ROOT / "forms" / "questionnaires" / "account_management.yaml", ROOT / "samples" / "workspace"
    definition = definitions.load(form.read_bytes(), form.name)
    account = accounts.load((samples / "accounts" / f"{name}.yaml").read_bytes(), name)
    overlay = overlays.load((samples / "overlays" / f"{name}.yaml").read_bytes(), name)
    printed = {"return_email": "returns@team.example", "return_address": "1 Harbor Street, Port Sample"}
    made = resolve(definition, account, overlay, issued_on=date(2027, 1, 11), settings=printed)
    facts = lower.Facts(prepared_for=account.name, return_by="February 26, 2027", contact="Lee Park, 555-0142")
    return lower.lower(made, facts)
