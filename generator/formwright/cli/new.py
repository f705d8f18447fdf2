"""`formwright new workspace DIR`: start a workspace with a key of its own; `formwright new key`: give it another."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

import click

from formwright.cli import _shared as shared
from formwright.cli._shared import examples


@click.group(epilog=examples("formwright new workspace accounts-2027", "formwright new key"))
def command() -> None:
    """Start a workspace; make a key."""


@command.command(
    "workspace",
    short_help="Start a workspace: settings, folders, a key.",
    epilog=examples(
        "formwright new workspace accounts-2027",
        'formwright new workspace nasc --name "Account team 12" --email returns@nasc.example',
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", type=shared.Words(), help="What the workspace is called. [default: the folder's name]")
@click.option("--unit", default="", type=shared.Words(), help="The office that issues.")
@click.option("--email", default="", type=shared.Words(), help="Where saved files are sent.")
@click.option("--address", default="", type=shared.Words(lines=True), help="Where printed pages are mailed.")
def new_workspace(folder: Path, name: str | None, unit: str, email: str, address: str) -> None:
    """Make the workspace DIR: settings, folders, and a random key.

    Who has the key can make forms that pass for yours. It lies in DIR/keys, readable by you alone; keep a copy where
    you keep your backups.
    """
    from formwright import keys, workspace

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


@command.command(
    "key",
    short_help="Make another key for a workspace.",
    epilog=examples("formwright new key", "formwright -C accounts-2027 new key"),
)
@shared.workspace_option
def new_key() -> None:
    """Make another key for the workspace: random, readable by you alone, under the next free id.

    Nothing is signed with it until formwright.toml names it. Old keys stay: what they signed is read with them.
    """
    from formwright import keys, settings
    from formwright.sources import shown

    with shared.opened() as opened:
        folder = opened.folder / "keys"
        path = keys.write_key(folder, keys.next_id(folder), secrets.token_bytes(keys.SECRET_BYTES))
        old = opened.settings.key
    click.echo(f"""\
Made the key {shown(path)}.
Next:
  1. Copy it to where the backup of the keys is.
  2. Sign new issues with it:  key = "{path.name}" in {shown(opened.folder / settings.FILE)}
  3. Leave {old} where it is: without it nothing that it signed can be read.""")
