"""The manifest of an issued Word file, by question, table and row: where each place was when it went out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from formwright import ids
from formwright.readers._base import Place

TEXTS: Final = ("line", "area", "date")
PLACES: Final = (*TEXTS, "list", "tick")
QUESTION: Final = "_Q_"
SECTION: Final = "_S_"


def plain(text: str) -> str:
    """Return a text as printed words are compared: plain blanks, one at a time, plain hyphens."""
    words = " ".join(text.split())
    return words if words.isascii() else words.replace("\u2011", "-").replace("\u00ad", "")


@dataclass(slots=True, eq=False)
class TablePlan:
    """A table of a question as it went out: row -> its places; `words` are those that stand over and in it."""

    region: str
    ordinal: int
    rows: dict[int, list[Place]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    @property
    def height(self) -> int:
        """Return the number of its rows, as far as places tell."""
        return max(self.rows) + 1

    @property
    def width(self) -> int:
        """Return the number of its columns, as far as places tell."""
        return max(place.at[2] for places in self.rows.values() for place in places) + 1


@dataclass(slots=True, eq=False)
class RegionPlan:
    """A question as it went out: its heading, its tables by number, and its ticks that stand in none, in order."""

    name: str
    heading: Place | None = None
    tables: dict[int, TablePlan] = field(default_factory=dict)
    loose: list[Place] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Manifest:
    """All of it. keys: key -> its places, in order; names: tag -> place; aliases: alias -> place, where it is the only
    one of it; lines: every line of ours in order, as `plain` has it; printed: the same and all other words of ours;
    order: the names of all controls, marks: those of the bookmarks at headings, as they follow each other."""

    keys: dict[str, list[Place]] = field(default_factory=dict)
    names: dict[str, Place] = field(default_factory=dict)
    aliases: dict[str, Place | None] = field(default_factory=dict)
    regions: dict[str, RegionPlan] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Tell whether it lists what was printed, so that what somebody wrote between can be told from it."""
        return bool(self.lines)


def manifest(places: Sequence[Place]) -> Manifest:
    """Return a manifest in order."""
    made = Manifest()
    for place in places:
        made.keys.setdefault(place.key, []).append(place)
        made.names[place.name] = place
        if place.kind == "text":
            lines, _, captions = place.words.partition("\n\n")
            made.lines = lines.split("\n")
            made.printed.update(made.lines, captions.split("\n"))
            continue
        region = made.regions.get(place.region)
        if region is None:
            region = made.regions[place.region] = RegionPlan(place.region)
        if place.kind == "heading":
            region.heading = place
            made.marks.append(place.name)
        elif place.kind in PLACES:
            made.order.append(place.name)
            made.aliases[place.alias] = None if place.alias in made.aliases else place
            _put(region, place)
        if place.words:
            made.printed.add(plain(place.words))
    return made


def _put(region: RegionPlan, place: Place) -> None:
    if not place.at:
        region.loose.append(place)
        return
    number, row, _ = place.at
    table = region.tables.get(number)
    if table is None:
        table = region.tables[number] = TablePlan(region.name, number)
    table.rows.setdefault(row, []).append(place)
    if place.words:
        table.words.add(plain(place.words))


# ---- keys of rows -------------------------------------------------------------------------------


def row_of(key: str) -> str:
    """Return the key of the row that a key stands in (`officers.r3`), "" for one that stands in none."""
    segments = key.split(".")
    for at in range(len(segments) - 1, 0, -1):
        name = segments[at].partition("_")[0]
        if ids.row_number(name):
            return ids.join(*segments[:at], name)
    return ""


def last_row(keys: Iterable[str], table: str) -> int:
    """Return the highest number of a row of `table` that any key names."""
    start = f"{table}."
    names = (key[len(start) :].split(".")[0].partition("_")[0] for key in keys if key.startswith(start))
    return max((ids.row_number(name) or 0 for name in names), default=0)
