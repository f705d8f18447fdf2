"""Records as JSON lines, each as `formwright read --json` prints it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import ClassVar

from formwright.exports._base import Export
from formwright.record import Record


class Json(Export):
    """One record a line, UTF-8, in the order given."""

    suffix: ClassVar[str] = ".jsonl"
    summary: ClassVar[str] = "Records as JSON, one a line."

    def write(self, records: Iterable[Record]) -> bytes:
        lines = (json.dumps(record.as_json(), ensure_ascii=False) for record in records)
        return "".join(f"{line}\n" for line in lines).encode("utf-8")
