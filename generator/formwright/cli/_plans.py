"""What the verbs say of action plans: their definition with its rules, the plan of an account, one that went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from formwright import planning
from formwright.cli import _shared as shared
from formwright.plan import definition as definitions
from formwright.plan.definition import PlanDefinition
from formwright.text import pick

if TYPE_CHECKING:
    from formwright.issue import Issue
    from formwright.sources import Source


def definition(source: Source) -> int:
    """Print a plan's definition: its checklist, what its background says, its rules."""
    for line in _of_definition(definitions.load(source.data, source.name)):
        click.echo(line)
    return 0


def _of_definition(made: PlanDefinition) -> Iterator[str]:
    yield f"{pick(made.title, made.language)}, version {made.version}"
    yield f"{pick(made.checklist.title, made.language)} ({made.checklist.source})"
    for group, item in made.items():
        yield f"  {group.number}.{item.label} {item.id}: {pick(item.text, made.language)}"
    yield f"{pick(made.background.title, made.language)} ({made.background.source})"
    for element in made.background.elements:
        yield f"  {element.id}: {pick(element.label, made.language)} ({element.source})"
    yield "Rules"
    for name, rule in made.rules.items():
        yield f"  {name} ({rule.source}): {pick(rule.rule, made.language)}"
        for code, words in rule.finds.items():
            yield f"    {words.strength}, {code}: {pick(words.says, made.language)}"


def of_account(named: str, account: str) -> int:
    """Print the plan of an account as it stands, then what is wrong with it; return the exit code."""
    with shared.opened() as workspace:
        found = planning.checked(workspace, workspace.plan(account), named)
    for line in _of_plan(planning.paper(found.case).form):
        click.echo(line)
    for fault in found.refused:
        click.echo(str(fault), err=True)
    return 1 if found.refused else 0


def issued(issue: Issue) -> int:
    """Print a plan as it went out."""
    for line in _of_plan(issue.form):
        click.echo(line)
    return 0


def _of_plan(form: Mapping[str, Any]) -> Iterator[str]:
    plan = form["plan"]
    period = plan["period"] or {}
    yield f"{form['account']['name']}, {period.get('from')} to {period.get('to')}, dated {plan['date']}"
    yield f"Copies: {'; '.join(form['distribution'])}"
    for id, answer in plan["checklist"].items():
        yield f"  {id}: {answer['answer'] or '(not checked)'}{_after(answer['reason'])}"
    for item in plan["requested"]:
        yield f"  {item['id']}: {item['answer'] or '(not checked)'}  {item['text']}{_after(item['reason'])}"
    for project in plan["projects"]:
        yield f"{project['id']}, {project['priority']}: {project['title']} ({', '.join(project['items'])})"
        yield f"  Goal: {project['goal']}"
        for step in (*project["steps"], *filter(None, (project["follow_up"],))):
            kind = f"{step['kind']}: " if "kind" in step else ""
            yield f"  {step['due']}  {step['responsible']}{_after(step['who'])}  {kind}{step['text']}"


def _after(words: str) -> str:
    return f", {words}" if words else ""
