"""`formwright kinds`: what sorts of items there are."""

from __future__ import annotations

import click

from formwright.cli._shared import examples


@click.command(epilog=examples("formwright kinds"))
def command() -> None:
    """List the kinds of items that a definition can use."""
    from formwright.kinds import kinds

    for name, kind in sorted(kinds().items()):
        click.echo(f"{name:16} {kind.summary}")
