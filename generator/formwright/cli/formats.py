"""`formwright formats`: what files we write and read, as found in the package."""

from __future__ import annotations

import click

from formwright import registry
from formwright.cli._shared import examples


@click.command(epilog=examples("formwright formats"))
def command() -> None:
    """List the formats of files that are issued and read."""
    rooms = {"issue": "formwright.writers", "read": "formwright.readers"}
    found = {act: registry.names(package) for act, package in rooms.items()}
    for name in sorted(set().union(*found.values())):
        click.echo(f"{name:8} {', '.join(act for act, names in found.items() if name in names)}")
