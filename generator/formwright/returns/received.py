"""What a record is computed from, beside the issue: returns as read, with their sources, and what a person decided."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from formwright.raw import RawReturn
from formwright.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that came back: its name, the hash of its bytes, how it was read, the program that saved it, and when it
    came in (ISO text, given from outside)."""

    name: str
    sha256: str
    format: str
    method: str
    producer: str
    received_at: str

    def as_json(self) -> dict[str, str]:
        """Return the source as the record holds it."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "format": self.format,
            "method": self.method,
            "producer": self.producer,
            "received_at": self.received_at,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A return of an issue; `submitted_by` is who sent it as the operator states it, "" where nobody knows;
    `sequence` its place in what happened to the issue (clocks go back), 0 where only its time is known."""

    source: Source
    raw: RawReturn
    submitted_by: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person says that stands in one place: heard on the telephone, read from handwriting, or chosen between
    several values. `value` is text as it would be typed; "" says that the place is empty; `sequence` as in Received;
    `kept`: it was taken before, and is not refused any more."""

    key: str
    value: str
    by: str
    why: str
    at: str
    sequence: int = 0
    kept: bool = False


def same_person(name: str) -> str:
    """Return a name as it is compared: no case, no marks, no doubled blanks; "O'Neil, Ann" is "ann o neil"."""
    last, comma, first = name.partition(",")
    if comma and "," not in first:
        name = f"{first} {last}"
    letters = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


def distinct(returns: Iterable[Received]) -> tuple[Received, ...]:
    """Return the returns in a fixed order, each file once: the same bytes twice change nothing.

    The order is that of arrival, then of the hash, so that no result hangs on the order in which they are given. Of
    several sightings of the same bytes the first to arrive stands.
    """
    found: dict[str, Received] = {}
    for one in sorted(returns, key=_arrival):
        found.setdefault(one.source.sha256, one)
    return tuple(found.values())


def _arrival(one: Received) -> tuple[int | str, ...]:
    source = one.source
    return (one.sequence, source.received_at, source.sha256, source.name, clean(one.submitted_by), source.method)
