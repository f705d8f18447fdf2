"""`formwright forms`: the definitions that can be issued."""

from __future__ import annotations

import click

from formwright.cli._shared import examples, perhaps_opened, workspace_option
from formwright.errors import FormwrightError


@click.command(epilog=examples("formwright forms", "formwright -C accounts-2027 forms"))
@workspace_option
def command() -> int:
    """List the definitions: the workspace's own, then those of the package."""
    from formwright import papers, sources
    from formwright.sources import Source

    workspace = perhaps_opened()
    own = workspace.folder / "forms" if workspace else None
    found = {listed.id: listed for listed in sources.definitions(own)}
    failed = 0
    for listed in sorted(found.values(), key=lambda listed: (not listed.own, listed.id)):
        try:
            head = papers.head(Source(listed.name, listed.place.read_bytes()))
            click.echo(f"{listed.id:24} {head.version:10} {head.title}  ({listed.name})")
        except FormwrightError as error:
            click.echo(str(error), err=True)
            failed = 1
    return failed
