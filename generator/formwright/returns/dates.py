"""Dates beside the day of issue: one whose year can hardly be meant is read with a doubt."""

from __future__ import annotations

import re
from typing import Final

from formwright.kinds._base import Json
from formwright.kinds._dates import far
from formwright.returns.slots import Slot

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def doubt(slot: Slot, value: Json) -> str:
    """Return why a date that was read is hardly meant, "" for nothing to wonder about and for what is no date."""
    if not isinstance(value, str) or not slot.issued_on or not _ISO.match(value) or not _dated(slot):
        return ""
    return far(value, slot.issued_on, signed=slot.leaf is not None and slot.leaf.datatype == "certification")


def _dated(slot: Slot) -> bool:
    return slot.cell.role == "answer" and slot.leaf is not None and slot.leaf.dates(slot.cell)
