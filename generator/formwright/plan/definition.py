"""The definition of a plan: its parts, its checklist, all its wording, and its rules with their strength.

`load` tells all faults of a file at once: YAML, fields, ids, conditions, placeholders, rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr

from formwright import schema, yamlfile
from formwright.definition import Id, Masthead, prefix
from formwright.errors import Fault, Faults
from formwright.plan import rules, words
from formwright.schema import Truth
from formwright.text import LocalText
from formwright.yamlfile import Path

Priority = Literal["high", "medium", "low"]
PRIORITIES: Final[tuple[Priority, ...]] = ("high", "medium", "low")
"""In the order of the project list (SOP L585)."""
Strength = Literal["refuse", "warn"]


def _all_priorities(value: Mapping[Priority, LocalText]) -> Mapping[Priority, LocalText]:
    if missing := [name for name in PRIORITIES if name not in value]:
        raise ValueError(f"the words for {', '.join(missing)} are missing\nGive words for high, medium and low.")
    return value


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class When(_Part):
    """A line that is printed where its condition holds (always without one)."""

    text: LocalText
    when: str = ""
    source: str = ""


class Representatives(_Part):
    """What those who speak for Customs are called, by the kind of account."""

    AM: LocalText
    PAT: LocalText


class Cover(_Part):
    """The side heads of the cover sheet."""

    address: LocalText
    contact: LocalText
    port: LocalText
    representative: Representatives
    period: LocalText
    period_text: LocalText
    date: LocalText
    distribution: LocalText
    source: str = ""


class Contents(_Part):
    title: LocalText
    source: str = ""


class CheckItem(_Part):
    """One row; `other`: what it is about is said in the plan (Other)."""

    id: Id
    label: str
    text: LocalText
    note: LocalText = ""
    other: Truth = False


class CheckGroup(_Part):
    id: Id
    number: str
    title: LocalText
    items: tuple[CheckItem, ...]


class Requested(_Part):
    """The head over what the account asked for."""

    number: str
    title: LocalText


class Checklist(_Part):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: LocalText
    lead: LocalText = ""
    yes: LocalText
    no: LocalText
    checked: LocalText
    unchecked: LocalText
    note: LocalText = ""
    reasons: LocalText
    item: LocalText
    reason: LocalText
    groups: tuple[CheckGroup, ...]
    requested: Requested
    source: str = ""


class Element(_Part):
    """One thing that the background says."""

    id: Id
    label: LocalText
    source: str = ""


class Background(_Part):
    title: LocalText
    paragraphs: tuple[LocalText, ...] = ()
    elements: tuple[Element, ...]
    source: str = ""


class Scope(_Part):
    """discovery: code -> how noncompliance was found, in words."""

    title: LocalText
    sentences: tuple[LocalText, ...]
    discovery: Mapping[Id, LocalText]
    statement: LocalText = ""
    source: str = ""


class Responsible(_Part):
    customs: LocalText
    account: LocalText


class Timeline(_Part):
    alternative: LocalText
    one: LocalText
    step: LocalText
    follow_up: LocalText


class Projects(_Part):
    title: LocalText
    lead: LocalText = ""
    priorities: Annotated[Mapping[Priority, LocalText], AfterValidator(_all_priorities)]
    step: LocalText
    responsible: LocalText
    due: LocalText
    goal: LocalText
    from_source: LocalText
    follow_up: LocalText
    who: Responsible
    timeline: Timeline
    source: str = ""


class Approval(_Part):
    title: LocalText
    note: LocalText = ""
    signers: tuple[When, ...]
    source: str = ""


class FindWords(_Part):
    """What is said of one thing that a rule finds, and how it is mended."""

    strength: Strength
    says: LocalText
    fix: LocalText = ""


class RuleWords(_Part):
    """A rule as a reader needs it: the line of its source, what it asks, its thresholds, what it finds."""

    source: str
    rule: LocalText
    limits: Mapping[str, int] = Field(default_factory=dict)
    finds: Mapping[str, FindWords]


class PlanDefinition(BaseModel):
    """A plan before any account. `letter` begins its issues' ids."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    version: str
    document: Literal["plan"]
    title: LocalText
    letter: Annotated[str, AfterValidator(prefix)] = "P"
    language: str = "en"
    source: str = ""
    masthead: Masthead = Masthead()
    cover: Cover
    distribution: tuple[When, ...] = ()
    contents: Contents | None = None
    checklist: Checklist
    background: Background
    scope: Scope
    projects: Projects
    approval: Approval
    rules: Mapping[str, RuleWords]

    _document: yamlfile.Document | None = PrivateAttr(default=None)

    def items(self) -> Iterator[tuple[CheckGroup, CheckItem]]:
        """Yield every row of the checklist with its group, in order."""
        for group in self.checklist.groups:
            for item in group.items:
                yield group, item

    def fault(self, path: Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault at a place of the definition's file."""
        if self._document is None:
            return Fault(code, message, fix)
        return self._document.fault(path, code, message, fix, item="")


def load(data: bytes | str, name: str) -> PlanDefinition:
    """Return the definition in `data`; `name` is the file's name as told in faults. Raises Faults, all at once."""
    return _load(data, name)


@lru_cache(maxsize=16)
def _load(data: bytes | str, name: str) -> PlanDefinition:
    document = yamlfile.parse(data, name)
    made, faults = schema.validate(document, PlanDefinition)
    if made is not None:
        made._document = document
        faults.extend(_faults(made, document))
    if made is None or faults:
        raise Faults(faults)
    return made


def _faults(made: PlanDefinition, document: yamlfile.Document) -> Iterator[Fault]:
    stem = document.file.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    if stem != made.id:
        message = f'the id is "{made.id}", but the file is called "{stem}".'
        yield made.fault(("id",), "file_name", message, "Let both be the same.")
    yield from _doubled(made)
    yield from words.faults(made)
    yield from rules.faults(made)


def _doubled(made: PlanDefinition) -> Iterator[Fault]:
    """An id is one row of the checklist, or one element of the background."""
    rows = [
        (("checklist", "groups", at, "items", place, "id"), item.id)
        for at, group in enumerate(made.checklist.groups)
        for place, item in enumerate(group.items)
    ]
    elements = [
        (("background", "elements", at, "id"), element.id) for at, element in enumerate(made.background.elements)
    ]
    for named in (rows, elements):
        seen: set[str] = set()
        for path, id in named:
            if id in seen:
                message = f'the id "{id}" is given twice.'
                yield made.fault(path, "duplicate_id", message, "Give each an id of its own.")
            seen.add(id)
