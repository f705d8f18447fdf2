"""What an export is: records in, bytes out, in a format that other programs read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from formwright.record import Record


class Export(ABC):
    """One format; `suffix` ends its files' names."""

    suffix: ClassVar[str]
    summary: ClassVar[str]

    @abstractmethod
    def write(self, records: Iterable[Record]) -> bytes:
        """Return the records in this format; the same records give the same bytes."""
