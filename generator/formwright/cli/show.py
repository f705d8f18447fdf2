"""`formwright show DEFINITION [ACCOUNT]`: what is asked, with its numbers, kinds and ids, and why it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

import click

from formwright import account as accounts
from formwright import definition as definitions
from formwright import issuing, numbering, sources
from formwright.cli import _shared as shared
from formwright.definition import Definition
from formwright.errors import Unusable
from formwright.form import Form
from formwright.kinds._base import Kind
from formwright.text import pick


@click.command(
    epilog=shared.examples(
        "formwright show account_management",
        "formwright show account_management northwind",
        "formwright show account_management northwind --why invoice_remittance",
    )
)
@click.argument("definition")
@click.argument("account", required=False)
@click.option("--overlay", default="", metavar="FILE", help="Use this overlay, not the one that binds to the account.")
@click.option("--date", "on", type=shared.Day(), help="As of this day. [default: today]")
@click.option("--why", default="", metavar="ITEM", help="Say of one item where it comes from and who changed it.")
@shared.workspace_option
def command(definition: str, account: str | None, overlay: str, on: date | None, why: str) -> None:
    """Show the items of DEFINITION, or of the form that ACCOUNT would get: number, id, kind, words.

    With an account each line ends in what was done to the item, and what we would print as known.
    """
    if account is None:
        workspace = shared.perhaps_opened()
        source = sources.definition(definition, workspace.folder / "forms" if workspace else None)
        _print(_of_definition(definitions.load(source.data, source.name)), why)
        return
    with shared.opened() as opened:
        source, profile = opened.definition(definition), opened.account(account)
        form = issuing.resolve(
            opened,
            definitions.load(source.data, source.name),
            accounts.load(profile.data, profile.name),
            on=on or shared.today(),
            overlay=overlay,
        )
    _print(_of_form(form), why)
