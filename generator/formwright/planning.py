"""Plans of a workspace: found, checked, and made ready to go out.

plans/<account>.yaml + forms/plans/<id>.yaml + accounts/<account>.yaml -> checked -> Paper
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formwright import account as accounts
from formwright.account import Account
from formwright.errors import Fault, Faults
from formwright.fingerprint import fingerprint
from formwright.paper import Make, Paper
from formwright.plan import definition as definitions
from formwright.plan import model as plans
from formwright.plan import start as starting
from formwright.plan.case import Case
from formwright.plan.check import check
from formwright.plan.checklist import checklist
from formwright.plan.definition import PlanDefinition
from formwright.plan.lower import lower
from formwright.sending import Order
from formwright.sources import Source
from formwright.workspace import Workspace

DEFINITION = "account_action_plan"
"""The definition of every plan, where none is named."""
_HOLD = "(CON-3, SOP L122)"
"""A plan may be written while its account is on hold; it does not go out."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan with what is wrong with it, and what is only to be said of it."""

    case: Case
    refused: tuple[Fault, ...]
    warned: tuple[Fault, ...]


def checked(workspace: Workspace, source: Source, named: str = DEFINITION) -> Checked:
    """Return what is to be said of the plan in `source`, for the account that it names. Raises FormwrightError."""
    given = workspace.definition(named)
    plan = plans.load(source.data, source.name)
    profile = workspace.account(plan.account)
    return _checked(definitions.load(given.data, given.name), source, accounts.load(profile.data, profile.name))


def start(workspace: Workspace, named: str, definition: str, on: date) -> Path:
    """Write the plan of an account as far as its profile goes; return its path.

    Raises Unusable where there is one already: a plan is a person's work, and never written over.
    """
    given, profile = workspace.definition(definition), workspace.account(named)
    account = accounts.load(profile.data, profile.name)
    text = starting.text(definitions.load(given.data, given.name), account, on)
    return workspace.add_plan(account.id, text.encode())


def maker(source: Source) -> Make:
    """Return what makes the plan of one account ready to go out. Raises Faults for a definition that is wrong."""
    definition = definitions.load(source.data, source.name)

    def make(workspace: Workspace, order: Order, account: Account) -> Paper:
        found = _checked(definition, workspace.plan(account.id), account)
        if refused := (*account.held(_HOLD), *found.refused):
            raise Faults(refused)
        return paper(found.case, tuple(str(fault) for fault in found.warned))

    return make


def _checked(definition: PlanDefinition, source: Source, account: Account) -> Checked:
    plan = plans.load(source.data, source.name)
    refused, warned = check(definition, plan, account)
    return Checked(Case(definition, plan, account, checklist(definition, plan)), tuple(refused), tuple(warned))


def paper(case: Case, warnings: tuple[str, ...] = ()) -> Paper:
    """Return a plan as it goes to the writers."""
    definition = case.definition
    return Paper(
        document="plan",
        definition=definition.id,
        version=definition.version,
        definition_fingerprint=fingerprint(definition.model_dump(mode="json")),
        prefix=definition.letter,
        language=definition.language,
        form={
            "id": definition.id,
            "version": definition.version,
            "definition": definition.model_dump(mode="json", exclude={"rules"}),
            "plan": case.plan.model_dump(mode="json", by_alias=True),
            "account": {"id": case.account.id, "kind": case.account.kind, "name": case.account.name},
            "distribution": list(case.distribution()),
        },
        layout=lower(case),
        values={},
        warnings=warnings,
        files=(case.plan, case.account),
    )
