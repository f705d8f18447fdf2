"""The checklist of one plan: the rows of the definition and those that the account asked for, each with its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formwright.plan.definition import PlanDefinition
from formwright.plan.model import Answer, Mark, Plan, Project
from formwright.text import pick, plain
from formwright.yamlfile import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it is printed. number: of its group; label: its own; path: its place in the plan's file, where it
    has one; `other`: what it is about is said in the plan, and stands in `said`."""

    id: str
    number: str
    label: str
    text: str
    note: str
    other: bool
    asked: bool
    answer: Mark | None
    reason: str
    said: str
    path: Path

    @property
    def code(self) -> str:
        """Return how the row is cited: 1.A."""
        return f"{self.number}.{self.label}"

    @property
    def name(self) -> str:
        """Return the row's number and words: 1.A Classification."""
        return f"{self.code} {self.text}" + (f": {self.said}" if self.said and self.other else "")


@dataclass(frozen=True, slots=True)
class Checklist:
    """The rows in their order."""

    rows: tuple[Row, ...]

    def row(self, id: str) -> Row | None:
        """Return the row of an id, or None."""
        return next((row for row in self.rows if row.id == id), None)

    def of(self, project: Project) -> tuple[Row, ...]:
        """Return the rows that a project is about, in the order of the checklist; ids of no row are left out."""
        return tuple(row for row in self.rows if row.id in project.items)

    def place(self, project: Project) -> int:
        """Return where the first row of a project stands: by it projects of one priority are put in order (L585)."""
        places = [place for place, row in enumerate(self.rows) if row.id in project.items]
        return min(places, default=len(self.rows))


def checklist(definition: PlanDefinition, plan: Plan) -> Checklist:
    """Return the checklist of a plan; a row that the plan does not name has no answer."""
    return Checklist((*_fixed(definition, plan), *_requested(definition, plan)))


def _fixed(definition: PlanDefinition, plan: Plan) -> Iterator[Row]:
    language = definition.language
    for group, item in definition.items():
        given = plan.checklist.get(item.id, Answer())
        yield Row(
            id=item.id,
            number=group.number,
            label=item.label,
            text=plain(pick(item.text, language)),
            note=plain(pick(item.note, language)),
            other=item.other,
            asked=False,
            answer=given.answer,
            reason=given.reason,
            said=given.text,
            path=("checklist", item.id),
        )


def _requested(definition: PlanDefinition, plan: Plan) -> Iterator[Row]:
    for at, item in enumerate(plan.requested):
        yield Row(
            id=item.id,
            number=definition.checklist.requested.number,
            label=str(at + 1),
            text=item.text,
            note="",
            other=False,
            asked=True,
            answer=item.answer,
            reason=item.reason,
            said=item.text,
            path=("requested", at),
        )
