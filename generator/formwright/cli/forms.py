"""`formwright forms`: the definitions that can be issued."""

from __future__ import annotations

import click

from formwright.cli._shared import examples, perhaps_opened, workspace_option
from formwright.errors import FormwrightError


@click.command(epilog=examples("formwright forms", "formwright -C accounts-2027 forms"))
@workspace_option
def command() -> int:
    """List the definitions: the workspace's own, then those of the package."""
    from formwright import definition as definitions
    from formwright import sources

    workspace = perhaps_opened()
    own = workspace.folder / "forms" if workspace else None
    found = {listed.id: listed for listed in sources.definitions(own)}
    failed = 0
    for listed in sorted(found.values(), key=lambda listed: (not listed.own, listed.id)):
        try:
            definition = definitions.load(listed.place.read_bytes(), listed.name)
            click.echo(f"{listed.id:24} {definition.version:10} {definition.title}  ({listed.name})")
        except FormwrightError as error:
            click.echo(str(error), err=True)
            failed = 1
    return failed
