"""`formwright read PATH...`: returned files into records."""

from __future__ import annotations

import json
from pathlib import Path

import click

from formwright.cli import _shared as shared


@click.command(
    epilog=shared.examples(
        "formwright read returns/",
        'formwright read northwind.pdf --by "R. Ortega"',
        "formwright read --alone --json northwind.pdf",
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone: one line for each file.")
@click.option("--alone", is_flag=True, help="Each file by itself; nothing is stored.")
@click.option("--by", default="", type=shared.Words(), metavar="NAME", help="Who sent the files, where you know.")
@shared.workspace_option
def command(paths: tuple[Path, ...], as_json: bool, alone: bool, by: str) -> int:
    """Read files, and the files in folders, into records.

    Each file is read against the issue that its code names. The same file a second time changes nothing, but notes
    --by if that is another name. A file that is refused is kept in the workspace's quarantine/, told with its cure, and
    the next one is read (exit code 1); so it is after a path that cannot be opened, of which nothing is kept.

    With --json each line is a record, or {"refused": ...}; both are described in docs/reference/record.md.
    """
    from formwright import reading
    from formwright.cli._print import block
    from formwright.intake.worker import Worker

    refused = 0
    files = list(reading.files_of(paths))
    if not files:
        click.echo("There is no file to read in there.", err=True)
    with shared.opened() as workspace, Worker() as worker:
        told = reading.read(workspace, files, worker, at=shared.now(), by=by, alone=alone)
        for outcome in shared.tracked(told, "Reading", len(files)):
            refused += isinstance(outcome, reading.Rejected)
            if as_json:
                click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
            else:
                shared.tell(block(outcome), err=isinstance(outcome, reading.Rejected))
    return 1 if refused else 0
