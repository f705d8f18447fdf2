"""`formwright new workspace DIR`: start a workspace with a key of its own."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

import click

from formwright import keys, workspace
from formwright.cli._shared import examples


@click.group(epilog=examples("formwright new workspace accounts-2027"))
def command() -> None:
    """Start a workspace."""


@command.command(
    "workspace",
    epilog=examples(
        "formwright new workspace accounts-2027",
        'formwright new workspace nasc --name "Account team 12" --email returns@nasc.example',
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the workspace is called. [default: the folder's name]")
@click.option("--unit", default="", help="The office that issues.")
@click.option("--email", default="", help="Where saved files are sent.")
@click.option("--address", default="", help="Where printed pages are mailed.")
def new_workspace(folder: Path, name: str | None, unit: str, email: str, address: str) -> None:
    """Make the workspace DIR: settings, folders, and a random key.

    Who has the key can make forms that pass for yours. It lies in DIR/keys, readable by you alone; keep a copy where
    you keep your backups.
    """
    workspace.create(
        folder,
        id=str(uuid.uuid4()),
        secret=secrets.token_bytes(keys.SECRET_BYTES),
        name=name or folder.resolve().name or "workspace",
        unit=unit,
        email=email,
        address=address,
    )
    click.echo(f"""\
Made the workspace {folder}, with a new key (K1).
Next:
  1. Look through {folder / "formwright.toml"}: who you are, and where answers go (email and address).
  2. Describe each account in {folder / "accounts"}/ID.yaml   (docs/reference/account.md)
  3. Look for mistakes:  formwright check {folder}
  4. See what there is:  formwright -C {folder} forms
  5. Make a form:        formwright -C {folder} issue DEFINITION ID""")
