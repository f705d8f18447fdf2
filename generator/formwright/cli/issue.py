"""`formwright issue DEFINITION ACCOUNT...`: make forms, record them, write their files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from formwright import registry
from formwright.cli import _shared as shared


@click.command(
    epilog=shared.examples(
        "formwright issue account_management northwind",
        "formwright issue account_management northwind lantern --date 2027-03-01 --due 2027-04-15 --out mail/",
        "formwright issue account_management accounts/*.yaml",
        'formwright issue account_management northwind --reason "The audit was called off, see memo of May 3."',
    )
)
@click.argument("definition")
@click.argument("accounts", nargs=-1, required=True, metavar="ACCOUNT...")
@click.option("--overlay", default="", metavar="FILE", help="Use this overlay, not the one that binds to the account.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(registry.names("formwright.writers")),
    multiple=True,
    help="May be given again. [default: all]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files. [default: the workspace's out/]",
)
@click.option("--date", "on", type=shared.Day(), help="The date of issue, YYYY-MM-DD. [default: today]")
@click.option("--due", type=shared.Day(), help="Please return by. [default: the workspace's days_to_answer later]")
@click.option(
    "--reason",
    default="",
    type=shared.Words(lines=True),
    help="Why a rule that allows it is set aside; kept with the issue.",
)
@click.option("--by", default="", type=shared.Words(), help="Who issues. [default: your user name]")
@shared.workspace_option
def command(
    definition: str,
    accounts: tuple[str, ...],
    overlay: str,
    formats: tuple[str, ...],
    out: Path | None,
    on: date | None,
    due: date | None,
    reason: str,
    by: str,
) -> int:
    """Make DEFINITION for each ACCOUNT, record it, and write its files.

    DEFINITION and ACCOUNT are ids, or paths of YAML files. An account that cannot be served is told with its place
    and its cure; the others are made all the same (exit code 1). Where an account has an open issue of DEFINITION
    already, another one is made, and the open one is named.
    """
    from formwright.cli._earlier import Earlier
    from formwright.papers import issue
    from formwright.sending import Failed, Order
    from formwright.sources import shown
    from formwright.text import clipped

    on = on or shared.today()
    if due is not None and due <= on:
        raise click.BadParameter(f"{due} is not after the date of issue, {on}.", param_hint="--due")
    failed = 0
    with shared.opened() as workspace:
        order = Order(
            definition=definition,
            accounts=accounts,
            overlay=overlay,
            formats=formats,
            out=out or workspace.folder / "out",
            cache=shared.cache_folder(),
            fonts=shared.fonts_folder(),
            on=on,
            due=due,
            at=shared.now(),
            by=by or shared.user(),
            reason=reason,
        )
        earlier = Earlier(workspace)
        for made in shared.tracked(issue(workspace, order), "Issuing", len(accounts)):
            if isinstance(made, Failed):
                click.echo(str(made.error), err=True)
                failed += 1
            else:
                for warning in filter(None, (*made.warnings, earlier.notice(made.issue))):
                    click.echo(f"{made.account}: {warning}", err=True)
                name = clipped(made.issue.account_name)
                shared.tell(f"{made.issue.id}  {name}  {'  '.join(map(shown, made.paths))}")
    if failed and len(accounts) > 1:
        click.echo(f"{failed} of {len(accounts)} accounts were not served.", err=True)
    return 1 if failed else 0
