"""Printed numbers: section letter and label ("E.2"), part labels behind ("E.3a").

    follow        items count 1, 2, 3 ... in the order in which this account gets them, so that no number is missing;
                  labelled parts keep the source's letters with their gaps (E.3: a, b, c, e ...). Where nothing was
                  dropped, added or moved, that is the source's numbering, if it has no gaps of its own
    source        items keep the source's labels too, with the gaps that are left; an item without one (added by an
                  overlay, or moved away from its place) takes the next free number at the end of a section, and
                  inside it the number before with a capital: "E.2A"
    consecutive   as `follow`, and parts count a, b, c ... too, whatever their labels are

Ids never change; only what is printed does. An info item without a label has no number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, Protocol

from formwright.kinds._base import Kind

Numbering = Literal["follow", "source", "consecutive"]


class Numbered(Protocol):
    """A section, as far as numbers go."""

    @property
    def id(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def items(self) -> Sequence[Kind]: ...


def labels(items: Sequence[Kind], numbering: Numbering, moved: Collection[str] = ()) -> list[str]:
    """Return the label of each item of a section, "" for one without a number; `moved` lost their source label."""
    own = [item.label if item.label and item.id not in moved else "" for item in items]
    counted = [bool(item.label) or item.datatype != "none" for item in items]
    if numbering != "source":
        return list(_count(counted))
    taken = set(own)
    found: list[str] = []
    before = ""
    for label, counts in zip(own, counted, strict=True):
        chosen = label or (_free(before, taken) if counts else "")
        taken.add(chosen)
        before = chosen or before
        found.append(chosen)
    return found


def _count(counted: Iterable[bool]) -> Iterator[str]:
    number = 0
    for counts in counted:
        number += counts
        yield str(number) if counts else ""


def _free(before: str, taken: Collection[str]) -> str:
    """Return the next number, or else the number before with the first free capital."""
    stem = before.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or "0"
    if stem == before or not before:
        following = str(int(stem) + 1) if stem.isdigit() else ""
        if following and following not in taken:
            return following
    capitals = (f"{stem}{chr(code)}" for code in range(ord("A"), ord("Z") + 1))
    return next((label for label in capitals if label not in taken), f"{stem}Z+")


def letters(parts: Sequence[Kind], numbering: Numbering) -> list[str | None]:
    """Return the label of each part: as given, or a, b, c ... where consecutive. A part without one stays without."""
    if numbering != "consecutive":
        return [part.label for part in parts]
    count = -1
    found: list[str | None] = []
    for part in parts:
        count += bool(part.label)
        found.append(_letter(count) if part.label else None)
    return found


def _letter(count: int) -> str:
    return chr(ord("a") + count) if count < 26 else f"{chr(ord('a') + count // 26 - 1)}{chr(ord('a') + count % 26)}"


def numbers(sections: Iterable[Numbered], numbering: Numbering, moved: Collection[str] = ()) -> dict[str, str]:
    """Return id -> printed number of every section ("C"), item ("C.3") and labelled part (`item.part`: "E.3b")."""
    found: dict[str, str] = {}
    for section in sections:
        found[section.id] = section.letter
        for item, label in zip(section.items, labels(section.items, numbering, moved), strict=True):
            number = f"{section.letter}.{label}" if label and section.letter else label
            found[item.id] = number
            parts = item.children()
            for part, letter in zip(parts, letters(parts, numbering), strict=True):
                if letter and item.datatype == "composite":
                    found[f"{item.id}.{part.id}"] = f"{number}{letter}"
    return found
