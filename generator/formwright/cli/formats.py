"""`formwright formats`: what files we write and read, as found in the package."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click

from formwright.cli._shared import examples


@click.command(epilog=examples("formwright formats"))
def command() -> None:
    """List the formats of files that are written, read and exported."""
    rooms = {"issue": "formwright.writers", "read": "formwright.readers", "export": "formwright.exports"}
    found = {act: _modules(package) for act, package in rooms.items()}
    for name in sorted(set().union(*found.values())):
        click.echo(f"{name:8} {', '.join(act for act, names in found.items() if name in names)}")


def _modules(package: str) -> set[str]:
    home = import_module(package)
    return {info.name for info in pkgutil.iter_modules(home.__path__) if not info.name.startswith("_")}
