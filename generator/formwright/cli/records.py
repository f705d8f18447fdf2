"""`formwright records [ISSUE]`: what is known of each issue by now, without its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from formwright.cli import _shared as shared

if TYPE_CHECKING:
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

    A record is what all returns of an issue say, and what was entered by `answer`. Letters and plans have none: they
    are listed, and are not in the JSON.
    """
    from formwright import reading
    from formwright.cli._print import lines
    from formwright.text import clipped

    with shared.opened() as workspace:
        if issue is None and not workspace.store.issues():
            click.echo("Nothing was issued yet.", err=True)
        for id in [line.id for line in workspace.store.issues()] if issue is None else [issue]:
            one = reading.issue_of(workspace, id)
            if not one.is_form and issue is None:
                if not as_json:
                    shared.tell(f"{one.id} {clipped(one.account_name)}: {one.document} · issued {one.issued_on}")
            elif as_json:
                click.echo(json.dumps(reading.record_of(workspace, one).as_json(), ensure_ascii=False))
            elif issue is None:
                shared.tell(_line(workspace, one))
            else:
                shared.tell("\n".join(lines(reading.record_of(workspace, one))))


def _line(workspace: Workspace, issue: Issue) -> str:
    from formwright import reading
    from formwright import record as records
    from formwright.text import clipped

    record = reading.record_of(workspace, issue)
    if record.revision:
        return records.summary(record)
    name = clipped(issue.account_name)
    return f"{issue.id} {name}: nothing has come back · issued {issue.issued_on}, due {issue.due_on}"
