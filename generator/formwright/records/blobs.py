"""Files by content: the bytes of what went out and came back lie under their SHA-256, each once.

Written whole or not at all: a file of another name in the same folder, fsync, rename (STYLE.md (c) 7).
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from formwright.errors import Unusable


class Blobs:
    """A folder of files named `<first two digits>/<sha256>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes of `sha256` (64 hexadecimal digits) lie; raises ValueError for anything else."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError(f"{sha256!r} is not a SHA-256 in 64 hexadecimal digits")
        return self._folder / sha256[:2] / sha256

    def any(self) -> bool:
        """Tell whether a file is kept."""
        return any(len(path.name) == 64 for path in self._folder.glob("??/*"))

    def put(self, data: bytes) -> str:
        """Keep `data`; return its SHA-256. Bytes that are kept already are not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        try:
            if path.stat().st_size == len(data):
                return sha256
        except OSError:
            make_folder(path.parent, mode=0o700)
        write(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes of `sha256`, checked; raises Unusable where they are missing or have changed."""
        try:
            data = self.path(sha256).read_bytes()
        except OSError as error:
            raise Unusable(
                "file_missing",
                f"The stored file {sha256} cannot be read: {error.strerror}.",
                "Restore files/ of the workspace from its backup.",
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Unusable(
                "file_changed",
                f"The stored file {sha256} is not what was stored.",
                "Restore files/ of the workspace from its backup.",
            )
        return data


def write(path: Path, data: bytes, *, mode: int = 0o600, over: bool = True) -> None:
    """Write `data` to `path` so that the whole file is there or none of it, also after a power cut.

    over=False: raises FileExistsError where `path` exists, even if another process makes it at the same moment.
    Raises Unusable, in words, where the disk refuses.
    """
    part = path.with_name(f".{path.name[:40]}.{secrets.token_hex(6)}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if over:
            os.replace(part, path)
        else:
            os.link(part, path)
        _sync_folder(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder and those above it, where they are missing. Raises Unusable, in words."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(path: Path, error: OSError) -> Unusable:
    """Return what is told when the disk refuses `path`."""
    fixes = {
        errno.ENOSPC: "Make room on the disk, then run the command again.",
        errno.EDQUOT: "Make room on the disk, then run the command again.",
        errno.EACCES: "Ask for the right to write there, or choose another folder.",
        errno.EROFS: "The disk is read-only: choose another folder.",
        errno.ENOENT: "Make the folder first.",
    }
    fix = fixes.get(error.errno or 0, "Mend this, then run the command again.")
    return Unusable("cannot_write", f"{path} cannot be written: {error.strerror or error}.", fix)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
