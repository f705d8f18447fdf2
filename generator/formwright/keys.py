"""The secrets of a workspace: `keys/<KEYID>`, one file each, readable by their owner alone.

A key file is TOML: `secret` (64 hexadecimal digits) and, for a sample workspace, `fictional = true`: what is issued
with such a key says "Sample". A new key is a new file; old ones stay, so that old issues can be read.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from formwright.errors import Unusable
from formwright.records.blobs import write

KEY_ID = re.compile(r"K[0-9]{1,3}\Z")
SECRET_BYTES = 32

_TEXT = """\
# A secret of this workspace. Whoever has it can make tokens that pass for ours: give it to nobody, keep it in the
# backup, and leave it readable by its owner alone (chmod 600).
secret = "{secret}"
"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key; `fictional`: it is published, so nothing signed with it is genuine."""

    id: str
    secret: bytes = field(repr=False)
    fictional: bool = False


def write_key(folder: Path, id: str, secret: bytes) -> Path:
    """Write a new key file of mode 0600; return its path. Raises Unusable where one of this id is there."""
    path = folder / id
    try:
        write(path, _TEXT.format(secret=secret.hex()).encode(), over=False)
    except FileExistsError as error:
        raise Unusable("key_exists", f"There is a key {id} already: {path}.", "Choose another id.") from error
    return path


def next_id(folder: Path) -> str:
    """Return the id after the last one in the folder. Raises Unusable where there is none left."""
    numbers = [int(path.name[1:]) for path in folder.iterdir() if KEY_ID.match(path.name)] if folder.is_dir() else []
    id = f"K{max(numbers, default=0) + 1}"
    if not KEY_ID.match(id):
        raise Unusable("no_key_id", f"There is no key id after {folder.name}/K{max(numbers)}.", "Make a new workspace.")
    return id


def read_key(folder: Path, id: str) -> Key | None:
    """Return a key of the folder, None where it has none of this id.

    Raises Unusable for a key that others can read, with the line that mends it, and for a file that is no key.
    """
    path = folder / id
    if not KEY_ID.match(id):
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unusable("bad_key", f"The key {path} cannot be read: {error.strerror}.") from error
    with open(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise Unusable("bad_key", f"The key {path} is not a file.")
        if mode & 0o077:
            message = f"The key {path} can be read by others than its owner (its mode is {stat.S_IMODE(mode):04o})."
            raise Unusable("key_readable", message, f"Run: chmod 600 {path}")
        return _parsed(path, file.read(10_000))


def _parsed(path: Path, data: bytes) -> Key:
    try:
        found = tomllib.loads(data.decode())
        secret = bytes.fromhex(found.pop("secret"))
        fictional = found.pop("fictional", False)
        if found or len(secret) != SECRET_BYTES or not isinstance(fictional, bool):
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        # What stands in the file is never shown.
        message = f"The key {path} does not hold a secret of {SECRET_BYTES * 2} hexadecimal digits."
        raise Unusable("bad_key", message, "Restore it from the backup.") from error
    return Key(path.name, secret, fictional)
