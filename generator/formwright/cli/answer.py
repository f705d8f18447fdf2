"""`formwright answer ISSUE KEY VALUE`: what was said on the telephone, or read by a person."""

from __future__ import annotations

import re
from typing import Final

import click

from formwright.cli import _shared as shared

_NEGATIVE: Final = re.compile(r"-[^A-Za-z]*[0-9][^A-Za-z]*\Z")


class _Answer(click.Command):
    """A command whose VALUE may be a negative number."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words; what looks like an option and is a number stays a word."""
        ctx.ignore_unknown_options = any(map(_NEGATIVE.match, args))
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            message = f"{error.message} A value that begins with a hyphen stands at the end, behind --."
            raise click.NoSuchOption(error.option_name, message, error.possibilities, ctx) from error


@click.command(
    cls=_Answer,
    epilog=shared.examples(
        'formwright answer Q-2027-0042 fiscal_year.from "10/01" --by "D. Whitfield" --why "R. Ortega on the telephone"',
        'formwright answer Q-2027-0042 price_restrictions yes --by "D. Whitfield" --why "ticked by hand on page 7"',
    ),
)
@click.argument("issue")
@click.argument("key")
@click.argument("value")
@click.option(
    "--by",
    required=True,
    type=shared.Words("Write who says so."),
    metavar="NAME",
    help="Who says so: you, usually.",
)
@click.option(
    "--why",
    required=True,
    type=shared.Words("Write how it is known.", lines=True),
    metavar="TEXT",
    help="How it is known; kept with the answer.",
)
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
