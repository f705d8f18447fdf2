"""A new plan: a file with all its keys, filled with what the profile knows, for a person to complete.

What is not known stands empty, so that `plan check` tells all that is still to be decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from formwright.account import Account
from formwright.plan.definition import PlanDefinition
from formwright.plan.facts import listed
from formwright.text import pick, plain


def text(definition: PlanDefinition, account: Account, on: date) -> str:
    """Return the YAML of a new plan of an account, dated `on`, for one year from the next month's first day."""
    first = _next_month(on)
    last = first.replace(year=first.year + 1) - timedelta(days=1)
    lines = (
        f"# The action plan of {' '.join(account.name.split())}",
        f"# What stands empty is still to be decided: formwright plan check {account.id}",
        f"account: {account.id}",
        f"period: {{from: {first}, to: {last}}}",
        f"date: {on}",
        *_people(account),
        "distribution: []  # who gets a copy besides those that the definition names",
        "special_exams: false  # does it include special exams or summary reviews?",
        "",
        *_checklist(definition),
        "",
        *_background(definition, account),
        "",
        *_scope(definition),
        "",
        "projects:",
        *_EXAMPLE,
    )
    return "\n".join(lines) + "\n"


_EXAMPLE: Final = (
    "  # - id: classification_review",
    "  #   title: What is done, in a few words",
    "  #   items: [classification]            # the items above that it is about",
    "  #   goal: What is reached in the end.",
    "  #   priority: high                     # high, medium or low",
    "  #   steps:",
    "  #     - {text: What is done first., responsible: account, who: Name, due: 2027-03-05}",
    "  #     - {text: What is done then., responsible: customs, who: Name, due: 2027-04-09}",
    "  #   follow_up:",
    "  #     kind: evaluation                 # or self_test (by the account), or update",
    "  #     text: How it is seen that the goal was met.",
    "  #     responsible: customs",
    "  #     due: 2027-09-24",
)


def _next_month(on: date) -> date:
    return (on.replace(day=28) + timedelta(days=4)).replace(day=1)


def _people(account: Account) -> Iterator[str]:
    team, contact = account.team, account.primary
    yield "representatives:"
    yield f"  - {{name: {_quoted(team.name if team else '')}, phone: {_quoted(team.phone if team else '')}}}"
    fields = (("name", contact.name), ("title", contact.title), ("phone", contact.phone))
    yield f"contact: {{{', '.join(f'{key}: {_quoted(value)}' for key, value in fields)}}}"


def _checklist(definition: PlanDefinition) -> Iterator[str]:
    yield "# yes, no or na; no and na with a reason: {answer: no, reason: The account has no problems in this area.}"
    yield "checklist:"
    for group, item in definition.items():
        words = f"{group.number}.{item.label} {plain(pick(item.text, definition.language))}"
        offered = '{answer: na, reason: No other item was identified.}, or {answer: "yes", text: what it is}'
        more = f"; {offered}" if item.other else ""
        yield f"  {item.id}:  # {words}{more}"
    yield "requested: []  # - {id: rulings, text: Faster answers to ruling requests, answer: no, reason: ...}"


def _background(definition: PlanDefinition, account: Account) -> Iterator[str]:
    yield "background:"
    yield "  facts:"
    for element in definition.background.elements:
        known = _KNOWN.get(element.id)
        value = known(account) if known else ""
        label = "" if value else f"  # {plain(pick(element.label, definition.language))}"
        yield f"    {element.id}:{f' {_quoted(value)}' if value else ''}{label}"
    yield "  # These paragraphs are printed; an element that they do not name stands in the table below them."
    yield "  paragraphs:"
    for paragraph in definition.background.paragraphs:
        yield f"    - {_quoted(pick(paragraph, definition.language))}"


def _scope(definition: PlanDefinition) -> Iterator[str]:
    sentences = [pick(sentence, definition.language) for sentence in definition.scope.sentences]
    yield "# " + " ".join(sentences)
    yield "scope:"
    yield "  compliance:"
    yield "  business:"
    yield f"  discovery: []  # of: {', '.join(definition.scope.discovery)}"


def _quoted(value: str) -> str:
    """Return a YAML double-quoted scalar (YAML 1.2, 7.3.1)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


# ---- what the profile knows ---------------------------------------------------------------------


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"${amount:,.0f}"


def _imports(account: Account) -> str:
    figures = account.figures
    value, duties = _money(figures.import_value), _money(figures.duties)
    said = "; ".join(filter(None, (value and f"{value} entered value", duties and f"{duties} duties")))
    return f"{said} (fiscal year {figures.year})" if said and figures.year else said


def _nature(account: Account) -> str:
    """Return the business as it goes on after the account's name: "imports lamps"."""
    said = account.business.description
    return f"{said[0].lower()}{said[1:]}" if said[1:2].islower() else said


def _focus(account: Account) -> str:
    figures = account.figures
    if not figures.pfi:
        return ""
    return f"{figures.pfi}, {figures.pfi_share} percent of entered value" if figures.pfi_share else figures.pfi


def _countries(account: Account) -> str:
    """Return the countries of the first suppliers that are no related company, each once."""
    related = {company.name for company in account.foreign_related_companies}
    found = (supplier.country for supplier in account.suppliers if supplier.name not in related and supplier.country)
    return ", ".join(list(dict.fromkeys(found))[:5])


def _numbers(account: Account) -> str:
    return ", ".join(entity.ir_number for entity in account.entities if entity.active and entity.ir_number)


def _measured(account: Account) -> str:
    rate = account.figures.compliance_rate
    return "" if rate is None else f"{rate} percent of lines compliant"


_KNOWN: Final[Mapping[str, Callable[[Account], str]]] = {
    "established": lambda account: account.business.established,
    "nature": _nature,
    "rank": lambda account: str(account.figures.rank or ""),
    "imports": _imports,
    "pfi": _focus,
    "chief_imports": lambda account: account.business.products,
    "suppliers": _countries,
    "ports": lambda account: listed([port.name for port in account.ports]),
    "measurement": _measured,
    "businesses": lambda account: listed(list(account.categories)),
    "structure": lambda account: account.organization.description,
    "departments": lambda account: listed([department.name for department in account.customs_departments]),
    "ir_numbers": _numbers,
}
"""Element of the packaged definition -> what the profile says of it."""
