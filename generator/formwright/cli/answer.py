"""`formwright answer ISSUE KEY VALUE`: what was said on the telephone, or read by a person."""

from __future__ import annotations

import click

from formwright.cli import _shared as shared


@click.command(
    epilog=shared.examples(
        'formwright answer Q-2027-0042 fiscal_year.from "10/01" --by "D. Whitfield" --why "R. Ortega on the telephone"',
        'formwright answer Q-2027-0042 price_restrictions yes --by "D. Whitfield" --why "ticked by hand on page 7"',
    )
)
@click.argument("issue")
@click.argument("key")
@click.argument("value")
@click.option("--by", required=True, metavar="NAME", help="Who says so: you, usually.")
@click.option("--why", required=True, metavar="TEXT", help="How it is known; kept with the answer.")
@shared.workspace_option
def command(issue: str, key: str, value: str, by: str, why: str) -> None:
    """Record VALUE for the place KEY of ISSUE, as the account would have written it ("" for: it is empty).

    It decides over what returns say of that place; they stay in its history. KEY is what `read` prints in brackets;
    `formwright show ISSUE --keys` lists all of them, with what each takes.
    """
    from formwright import reading
    from formwright.cli._print import lines

    with shared.opened() as workspace:
        record = reading.answer(workspace, issue, key, value, by=by, why=why, at=shared.now())
    shared.tell("\n".join(lines(record)))
