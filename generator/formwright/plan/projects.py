"""The project list: the timeline, then a table for each priority, in the order of the source (SOP L583-585)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from formwright.days import short_date
from formwright.layout import Block, Column, Grid, Group, Row, Run
from formwright.plan import timeline
from formwright.plan.case import Case
from formwright.plan.definition import PRIORITIES
from formwright.plan.model import Project, Step

ANCHOR: Final = "projects"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A project with the number that it is printed with: P1, P2 ... in the order of the list."""

    number: str
    project: Project


def part(case: Case) -> Group:
    """Return the project list."""
    made = case.definition.projects
    title = case.words(made.title)
    every = ordered(case)
    return Group(
        role="section",
        title=title,
        where=title,
        anchor=ANCHOR,
        runs=case.runs(made.lead),
        blocks=(*_timeline(case, every), *_tables(case, every)),
        keep=False,
    )


def ordered(case: Case) -> tuple[Numbered, ...]:
    """Return the projects by priority, high first; ties in the order of the checklist, then of the file (PLAN-4)."""

    def place(project: Project) -> tuple[int, int]:
        priority = PRIORITIES.index(project.priority) if project.priority else len(PRIORITIES)
        return priority, case.checklist.place(project)

    found = sorted(case.plan.projects, key=place)
    return tuple(Numbered(f"P{at}", project) for at, project in enumerate(found, start=1))


def _timeline(case: Case, every: tuple[Numbered, ...]) -> Iterator[Block]:
    bars = [_bar(one) for one in every]
    period = case.plan.period
    days = (period.first, period.last) if period else (None, None)
    yield from timeline.figures(bars, days, case.definition.projects.timeline, case.language)


def _bar(one: Numbered) -> timeline.Bar:
    project = one.project
    steps = tuple(step.due for step in project.steps if step.due)
    follow_up = project.follow_up.due if project.follow_up else None
    return timeline.Bar(one.number, project.short or project.title, steps, follow_up)


def _tables(case: Case, every: tuple[Numbered, ...]) -> Iterator[Grid]:
    made = case.definition.projects
    columns = tuple(
        Column(title=case.words(words), width=width)
        for words, width in ((made.step, 8), (made.responsible, 4), (made.due, 2))
    )
    for priority in PRIORITIES:
        rows = [row for one in every if one.project.priority == priority for row in _rows(case, one)]
        if rows:
            name = case.words(made.priorities[priority])
            yield Grid(name=name, role="projects", columns=columns, rows=tuple(rows))


def _rows(case: Case, one: Numbered) -> Iterator[Row]:
    """Yield the rows of one project: its head, its steps, its follow-up last."""
    project, made = one.project, case.definition.projects
    about = ", ".join(row.name for row in case.checklist.of(project))
    goal = f"{case.words(made.goal)}: {project.goal}"
    source = f" {case.words(made.from_source)}: {project.source}." if project.source else ""
    cells = ((Run(project.title),), (Run(about, "quiet"),), (Run(goal + source),))
    yield Row(id=project.id, kind="project", number=one.number, cells=cells)
    for at, step in enumerate(project.steps, start=1):
        done = ((Run(step.text),), *_whose(case, step))
        yield Row(id=f"{project.id}_{at}", kind="step", number=str(at), cells=done)
    if project.follow_up:
        words = (Run(case.words(made.follow_up), "strong"), Run(f" {project.follow_up.text}"))
        yield Row(id=f"{project.id}_after", kind="followup", cells=(words, *_whose(case, project.follow_up)))


def _whose(case: Case, step: Step) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return who is responsible, Customs or the account first (SOP L521), and when it is due."""
    who = case.words(getattr(case.definition.projects.who, step.responsible)) if step.responsible else ""
    name = (Run(f", {step.who}"),) if step.who else ()
    due = short_date(step.due, case.language) if step.due else ""
    return (Run(who, "strong"), *name), (Run(due, "together"),)
