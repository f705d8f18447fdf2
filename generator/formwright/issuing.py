"""Out: a definition and an account become a form, a file, and a stored issue.

    definition -> form (overlay, account) -> layout + values -> compiled -> stamped -> issue -> store, folder

`issue` is the whole pipeline, once for each account; one that cannot be served does not stop the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from formwright import definition as definitions
from formwright import lower, rules, sources
from formwright import overlay as overlays
from formwright import resolve as resolving
from formwright.account import Account
from formwright.days import long_date
from formwright.definition import Definition
from formwright.errors import Fault, Faults
from formwright.form import Form, dump
from formwright.keys import Key
from formwright.lower import Facts, Lowered
from formwright.overlay import Base, Overlay
from formwright.resolve import Looked
from formwright.rules._base import Case
from formwright.sending import Failed, Made, Order, Outgoing, Press, each, send
from formwright.workspace import Workspace

OVERRIDABLE: Final = "QST-1"
"""The rule that `--reason` sets aside (SOP L438-440: no questionnaire beside an audit)."""

_NO_CONTACT: Final = (
    "The form names nobody to call: neither the account's `team` nor [sender] of formwright.toml has a name or a phone."
    " Fill in one of them."
)


def issue(workspace: Workspace, order: Order) -> Iterator[Made | Failed]:
    """Make, store and write an issue for each account of `order`, one after the other.

    Raises FormwrightError before the first account for what concerns all of them: the definition, the key, the
    formats, the folder for the files.
    """
    source = workspace.definition(order.definition)
    definition = definitions.load(source.data, source.name)

    def one(named: str, account: Account, key: Key, presses: Mapping[str, Press]) -> Made:
        return _issue_one(workspace, order, definition, named, account, key, presses)

    return each(workspace, order, one)


def _issue_one(
    workspace: Workspace,
    order: Order,
    definition: Definition,
    named: str,
    account: Account,
    key: Key,
    presses: Mapping[str, Press],
) -> Made:
    """Issue a definition to one account: every stage in its order."""
    looked = look(workspace, definition, account, on=order.on, overlay=order.overlay, reason=order.reason)
    form = _fit(looked)
    _check_rules(definition, account, form)
    due = order.due or order.on + timedelta(days=workspace.settings.days_to_answer)
    facts = _facts(workspace, account, form.language, due)
    lowered = lower.lower(form, facts)
    try:
        ready = {format: press.ready(lowered.layout, lowered.values) for format, press in presses.items()}
    except Faults as error:
        chosen = _chosen(workspace, definition, account, order.overlay)
        raise _located(error, form, lowered, order.fonts, [account, chosen] if chosen else [account]) from error
    outgoing = _outgoing(definition, form, lowered, due)
    made, paths = send(workspace, order, account, key, outgoing, lambda _: (lowered.values, ready))
    warnings = (*map(str, looked.warnings), *(() if facts.contact else (_NO_CONTACT,)))
    return Made(named, made, paths, warnings)


def _outgoing(definition: Definition, form: Form, lowered: Lowered, due: date) -> Outgoing:
    return Outgoing(
        definition=definition.id,
        version=definition.version,
        definition_fingerprint=form.definition_fingerprint,
        form=dump(form),
        form_fingerprint=form.fingerprint,
        prefix=definition.letter,
        language=form.language,
        due=due.isoformat(),
        cells=lowered.cells,
        rows=lowered.rows,
        titles={cell.key: cell.name for cell in lowered.cells},
    )


def look(
    workspace: Workspace, definition: Definition, account: Account, *, on: date, overlay: str = "", reason: str = ""
) -> Looked:
    """Return the form of an account as far as it can be made, and why it cannot go out as it is.

    overlay: the path of one, in place of the one that binds to the account; reason: why QST-1 is set aside. Raises
    Faults.
    """
    chosen = _chosen(workspace, definition, account, overlay)
    if reason:
        base = Base(id=definition.id, version=definition.version)
        chosen = chosen or Overlay(id=definition.id, base=base)
        chosen = chosen.model_copy(update={"overrides": {**chosen.overrides, OVERRIDABLE: reason}})
    return resolving.look(definition, account, chosen, issued_on=on, settings=workspace.printed())


def _chosen(workspace: Workspace, definition: Definition, account: Account, overlay: str) -> Overlay | None:
    """Return the overlay at the path `overlay`, or else the one that binds to the account."""
    if not overlay:
        return _bound(workspace, definition, account)
    source = sources.read(Path(overlay))
    return overlays.load(source.data, source.name)


def _located(
    error: Faults, form: Form, lowered: Lowered, folder: Path | None, files: Sequence[Account | Overlay]
) -> Faults:
    """Return what a writer says of characters that it cannot draw, told at the place where they were written."""
    from formwright import unprintable
    from formwright.writers.pdf.fonts import Fonts

    return Faults(unprintable.faults(form, lowered, Fonts.packaged(folder), files) or error.faults)


def _bound(workspace: Workspace, definition: Definition, account: Account) -> Overlay | None:
    """Return the overlay of the workspace that names this account and this definition, if there is one."""
    found = {}
    for source in workspace.overlays(account.id):
        overlay = overlays.load(source.data, source.name)
        if overlay.account == account.id and overlay.base.id == definition.id:
            found[source.name] = overlay
    if len(found) > 1:
        message = f"these overlays all bind to the account {account.id}: {', '.join(found)}."
        raise Faults([Fault("two_overlays", message, "Leave one, or name one with --overlay.", file=max(found))])
    return next(iter(found.values()), None)


def _facts(workspace: Workspace, account: Account, language: str, due: date) -> Facts:
    """Return the facts of page 1: for whom, by when, whom to call (the account's own manager, else the sender)."""
    person = account.team or workspace.settings.sender
    contact = ", ".join(part for part in (person.name, person.phone) if part)
    return Facts(prepared_for=account.name, return_by=long_date(due, language), contact=contact)


def _fit(looked: Looked) -> Form:
    """Return a form that can go out. Raises Faults for one that lacks something."""
    if looked.lacking:
        raise Faults(looked.lacking)
    return looked.form


def _check_rules(definition: Definition, account: Account, form: Form) -> None:
    """Raise Faults where a rule refuses a form before it goes out."""
    rules.before_issue(Case(definition, account, form.parameters, (), form.prefills), form.overrides)
