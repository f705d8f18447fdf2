"""Take a file in: regular files only, no links, within a size, read once, hashed as read."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formwright.errors import Refused, Unusable

SIZE_LIMIT: Final = 32 * 1024 * 1024
"""Bytes. Some programs embed a whole font into a form with Chinese text: 20 MB were seen (PDF.md 3)."""
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # else opening a pipe waits for somebody to write
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was taken in; `name` is fit to be printed, and is never used as a path."""

    name: str
    data: bytes
    sha256: str


def read_file(path: Path | str) -> Incoming:
    """Return the content of one file.

    Raises Unusable where the path is wrong or may not be read, Refused where what is there can't be a return.
    """
    path = Path(path)
    name = printable(path.name or str(path))
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise Unusable("missing", f"There is no file {printable(str(path))}.", "Check the path.") from None
    except OSError as error:
        raise _unopened(path, name, error) from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _not_a_file(name, _sort(status.st_mode))
        data = _content(handle, name)
    finally:
        os.close(handle)
    return Incoming(name, data, hashlib.sha256(data).hexdigest())


def is_folder(path: Path | str) -> bool:
    """Tell whether there is a folder, and no link to one; False where that may not be seen."""
    return os.path.isdir(path) and not os.path.islink(path)


def list_folder(folder: Path | str) -> tuple[Path, ...]:
    """Return what a folder holds, in the order of names; folders below it and hidden files are left out.

    Links and pipes are listed, so that each is refused by its name and not passed over. Raises Unusable.
    """
    folder = Path(folder)
    try:
        found = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        message = f"The folder {printable(str(folder))} can't be read: {_reason(error)}."
        raise Unusable("unreadable", message, "Check the path and its rights.") from None
    shown = (entry for entry in found if not entry.name.startswith("."))
    return tuple(Path(entry.path) for entry in shown if not entry.is_dir(follow_symlinks=False))


def trace(path: Path | str) -> str:
    """Return what tells a file that could not be read from another of its name: its size and time of change; "" where
    it is gone."""
    try:
        status = os.lstat(path)
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}"


def printable(text: str) -> str:
    """Return a foreign name on one line, with everything odd in it escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _content(handle: int, name: str) -> bytes:
    """Read to the end, but never more than the limit: a file may grow while it is read."""
    parts: list[bytes] = []
    left = SIZE_LIMIT + 1
    while left > 0:
        try:
            part = os.read(handle, min(left, 1 << 20))
        except OSError as error:
            fix = "Copy it to this machine and try again."
            raise Unusable("unreadable", f"The file {name} can't be read: {_reason(error)}.", fix) from None
        if not part:
            return b"".join(parts)
        parts.append(part)
        left -= len(part)
    raise Refused(
        "too_large",
        f"The file {name} is larger than {SIZE_LIMIT // (1 << 20)} MB.",
        "Ask the sender for the form alone, without scans or attachments, saved as PDF.",
    )


def _unopened(path: Path, name: str, error: OSError) -> Refused | Unusable:
    if os.path.islink(path):  # Path's own raise in a folder that may not be searched
        return _not_a_file(name, "a link to another file")
    if os.path.isdir(path):
        return _not_a_file(name, "a folder")
    message = f"The file {printable(str(path))} can't be opened: {_reason(error)}."
    return Unusable("unreadable", message, "Check that you may read it.")


def _not_a_file(name: str, what: str) -> Refused:
    fix = "Give the file itself." if "link" in what else "Give a file, or a folder of files."
    return Refused("not_a_file", f"{name} is {what}, not a file.", fix)


def _sort(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a device"


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
