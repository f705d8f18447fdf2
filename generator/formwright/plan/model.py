"""A plan: what was agreed with one account, as one YAML file says it. What is not decided yet may stand empty.

    Plan
    ├── period, date, address, port, representatives, contact, distribution     cover sheet (SOP L555)
    ├── checklist, requested                                                   yes, or no/NA with its reason (L591)
    ├── background, scope                                                      (L571-581)
    └── projects: steps, follow_up                                             (L585)

The model takes what can be taken and faults what cannot (a date that is none, a key that is not known). Whether a plan
is complete is for the rules to say, so that a half-written one is told all that it lacks at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from formwright import schema, yamlfile
from formwright.definition import Id
from formwright.errors import Fault, Faults
from formwright.plan.definition import Priority
from formwright.schema import Truth
from formwright.text import clean
from formwright.yamlfile import Path

Mark = Literal["yes", "no", "na"]


def _words(value: Any) -> Any:
    """Nothing is an empty text, and a number is as good as its text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean(value) if isinstance(value, str) else "" if value is None else value


def _rows(value: Any) -> Any:
    """Nothing is an empty list."""
    return () if value is None else value


def _fields(value: Any) -> Any:
    """Nothing is a mapping without fields."""
    return {} if value is None else value


def _day(value: Any) -> Any:
    """Take a text such as 2027-01-11, or nothing."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else int("")
    except ValueError:
        raise ValueError(f'"{value}" is not a date\nWrite it as year-month-day, such as 2027-01-11.') from None


def _answer(value: Any) -> Any:
    """A bare yes, no or na is an answer without a reason; nothing is an answer that is still to be given."""
    return {"answer": value} if value is None or isinstance(value, str) else value


Words = Annotated[str, BeforeValidator(_words)]
Day = Annotated[date | None, BeforeValidator(_day)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(_Part):
    """The first and the last day that the plan covers."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    first: Annotated[Day, Field(alias="from")] = None
    last: Annotated[Day, Field(alias="to")] = None


class Person(_Part):
    name: Words = ""
    title: Words = ""
    phone: Words = ""


class Answer(_Part):
    """A row of the checklist; `text`: what an Other item is about."""

    answer: Mark | None = None
    reason: Words = ""
    text: Words = ""


class Requested(_Part):
    """An item that the account asked for."""

    id: Id
    text: Words = ""
    answer: Mark | None = None
    reason: Words = ""


class Background(_Part):
    """facts: element of the definition -> words; paragraphs: in place of the definition's."""

    facts: Annotated[Mapping[str, Words], BeforeValidator(_fields)] = Field(default_factory=dict)
    paragraphs: Annotated[tuple[Words, ...], BeforeValidator(_rows)] = ()


class Scope(_Part):
    """compliance, business: the objectives; discovery: how noncompliance was found, codes of the definition;
    paragraphs: in place of the definition's sentences; statement: in place of its sentence on reasonable care."""

    compliance: Words = ""
    business: Words = ""
    discovery: Annotated[tuple[str, ...], BeforeValidator(_rows)] = ()
    paragraphs: Annotated[tuple[Words, ...], BeforeValidator(_rows)] = ()
    statement: str | None = None


class Step(_Part):
    """responsible: Customs or the account (SOP L521); who: the name of a person there."""

    text: Words = ""
    responsible: Literal["customs", "account"] | None = None
    who: Words = ""
    due: Day = None


class FollowUp(Step):
    """The step by which is seen whether the goal was met: an account self-test, an evaluation, or an update (L514)."""

    kind: Literal["self_test", "evaluation", "update"] | None = None


class Project(_Part):
    """items: ids of the checklist; short: its name on the timeline; proposer: who proposed it (L722); source: the
    account's compliance improvement plan, where it comes from there (L508)."""

    id: Id
    title: Words = ""
    short: Words = ""
    items: Annotated[tuple[str, ...], BeforeValidator(_rows)] = ()
    goal: Words = ""
    priority: Priority | None = None
    proposer: Words = ""
    source: Words = ""
    steps: Annotated[tuple[Step, ...], BeforeValidator(_rows)] = ()
    follow_up: FollowUp | None = None


class Plan(BaseModel):
    """The plan of one account; `address` and `port` where they differ from the profile's; distribution: who gets a copy
    besides those of the definition; special_exams: it includes special exams or summary reviews (SOP L533)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    account: Id
    period: Period | None = None
    date: Day = None
    address: Words = ""
    port: Words = ""
    representatives: Annotated[tuple[Person, ...], BeforeValidator(_rows)] = ()
    contact: Person | None = None
    distribution: Annotated[tuple[Words, ...], BeforeValidator(_rows)] = ()
    special_exams: Truth = False
    checklist: Annotated[Mapping[str, Annotated[Answer, BeforeValidator(_answer)]], BeforeValidator(_fields)] = Field(
        default_factory=dict
    )
    requested: Annotated[tuple[Requested, ...], BeforeValidator(_rows)] = ()
    background: Background | None = None
    scope: Scope | None = None
    projects: Annotated[tuple[Project, ...], BeforeValidator(_rows)] = ()

    _document: yamlfile.Document | None = PrivateAttr(default=None)

    def fault(self, path: Path, code: str, message: str, fix: str = "", *, item: str = "", key: bool = False) -> Fault:
        """Return a fault at a place of the plan's file, or at the nearest thing that holds it: at its key, where it is
        there and empty. `item`: the project or row that it is about."""
        document = self._document
        if document is None:
            return Fault(code, message, fix, item=item)
        while path and path not in document.values:
            path = path[:-1]
        empty = document.written.get(path) == ""
        return document.fault(path, code, message, fix, item=item, key=key or empty)

    def written(self) -> Iterator[tuple[Path, str]]:
        """Yield every text of the file that it was read from, with its place for `fault`."""
        if self._document is not None:
            yield from self._document.texts()


def load(data: bytes | str, name: str) -> Plan:
    """Return the plan in a YAML file called `name`. Raises Faults, all at once."""
    return _load(data, name)


@lru_cache(maxsize=64)
def _load(data: bytes | str, name: str) -> Plan:
    document = yamlfile.parse(data, name)
    made, faults = schema.validate(document, Plan)
    if made is not None:
        made._document = document
        faults.extend(_doubled(made))
    if made is None or faults:
        raise Faults(faults)
    return made


def _doubled(made: Plan) -> Iterator[Fault]:
    """A project, or an item that was asked for, has an id of its own: it is known by it from one plan to the next."""
    for name, ids in (
        ("projects", [project.id for project in made.projects]),
        ("requested", [item.id for item in made.requested]),
    ):
        for index, id in enumerate(ids):
            if id in ids[:index]:
                message = f'the id "{id}" stands twice in {name}.'
                yield made.fault((name, index, "id"), "duplicate_id", message, "Give this one an id of its own.")
