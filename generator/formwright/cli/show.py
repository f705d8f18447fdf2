"""`formwright show DEFINITION [ACCOUNT]`: what is asked, with numbers, kinds, ids and keys, and why it is so."""

from __future__ import annotations

import re
from datetime import date

import click

from formwright.cli import _shared as shared

ISSUE = re.compile(r"[A-Za-z]{1,3}-[0-9]+(-[0-9]+)?\Z")
"""What can only be meant as an issue: an id of a definition has no hyphen."""


@click.command(
    epilog=shared.examples(
        "formwright show account_management",
        "formwright show account_management northwind",
        "formwright show account_management northwind --why invoice_remittance",
        "formwright show account_management northwind --keys",
        "formwright show Q-2027-0042 --keys --why officers",
    )
)
@click.argument("named", metavar="DEFINITION|ISSUE")
@click.argument("account", required=False)
@click.option("--overlay", default="", metavar="FILE", help="Use this overlay, not the one that binds to the account.")
@click.option("--date", "on", type=shared.Day(), help="As of this day. [default: today]")
@click.option("--why", default="", metavar="ITEM", help="Say of one item (its id or number) where it comes from.")
@click.option("--keys", is_flag=True, help="List the key of each place that can be answered, with its place in print.")
@shared.workspace_option
def command(named: str, account: str | None, overlay: str, on: date | None, why: str, keys: bool) -> int:
    """Show the items of DEFINITION, or of the form that ACCOUNT would get, or of an ISSUE (Q-2027-0042) as it went
    out: number, id, kind, words.

    With an account what was done to an item and what we would print as known stand below it. What nobody gave yet
    stands as [name?], and is told at the end (exit code 1).
    """
    from formwright.cli import _showing

    if ISSUE.match(named):
        if account is not None or overlay or on:
            raise click.UsageError("an issue is shown as it went out: leave out ACCOUNT, --overlay and --date.")
        return _showing.of_issue(named, why, keys=keys)
    if account is None:
        if keys or overlay or on:
            option = "--keys" if keys else "--overlay" if overlay else "--date"
            reason = ": what is known makes the rows" if keys else ""
            raise click.UsageError(f"{option} needs an ACCOUNT{' or an issue' if keys else ''}{reason}.")
        return _showing.of_definition(named, why)
    return _showing.of_account(named, account, why, on=on or shared.today(), overlay=overlay, keys=keys)
