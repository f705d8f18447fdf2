"""The last steps out, the same for everything that is sent: stamped in each format, stored as an issue, written.

    Outgoing (what it is, for whom) + presses -> id -> tokens -> files -> stored issue -> folder

`issuing` (questionnaires) and `papers` (letters, plans) make what goes in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Protocol

from formwright import account as accounts
from formwright import token
from formwright.account import Account
from formwright.days import long_date
from formwright.errors import Faults, FormwrightError, Unusable
from formwright.issue import Issue, Issued, IssuedFile
from formwright.keys import Key
from formwright.kinds._base import Cell
from formwright.layout import Layout, Stamp, Values
from formwright.records.blobs import make_folder, write
from formwright.records.events import Happening
from formwright.text import say
from formwright.workspace import Workspace

FORMATS: Final = ("pdf", "docx")
"""What can be issued, in the order in which it is written."""


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


class Ready(Protocol):
    """A layout in one format, ready for one account's values."""

    @property
    def fingerprint(self) -> str:
        """The layout's."""

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points, () for a format without pages."""

    @property
    def prints(self) -> tuple[str, ...]:
        """The hash of each page's content, () for a format without pages."""

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        """Return the file of one issue."""

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        """Return the manifest of a stamped file."""


class Press(Protocol):
    """Prints layouts in one format."""

    def check(self, layout: Layout) -> None:
        """Raise Faults for text that the format cannot hold."""

    def ready(self, layout: Layout, values: Values) -> Ready:
        """Return a form, compiled once for all accounts with this layout. Raises Faults."""

    def paper(self, layout: Layout, values: Values) -> Ready:
        """Return a letter or plan, compiled for these values. Raises Faults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What goes out to one account.

    prefix: the letter that its ids begin with; form: what it asks or says, as JSON, kept with the issue for ever and
    signed by its fingerprint; due: ISO, "" for none; cells, rows: the places to answer, () for what is no form;
    titles: by key, heads of continuation sheets; told: what the event `issued` records besides.
    """

    definition: str
    version: str
    definition_fingerprint: str
    form: Mapping[str, Any]
    form_fingerprint: str
    prefix: str
    language: str
    due: str = ""
    cells: tuple[Cell, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


Print = Callable[[str], tuple[Values, Mapping[str, Ready]]]
"""From an issue's id to its values and what is ready in each format: a letter says its own id."""


def presses(order: Order) -> Mapping[str, Press]:
    """Return what prints each format that is wanted, all of them if none is named. Raises Unusable for a format that
    is not there."""
    from formwright.writers.docx.press import Press as WordPress
    from formwright.writers.pdf.press import Press as PdfPress

    unknown = [name for name in order.formats if name not in FORMATS]
    if unknown:
        raise Unusable("unknown_format", f'There is no format "{unknown[0]}".', f"There are: {', '.join(FORMATS)}.")
    made: dict[str, Callable[[], Press]] = {
        "pdf": lambda: PdfPress(order.cache, order.fonts),
        "docx": lambda: WordPress(order.cache, order.fonts),
    }
    return {name: made[name]() for name in FORMATS if not order.formats or name in order.formats}


def each(
    workspace: Workspace, order: Order, make: Callable[[str, Account, Key, Mapping[str, Press]], Made]
) -> Iterator[Made | Failed]:
    """Yield what `make` makes for each account of `order`, or why it got nothing.

    `make` takes the account as it was named, its profile, the key and the presses. Raises FormwrightError before the
    first account for what concerns all of them.
    """
    key = workspace.signing_key()
    printing = presses(order)
    make_folder(order.out, mode=0o700)
    served: set[str] = set()
    for named in order.accounts:
        try:
            source = workspace.account(named)
            account = accounts.load(source.data, source.name)
            if account.id in served:
                raise Unusable("named_twice", f"{account.id} is named twice.", "It was served once; name it once.")
            served.add(account.id)
            yield make(named, account, key, printing)
        except Faults as error:
            yield Failed(named, Faults(fault.at(file=workspace.account(named).name) for fault in error.faults))
        except FormwrightError as error:
            yield Failed(named, error)


def send(
    workspace: Workspace, order: Order, account: Account, key: Key, outgoing: Outgoing, print: Print
) -> tuple[Issue, tuple[Path, ...]]:
    """Stamp, store and write what goes out to one account; return the issue and the paths of its files.

    Nothing is stored or written before all formats are stamped.
    """
    id = workspace.store.next_id(outgoing.prefix, order.on.year)
    values, ready = print(id)
    pages = max((len(one.pages) for one in ready.values()), default=0)
    owner = (workspace.settings.id, id, account.id, outgoing.form_fingerprint)
    tokens = token.mint_all(key.secret, key.id, *owner, pages)
    on = long_date(order.on, outgoing.language)
    foot = say("issue_foot", outgoing.language, id=id, date=on, account=account.name)
    stamp = Stamp(values=values, tokens=tokens, foot=foot, sample=key.fictional)
    data = {format: one.stamp(stamp, outgoing.titles) for format, one in ready.items()}
    stem = f"{slug(account.id)}_{id}"
    files = tuple(
        _file(f"{stem}.{format}", format, data[format], one, _manifest(outgoing, one, values, tokens[0], data[format]))
        for format, one in ready.items()
    )
    made = _issue(workspace, order, account, key, outgoing, id, files)
    return made, _keep(workspace, order, outgoing, made, data)


def _manifest(outgoing: Outgoing, ready: Ready, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
    """Return where each value stands; what has no place to answer has no manifest."""
    return ready.fields(values, token, data) if outgoing.cells else ()


def _issue(
    workspace: Workspace,
    order: Order,
    account: Account,
    key: Key,
    outgoing: Outgoing,
    id: str,
    files: tuple[IssuedFile, ...],
) -> Issue:
    return Issue(
        id=id,
        workspace=workspace.settings.id,
        account=account.id,
        account_name=account.name,
        issued_on=order.on.isoformat(),
        due_on=outgoing.due,
        key_id=key.id,
        definition=outgoing.definition,
        definition_version=outgoing.version,
        definition_fingerprint=outgoing.definition_fingerprint,
        form_fingerprint=outgoing.form_fingerprint,
        language=outgoing.language,
        primary_contact=account.primary.name,
        form=outgoing.form,
        cells=outgoing.cells,
        rows=outgoing.rows,
        files=files,
        sample=key.fictional,
    )


def _keep(
    workspace: Workspace, order: Order, outgoing: Outgoing, made: Issue, data: Mapping[str, bytes]
) -> tuple[Path, ...]:
    """Store an issue with its bytes and its event; write its files."""
    for one in data.values():
        workspace.store.put_bytes(one)
    told: dict[str, Any] = {"files": [file.name for file in made.files], **outgoing.told}
    if order.reason:
        told["reason"] = order.reason
    workspace.store.add_issue(made, Happening(kind="issued", issue=made.id, at=order.at, by=order.by, data=told))
    return tuple(_write_new(order.out, file.name, data[file.format]) for file in made.files)


def slug(text: str) -> str:
    """Return `text` as part of a file's name: at most 60 lower-case letters of ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "account"


def _file(name: str, format: str, data: bytes, ready: Ready, fields: tuple[Issued, ...]) -> IssuedFile:
    return IssuedFile(
        name=name,
        format=format,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        layout_fingerprint=ready.fingerprint,
        pages=ready.pages,
        fields=fields,
        prints=ready.prints,
    )


def _write_new(folder: Path, name: str, data: bytes) -> Path:
    """Write a file under `name`, or `name-2` and so on where that is taken; never over another."""
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{stem}-{number}{dot}{suffix}")
        try:
            write(path, data, mode=0o600, over=False)
            return path
        except FileExistsError:
            number += 1
