"""`formwright plan`: start the action plan of an account; find what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from formwright.cli import _shared as shared
from formwright.cli._shared import examples

if TYPE_CHECKING:
    from formwright.planning import Checked


@click.group(epilog=examples("formwright plan new northwind", "formwright plan check northwind"))
def command() -> None:
    """Start the action plan of an account; find what it lacks. It goes out by `formwright issue`."""


@command.command(
    "new", epilog=examples("formwright plan new northwind", "formwright plan new northwind --date 2027-01-29")
)
@click.argument("account")
@click.option("--definition", default="", metavar="ID", help="The plan's definition. [default: account_action_plan]")
@click.option("--date", "on", type=shared.Day(), help="The date of the plan. [default: today]")
@shared.workspace_option
def new(account: str, definition: str, on: date | None) -> None:
    """Write plans/ACCOUNT.yaml, filled with what the profile knows; a file that is there is left as it is.

    What stands empty in it is to be decided: `formwright plan check ACCOUNT` tells all that is left.
    """
    from formwright import planning
    from formwright.sources import shown

    with shared.opened() as workspace:
        path = planning.start(workspace, account, definition or planning.DEFINITION, on or shared.today())
        name = path.stem
    click.echo(f"""\
Wrote {shown(path)}.
Next:
  1. Decide and fill in what stands empty; add the projects.
  2. See what is left:   formwright plan check {name}
  3. Issue it:           formwright issue {definition or planning.DEFINITION} {name}""")


@command.command(
    "check", epilog=examples("formwright plan check northwind", "formwright plan check plans/northwind.yaml")
)
@click.argument("plans", nargs=-1, required=True, metavar="ACCOUNT|FILE...")
@click.option("--definition", default="", metavar="ID", help="The plan's definition. [default: account_action_plan]")
@shared.workspace_option
def check(plans: tuple[str, ...], definition: str) -> int:
    """Find all that the rules of the SOP refuse in a plan, and what they warn of, each with its place, the rule, the
    line of its source, and its cure.

    Exit code 1 where something is refused; a warning alone is 0. Nothing is changed.
    """
    from formwright import planning
    from formwright.errors import FormwrightError

    wrong = 0
    with shared.opened() as workspace:
        for named in plans:
            try:
                found = planning.checked(workspace, workspace.plan(named), definition or planning.DEFINITION)
            except FormwrightError as error:
                click.echo(str(error), err=True)
                wrong += len(getattr(error, "faults", (error,)))
                continue
            _tell(found)
            wrong += len(found.refused)
    return 1 if wrong else 0


def _tell(found: Checked) -> None:
    """Print what is wrong with a plan, what is only to be said of it, and the sum."""
    for fault in sorted(found.refused, key=lambda fault: (fault.line, fault.column)):
        click.echo(str(fault), err=True)
    for fault in found.warned:
        click.echo(str(replace(fault, message=f"warning: {fault.message}")), err=True)
    projects = _counted(len(found.case.plan.projects), "project")
    click.echo(f"{found.case.account.name}: {projects}, {_said(found.refused, found.warned)}.")


def _said(refused: tuple[object, ...], warned: tuple[object, ...]) -> str:
    told = _counted(len(refused), "fault") if refused else "it keeps the rules"
    return f"{told}, {_counted(len(warned), 'warning')}" if warned else told


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
