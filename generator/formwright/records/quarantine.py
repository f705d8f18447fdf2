"""What was refused, by its SHA-256, up to a limit: whoever can send files must not be able to fill the disk."""

from __future__ import annotations

import hashlib
from pathlib import Path

from formwright.records.blobs import Blobs


class Quarantine:
    """A folder of refused files. It is weighed once, when something is first kept; so it is made anew for each run."""

    def __init__(self, folder: Path, limit: int) -> None:
        """limit: bytes that the folder may hold; 0 keeps nothing."""
        self.limit = limit
        self._folder = folder
        self._blobs = Blobs(folder)
        self._held: int | None = None

    def keep(self, data: bytes) -> bool:
        """Keep `data`; return False where there is no room for it. What is kept already takes none. Raises Unusable."""
        if self._blobs.path(hashlib.sha256(data).hexdigest()).is_file():
            return True
        if self._held is None:
            self._held = sum(path.stat().st_size for path in self._folder.rglob("*") if path.is_file())
        if self._held + len(data) > self.limit:
            return False
        self._blobs.put(data)
        self._held += len(data)
        return True
