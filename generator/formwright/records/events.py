"""What happened to an issue: one append-only row each, ordered by sequence (clocks go back, sequences do not)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

EventKind = Literal["issued", "received", "sent", "refused", "answered", "withdrawn", "superseded"]
"""issued: sent out. received: a return was taken in (data: source, raw, submitted_by). sent: `by` sent
the bytes of a return that was taken in before (data: sha256); the last one named holds. refused: a file made no record
(data: source, refused; of no issue where none was found). answered: an operator says what a key holds (data: key,
value, why). withdrawn, superseded (data: by_issue): the issue no longer counts.

The same bytes a second time are no event, unless another sender is named: nothing else happened."""

KINDS: Final[tuple[str, ...]] = get_args(EventKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event that is about to be stored.

    at: UTC, ISO 8601 with seconds; by: who did it, "" if unsaid; once: a text that no other event has
    (`received:<sha256>`): the store takes the first and declines all others, whichever process comes first.
    """

    kind: EventKind
    at: str
    issue: str = ""
    by: str = ""
    once: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Happening):
    """A stored event; `sequence` grows by the order of storing."""

    sequence: int
