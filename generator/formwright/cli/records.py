"""`formwright records [ISSUE]`: what is known of each issue by now, without its files."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from formwright import reading
from formwright import record as records
from formwright.cli import _shared as shared
from formwright.cli._print import lines
from formwright.issue import Issue
from formwright.workspace import Workspace


@click.command(
    epilog=shared.examples(
        "formwright records", "formwright records Q-2027-0042", "formwright records Q-2027-0042 --json"
    )
)
@click.argument("issue", required=False, metavar="[ISSUE]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone: one line for each record.")
@shared.workspace_option
def command(issue: str | None, as_json: bool) -> None:
    """List all issues, each with the summary of its record; or show the record of ISSUE, as `read` printed it.

    A record is what all returns of an issue say, and what was entered by `answer`.
    """
    with shared.opened() as workspace:
        for one in _asked(workspace, issue):
            if as_json:
                click.echo(json.dumps(reading.record_of(workspace, one).as_json(), ensure_ascii=False))
            elif issue is None:
                click.echo(_line(workspace, one))
            else:
                click.echo("\n".join(lines(reading.record_of(workspace, one))))


def _asked(workspace: Workspace, issue: str | None) -> Iterator[Issue]:
    for id in [line.id for line in workspace.store.issues()] if issue is None else [issue]:
        yield reading.issue_of(workspace, id)


def _line(workspace: Workspace, issue: Issue) -> str:
    record = reading.record_of(workspace, issue)
    if record.revision:
        return records.summary(record)
    return f"{issue.id} {issue.account_name}: nothing has come back · issued {issue.issued_on}, due {issue.due_on}"
