"""Out: a definition and an account become a form, a file, and a stored issue.

    definition -> form (overlay, account) -> layout + values -> compiled -> stamped -> issue -> store, folder

`issue` is the whole pipeline, once for each account; one that cannot be served does not stop the others.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower, rules, sources, token
from formwright import overlay as overlays
from formwright import resolve as resolving
from formwright.account import Account
from formwright.definition import Definition
from formwright.errors import Fault, Faults, FormwrightError, Unusable
from formwright.form import Form, dump
from formwright.issue import Issue, Issued, IssuedFile
from formwright.keys import Key
from formwright.layout import Stamp
from formwright.lower import Facts, Lowered
from formwright.overlay import Base, Overlay
from formwright.records.blobs import make_folder, write
from formwright.records.events import Happening
from formwright.resolve import Looked
from formwright.rules._base import Case
from formwright.text import say
from formwright.workspace import Workspace

if TYPE_CHECKING:
    from formwright.writers.pdf.press import Press, Ready

FORMATS: Final = ("pdf",)
"""What can be issued, in the order in which it is written."""
OVERRIDABLE: Final = "QST-1"
"""The rule that `--reason` sets aside (SOP L438-440: no questionnaire beside an audit)."""

_NO_CONTACT: Final = (
    "The form names nobody to call: neither the account's `team` nor [sender] of formwright.toml has a name or a phone."
    " Fill in one of them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be issued, for whom, when.

    definition, accounts: ids of the workspace, or paths; overlay: a path, in place of the one that binds; due: None
    for the workspace's days to answer; out: the folder for the files; cache: of compiled layouts; fonts: the folder
    of the fonts that are not in the package, or None; at: this moment (UTC, ISO); by: who issues; reason: why a rule
    that allows it is set aside.
    """

    definition: str
    accounts: Sequence[str]
    on: date
    out: Path
    cache: Path
    at: str
    due: date | None = None
    overlay: str = ""
    formats: tuple[str, ...] = ()
    fonts: Path | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An issue, the files that were written, and what a person should know though it stopped nothing."""

    account: str
    issue: Issue
    paths: tuple[Path, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """An account that got nothing, and why."""

    account: str
    error: FormwrightError


def issue(workspace: Workspace, order: Order) -> Iterator[Made | Failed]:
    """Make, store and write an issue for each account of `order`, one after the other.

    Raises FormwrightError before the first account for what concerns all of them: the definition, the key, the
    formats, the folder for the files.
    """
    from formwright.writers.pdf.press import Press

    source = workspace.definition(order.definition)
    definition = definitions.load(source.data, source.name)
    key = workspace.signing_key()
    press = Press(order.cache, order.fonts)
    _check_formats(order.formats)
    make_folder(order.out, mode=0o700)
    served: set[str] = set()
    for named in order.accounts:
        try:
            source = workspace.account(named)
            account = accounts.load(source.data, source.name)
            if account.id in served:
                raise Unusable("named_twice", f"{account.id} is named twice.", "It was served once; name it once.")
            served.add(account.id)
            yield _issue_one(workspace, order, definition, named, account, key, press)
        except Faults as error:
            yield Failed(named, Faults(fault.at(file=_name(workspace, named)) for fault in error.faults))
        except FormwrightError as error:
            yield Failed(named, error)


def _issue_one(
    workspace: Workspace, order: Order, definition: Definition, named: str, account: Account, key: Key, press: Press
) -> Made:
    """Issue a definition to one account: every stage in its order."""
    looked = look(workspace, definition, account, on=order.on, overlay=order.overlay, reason=order.reason)
    form = _fit(looked)
    _check_rules(definition, account, form)
    due = order.due or order.on + timedelta(days=workspace.settings.days_to_answer)
    facts = _facts(workspace, account, form.language, due)
    lowered = lower.lower(form, facts)
    try:
        ready = press.ready(lowered.layout, lowered.values)
    except Faults as error:
        chosen = _chosen(workspace, definition, account, order.overlay)
        raise _located(error, form, lowered, order.fonts, [account, chosen] if chosen else [account]) from error
    id = workspace.store.next_id(definition.letter, order.on.year)
    tokens = token.mint_all(
        key.secret, key.id, workspace.settings.id, id, account.id, form.fingerprint, len(ready.pages)
    )
    foot = say("issue_foot", form.language, id=id, date=_long(order.on, form.language), account=account.name)
    stamp = Stamp(values=lowered.values, tokens=tokens, foot=foot, sample=key.fictional)
    data = ready.stamp(stamp, {cell.key: cell.name for cell in lowered.cells})
    file = _file(f"{slug(account.id)}_{id}.pdf", data, ready, ready.fields(lowered.values, tokens[0], data))
    made = Issue(
        id=id,
        workspace=workspace.settings.id,
        account=account.id,
        account_name=account.name,
        issued_on=order.on.isoformat(),
        due_on=due.isoformat(),
        key_id=key.id,
        definition=definition.id,
        definition_version=definition.version,
        definition_fingerprint=form.definition_fingerprint,
        form_fingerprint=form.fingerprint,
        language=form.language,
        primary_contact=account.primary.name,
        form=dump(form),
        cells=lowered.cells,
        rows=lowered.rows,
        files=(file,),
        sample=key.fictional,
    )
    workspace.store.put_bytes(data)
    told = {"files": [file.name], "reason": order.reason} if order.reason else {"files": [file.name]}
    workspace.store.add_issue(made, Happening(kind="issued", issue=id, at=order.at, by=order.by, data=told))
    warnings = (*map(str, looked.warnings), *(() if facts.contact else (_NO_CONTACT,)))
    return Made(named, made, (_write_new(order.out, file.name, data),), warnings)


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


def slug(text: str) -> str:
    """Return `text` as part of a file's name: at most 60 lower-case letters of ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "account"


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
    return Facts(prepared_for=account.name, return_by=_long(due, language), contact=contact)


def _fit(looked: Looked) -> Form:
    """Return a form that can go out. Raises Faults for one that lacks something."""
    if looked.lacking:
        raise Faults(looked.lacking)
    return looked.form


def _check_rules(definition: Definition, account: Account, form: Form) -> None:
    """Raise Faults where a rule refuses a form before it goes out."""
    rules.before_issue(Case(definition, account, form.parameters, (), form.prefills), form.overrides)


def _long(day: date, language: str) -> str:
    """Return a date in words: January 11, 2027."""
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


def _file(name: str, data: bytes, ready: Ready, fields: tuple[Issued, ...]) -> IssuedFile:
    return IssuedFile(
        name=name,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        layout_fingerprint=ready.fingerprint,
        pages=ready.pages,
        fields=fields,
        prints=ready.prints,
    )


def _name(workspace: Workspace, named: str) -> str:
    """Return the name of an account's file, for faults that have no place of their own."""
    return workspace.account(named).name


def _check_formats(formats: tuple[str, ...]) -> None:
    unknown = [format for format in formats if format not in FORMATS]
    if unknown:
        raise Unusable("unknown_format", f'There is no format "{unknown[0]}".', f"There are: {', '.join(FORMATS)}.")


def _write_new(folder: Path, name: str, data: bytes) -> Path:
    """Write a file under `name`, or `name-2` and so on where that is taken; never over another."""
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{stem}-{number}{dot}{suffix}")
        try:
            write(path, data, over=False)
            return path
        except FileExistsError:
            number += 1
