"""PLAN-3: each item is checked; what is checked Yes is in the plan, and nothing else is (SOP L563-565, L591)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from formwright.plan.case import Case
from formwright.plan.checklist import Row
from formwright.plan.model import Project
from formwright.plan.rules._base import Finding, PlanRule
from formwright.schema import nearest


class Plan3(PlanRule):
    """Find items without an answer, without a reason or without a project, and projects about nothing checked Yes."""

    name = "PLAN-3"
    finds: ClassVar = {
        "unanswered": ("item", "key"),
        "no_reason": ("item", "key"),
        "no_project": ("item", "key"),
        "project_of_no": ("project", "item", "key"),
        "no_such_item": ("key", "near"),
        "no_items": ("project",),
        "no_words": ("item", "key"),
    }

    def check(self, case: Case) -> Iterator[Finding]:
        if not case.plan.checklist:
            return  # PLAN-1 says so
        named = {id for project in case.plan.projects for id in project.items}
        fixed = tuple(item.id for _, item in case.definition.items())
        for id in case.plan.checklist:
            if id not in fixed:
                yield Finding("no_such_item", ("checklist", id), {"key": id, "near": nearest(id, fixed)}, key=True)
        for row in case.checklist.rows:
            yield from _of_row(row, row.id in named)
        for at, project in enumerate(case.plan.projects):
            yield from _of_project(case, at, project)


def _of_row(row: Row, has_project: bool) -> Iterator[Finding]:
    facts = {"item": row.name, "key": row.id}
    if row.asked and not row.text:
        yield Finding("no_words", (*row.path, "text"), {"item": row.code, "key": row.id}, row.id)
    if row.answer is None:
        yield Finding("unanswered", (*row.path, "answer"), facts, row.id)
    elif row.answer != "yes":
        if not row.reason:
            yield Finding("no_reason", (*row.path, "reason"), facts, row.id)
    else:
        if row.other and not row.said:
            yield Finding("no_words", (*row.path, "text"), facts, row.id)
        if not has_project:
            yield Finding("no_project", (*row.path, "answer"), facts, row.id)


def _of_project(case: Case, at: int, project: Project) -> Iterator[Finding]:
    if not project.items:
        yield Finding("no_items", ("projects", at, "items"), {"project": project.title or project.id}, project.id)
    for place, id in enumerate(project.items):
        row = case.checklist.row(id)
        path = ("projects", at, "items", place)
        if row is None:
            near = nearest(id, (one.id for one in case.checklist.rows))
            yield Finding("no_such_item", path, {"key": id, "near": near}, project.id)
        elif row.answer in ("no", "na"):
            facts = {"project": project.title or project.id, "item": row.name, "key": id}
            yield Finding("project_of_no", path, facts, project.id)
