"""PLAN-5: what a project is made of, and that its dates can be kept (SOP L507, L514, L521-523, L585)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final

from formwright.plan.case import Case
from formwright.plan.model import FollowUp, Project, Step
from formwright.plan.rules._base import Finding, PlanRule
from formwright.yamlfile import Path

_OF_STEP: Final = (
    ("text", "words"),
    ("responsible", "responsible party (customs or account)"),
    ("due", "due date"),
)


class Plan5(PlanRule):
    """Find what a project, a step or a follow-up lacks, and due dates that can't be or are not in the period."""

    name = "PLAN-5"
    finds: ClassVar = {
        "lacks": ("project", "what", "key"),
        "step_lacks": ("project", "number", "what", "key"),
        "no_follow_up": ("project",),
        "follow_up_lacks": ("project", "what", "key"),
        "too_early": ("project", "what", "due", "date"),
        "too_late": ("project", "what", "due", "to"),
        "before_steps": ("project", "due", "last"),
    }

    def check(self, case: Case) -> Iterator[Finding]:
        for at, project in enumerate(case.plan.projects):
            path: Path = ("projects", at)
            yield from _parts(path, project)
            yield from _dates(case, path, project)


def _parts(path: Path, project: Project) -> Iterator[Finding]:
    name = {"project": project.title or project.id}
    for key, what in (("title", "title"), ("goal", "goal"), ("steps", "steps")):
        if not getattr(project, key):
            yield Finding("lacks", (*path, key), {**name, "what": what, "key": key}, project.id)
    for at, step in enumerate(project.steps):
        for key, what in _OF_STEP:
            if not getattr(step, key):
                facts = {**name, "number": str(at + 1), "what": what, "key": key}
                yield Finding("step_lacks", (*path, "steps", at, key), facts, project.id)
    if project.follow_up is None:
        yield Finding("no_follow_up", (*path, "follow_up"), name, project.id)
        return
    for key, what in (("kind", "kind (self_test, evaluation or update)"), *_OF_STEP):
        if not getattr(project.follow_up, key):
            facts = {**name, "what": what, "key": key}
            yield Finding("follow_up_lacks", (*path, "follow_up", key), facts, project.id)


def _dates(case: Case, path: Path, project: Project) -> Iterator[Finding]:
    plan = case.plan
    last = plan.period.last if plan.period else None
    for place, what, step in _steps(path, project):
        if step.due is None:
            continue
        facts = {"project": project.title or project.id, "what": what, "due": step.due.isoformat()}
        if plan.date and step.due <= plan.date:
            yield Finding("too_early", place, {**facts, "date": plan.date.isoformat()}, project.id)
        if last and step.due > last:
            yield Finding("too_late", place, {**facts, "to": last.isoformat()}, project.id)
    yield from _order(path, project)


def _steps(path: Path, project: Project) -> Iterator[tuple[Path, str, Step]]:
    for at, step in enumerate(project.steps):
        yield (*path, "steps", at, "due"), f"step {at + 1}", step
    if project.follow_up:
        yield (*path, "follow_up", "due"), "the follow-up", project.follow_up


def _order(path: Path, project: Project) -> Iterator[Finding]:
    """A follow-up sees whether the steps were done, so it comes after them."""
    last: date | None = max((step.due for step in project.steps if step.due), default=None)
    follow_up: FollowUp | None = project.follow_up
    if last and follow_up and follow_up.due and follow_up.due < last:
        name = project.title or project.id
        facts = {"project": name, "due": follow_up.due.isoformat(), "last": last.isoformat()}
        yield Finding("before_steps", (*path, "follow_up", "due"), facts, project.id)
