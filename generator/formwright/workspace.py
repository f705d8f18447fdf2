"""A workspace: the folder in which a team keeps its accounts, overlays, keys and all that went out and came back.

formwright.toml        settings
accounts/<id>.yaml     one profile for each account
overlays/*.yaml        what differs for an account; binds by its `account:` and `base:`
plans/<account>.yaml   the action plan of an account
forms/                 own definitions, found before the packaged ones
keys/<KEYID>           secrets, 0600
store.db, files/       issues, events, and every file by its SHA-256
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from formwright import keys, settings, sources
from formwright.errors import Unusable
from formwright.keys import Key
from formwright.records.blobs import make_folder, write
from formwright.settings import Settings
from formwright.sources import Source

if TYPE_CHECKING:
    from formwright.records.store import Store

FOLDERS = ("accounts", "overlays", "plans", "forms", "templates", "keys", "files")

_SETTINGS = """\
# A Formwright workspace. What each setting does: docs/reference/workspace.md
name = {name}
id = {id}  # random, part of every token: never change it
key = "K1"                      # new issues are signed with this key of keys/
unit = {unit}                       # the office that issues: {{unit}} in the wording of a form
days_to_answer = 30             # from issue to due date, where --due does not say otherwise

[return_to]                     # printed under "How to return it"
email = {email}
address = {address}

[sender]                        # printed as the contact, where the account names no account manager
name = ""
title = ""
phone = ""
email = ""
"""

_IGNORED = """\
# Secrets and what went out and came back do not belong into version control.
/keys/
/store.db*
/files/
/quarantine/
/out/
"""


class NoWorkspace(Unusable):
    """No workspace was found where one is needed."""

    def __init__(self, where: str, *, there: bool = True) -> None:
        message = f"There is no {settings.FILE} in {where}." if there else f"There is no folder {where}."
        fix = "Make one with: formwright new workspace DIR. Or name one with -C DIR or FORMWRIGHT_WORKSPACE."
        super().__init__("no_workspace", message, fix)


def find(named: Path | None, start: Path) -> Path:
    """Return the folder of the workspace: `named`, else the first from `start` upwards that has settings.

    Raises NoWorkspace.
    """
    if named is not None:
        if not (named / settings.FILE).is_file():
            raise NoWorkspace(str(named), there=named.is_dir())
        return named
    for folder in (start, *start.parents):
        if (folder / settings.FILE).is_file():
            return folder
    raise NoWorkspace(f"{start} or a folder above it")


def create(
    folder: Path, *, id: str, secret: bytes, name: str, unit: str = "", email: str = "", address: str = ""
) -> None:
    """Make a workspace in an empty or new folder, with its first key. Raises Unusable where something is there."""
    if folder.exists() and not folder.is_dir():
        raise Unusable("not_a_folder", f"{folder} is a file, not a folder.", "Name a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise Unusable("not_empty", f"{folder} is not empty.", "Name a new folder.")
    for part in ("", *FOLDERS):
        make_folder(folder / part, mode=0o700)
    given = {"name": name, "id": id, "unit": unit, "email": email, "address": address}
    text = _SETTINGS.format(**{setting: _quoted(value) for setting, value in given.items()})
    keys.write_key(folder / "keys", "K1", secret)
    write(folder / ".gitignore", _IGNORED.encode(), mode=0o644)
    write(folder / settings.FILE, text.encode(), mode=0o644)


def _quoted(text: str) -> str:
    """Return a TOML basic string."""
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    shown = (
        named.get(char) or (f"\\u{ord(char):04x}" if ord(char) < 32 or ord(char) == 127 else char) for char in text
    )
    return f'"{"".join(shown)}"'


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. Use it as a context manager, or call `close`; the store opens when it is first asked for."""

    folder: Path
    settings: Settings
    _keys: dict[str, Key | None] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """Open the workspace in `folder`; raises NoWorkspace, and Faults for settings that are wrong."""
        path = folder / settings.FILE
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise NoWorkspace(str(folder)) from error
        except OSError as error:
            raise Unusable("no_workspace", f"{path} cannot be read: {error.strerror}.") from error
        return cls(folder, settings.load(data, sources.shown(path)))

    @cached_property
    def store(self) -> Store:
        """The workspace's store, brought up to date when it is opened."""
        from formwright.records.store import open_store

        return open_store(self.folder / "store.db", self.folder / "files")

    def close(self) -> None:
        """Close the store, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # ---- keys

    def key(self, id: str) -> Key | None:
        """Return the key `id`, None where there is none; raises Unusable for one that others can read."""
        if id not in self._keys:
            self._keys[id] = keys.read_key(self.folder / "keys", id)
        return self._keys[id]

    def signing_key(self) -> Key:
        """Return the key that new issues are signed with; raises Unusable where it is missing."""
        key = self.key(self.settings.key)
        if key is None:
            path = self.folder / "keys" / self.settings.key
            raise Unusable("no_key", f"The key {path} is missing.", "Restore it from the backup.")
        return key

    # ---- files of the team

    def definition(self, named: str) -> Source:
        """Return the definition of an id (own forms before packaged ones) or of a path; raises Unusable."""
        try:
            return sources.definition(named, self.folder / "forms")
        except Unusable as error:
            if error.code != "unknown_definition" or named not in self.account_ids():
                raise
            fix = f"{named} is an account; the definition stands before it."
            raise Unusable(error.code, error.message, fix) from error

    def account(self, named: str) -> Source:
        """Return the profile of an account id or of a path; raises Unusable, naming what is near."""
        return sources.account(named, self.folder / "accounts")

    def plan(self, named: str) -> Source:
        """Return the action plan of an account id, or of a path; raises Unusable, naming what is near."""
        return sources.plan(named, self.folder / "plans")

    def template(self, named: str) -> Source:
        """Return a file of the templates folder; raises Unusable, in words, where it cannot be read."""
        return sources.read(self.folder / "templates" / named)

    def add_plan(self, account: str, data: bytes) -> Path:
        """Write the first plan of an account; return its path. Raises Unusable where there is one."""
        path = self.folder / "plans" / f"{account}.yaml"
        make_folder(path.parent, mode=0o700)
        try:
            write(path, data, mode=0o644, over=False)
        except FileExistsError as error:
            fix = "Edit it, or move it away first."
            raise Unusable("plan_exists", f"There is a plan already: {sources.shown(path)}.", fix) from error
        return path

    def account_ids(self) -> tuple[str, ...]:
        """Return the ids of all accounts: the names of their files."""
        return tuple(sorted(path.stem for path in (self.folder / "accounts").glob("*.yaml")))

    def overlays(self, account: str) -> Iterator[Source]:
        """Yield the overlays that may bind to `account`: those whose text names it, or names no account that we see."""
        for path in sorted((self.folder / "overlays").glob("*.yaml")):
            source = sources.read(path)
            named = _ACCOUNT_LINE.search(source.data)
            if named is None or named[1].decode(errors="replace") == account:
                yield source

    def printed(self) -> Mapping[str, str]:
        """Return the settings that wording may use: {return_email}, {return_address}, {unit}."""
        found = {
            "return_email": self.settings.return_to.email,
            "return_address": ", ".join(self.settings.return_to.address.split("\n")),
            "unit": self.settings.unit,
        }
        return {name: value for name, value in found.items() if value}


_ACCOUNT_LINE = re.compile(rb"""(?m)^account:[ \t]*["']?([^\s"'#]+)""")
