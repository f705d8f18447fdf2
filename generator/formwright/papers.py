"""Letters and plans: documents that go out and are no forms. They have an id, a token and a place in the store as a
questionnaire has, and nothing to fill in.

    definition + account (+ plan) -> Paper (resolved wording, layout, values) -> stamped files -> stored issue
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from formwright import account as accounts
from formwright import definition as definitions
from formwright import issuing, lettering, planning, token
from formwright.account import Account
from formwright.days import long_date
from formwright.definition import Definition
from formwright.errors import Faults, FormwrightError, Unusable
from formwright.fingerprint import fingerprint
from formwright.issue import Issue, Issued, IssuedFile
from formwright.issuing import Failed, Made, Order, slug, write_new
from formwright.keys import Key
from formwright.layout import Layout, Stamp, Values, filled, slots
from formwright.letter import model as letters
from formwright.letter.model import Letter
from formwright.letter.places import ISSUE
from formwright.paper import Make, Paper
from formwright.plan import definition as plans
from formwright.plan.definition import PlanDefinition
from formwright.records.blobs import make_folder
from formwright.records.events import Happening
from formwright.sources import Source
from formwright.text import say
from formwright.workspace import Workspace

Sort = Literal["questionnaire", "letter", "plan"]
_DOCUMENT: Final = re.compile(rb"""(?m)^document:[ \t]*["']?(letter|plan|questionnaire)\b""")
_FOLDERS: Final[Mapping[str, Sort]] = {"letters": "letter", "plans": "plan"}


class Ready(Protocol):
    """A layout in one format, ready for one account's values."""

    @property
    def fingerprint(self) -> str:
        """The layout's."""

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points, () for a format without pages."""

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        """Return the file of one issue."""

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        """Return the manifest of a stamped file."""


class Press(Protocol):
    """Prints layouts in one format."""

    def check(self, layout: Layout) -> None:
        """Raise Faults for text that the format cannot hold."""

    def paper(self, layout: Layout, values: Values) -> Ready:
        """Return a letter or plan, compiled for these values. Raises Faults."""


def sort_of(source: Source) -> Sort:
    """Return what a definition makes: what its `document` says, else what its folder is for."""
    if found := _DOCUMENT.search(source.data):
        return found[1].decode()  # type: ignore[return-value]  # the pattern knows the three
    folder = source.name.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    return _FOLDERS.get(folder, "questionnaire")


def head(source: Source) -> Definition | Letter | PlanDefinition:
    """Return the definition in `source`, whatever it makes. Raises Faults."""
    sort = sort_of(source)
    if sort == "letter":
        return letters.load(source.data, source.name)
    if sort == "plan":
        return plans.load(source.data, source.name)
    return definitions.load(source.data, source.name)


def issue(workspace: Workspace, order: Order) -> Iterator[Made | Failed]:
    """Make, store and write what `order` asks for, whatever it is, for each of its accounts; as `issuing.issue`."""
    source = workspace.definition(order.definition)
    if sort_of(source) == "questionnaire":
        yield from issuing.issue(workspace, order)
        return
    make = _maker(source)
    key = workspace.signing_key()
    presses = _presses(order)
    make_folder(order.out)
    served: set[str] = set()
    for named in order.accounts:
        try:
            given = workspace.account(named)
            account = accounts.load(given.data, given.name)
            if account.id in served:
                raise Unusable("named_twice", f"{account.id} is named twice.", "It was served once; name it once.")
            served.add(account.id)
            yield send(workspace, order, named, account, make(workspace, order, account), key, presses)
        except Faults as error:
            yield Failed(named, Faults(fault.at(file=workspace.account(named).name) for fault in error.faults))
        except FormwrightError as error:
            yield Failed(named, error)


def _presses(order: Order) -> Mapping[str, Press]:
    """Return what prints each format that is wanted. Raises Unusable for a format that is not there."""
    from formwright.writers.docx.press import Press as WordPress
    from formwright.writers.pdf.press import Press as PdfPress

    made: dict[str, Callable[[], Press]] = {
        "pdf": lambda: PdfPress(order.cache, order.fonts),
        "docx": lambda: WordPress(order.cache, order.fonts),
    }
    unknown = [name for name in order.formats if name not in made]
    if unknown:
        raise Unusable("unknown_format", f'There is no format "{unknown[0]}".', f"There are: {', '.join(made)}.")
    return {name: press() for name, press in made.items() if not order.formats or name in order.formats}


def send(
    workspace: Workspace,
    order: Order,
    named: str,
    account: Account,
    paper: Paper,
    key: Key,
    presses: Mapping[str, Press],
) -> Made:
    """Stamp a paper in each format, store it as an issue, and write its files. Raises Faults."""
    presses = {name: paper.presses.get(name, press) for name, press in presses.items()}
    _check(paper, presses, order.fonts)
    id = workspace.store.next_id(paper.prefix, order.on.year)
    values = {**paper.values, ISSUE: id} if ISSUE in slots(paper.layout) else paper.values
    ready = {name: press.paper(paper.layout, values) for name, press in presses.items()}
    form = {**paper.form, "document": paper.document}
    print_of = fingerprint(form)
    pages = max((len(one.pages) for one in ready.values()), default=0)
    tokens = token.mint_all(key.secret, key.id, workspace.settings.id, id, account.id, print_of, pages)
    foot = say("issue_foot", paper.language, id=id, date=long_date(order.on, paper.language), account=account.name)
    stamp = Stamp(values=values, tokens=tokens, foot=foot, sample=key.fictional)
    files = {name: one.stamp(stamp, {}) for name, one in ready.items()}
    stem = f"{slug(account.id)}_{id}"
    made = Issue(
        id=id,
        workspace=workspace.settings.id,
        account=account.id,
        account_name=account.name,
        issued_on=order.on.isoformat(),
        due_on=paper.due,
        key_id=key.id,
        definition=paper.definition,
        definition_version=paper.version,
        definition_fingerprint=paper.definition_fingerprint,
        form_fingerprint=print_of,
        language=paper.language,
        primary_contact=account.primary.name,
        form=form,
        cells=(),
        rows={},
        files=tuple(_file(f"{stem}.{name}", name, files[name], ready[name]) for name in files),
        sample=key.fictional,
    )
    said = (say("two_pages", "en", n=pages),) if paper.document == "letter" and pages > 1 else ()
    return Made(named, made, _kept(workspace, order, made, paper, files), (*paper.warnings, *said))


def _check(paper: Paper, presses: Mapping[str, Press], fonts: Path | None) -> None:
    """Raise Faults for characters that a format cannot show, each where it was written."""
    layout = filled(paper.layout, {**paper.values, ISSUE: ""})
    try:
        for press in presses.values():
            press.check(layout)
    except Faults as error:
        from formwright import unprintable
        from formwright.writers.pdf.fonts import Fonts

        raise Faults(unprintable.in_words(layout, Fonts.packaged(fonts), paper.files) or error.faults) from error


def _kept(
    workspace: Workspace, order: Order, made: Issue, paper: Paper, files: Mapping[str, bytes]
) -> tuple[Path, ...]:
    """Store an issue with its bytes and its event; write its files."""
    for data in files.values():
        workspace.store.put_bytes(data)
    told: dict[str, Any] = {"files": [file.name for file in made.files], **(paper.told or {})}
    if order.reason:
        told["reason"] = order.reason
    workspace.store.add_issue(made, Happening(kind="issued", issue=made.id, at=order.at, by=order.by, data=told))
    return tuple(write_new(order.out, file.name, files[file.format]) for file in made.files)


def _file(name: str, format: str, data: bytes, ready: Ready) -> IssuedFile:
    """Return what is kept of a file. Nothing in it is filled in, so it has no manifest."""
    return IssuedFile(
        name=name,
        format=format,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        layout_fingerprint=ready.fingerprint,
        pages=ready.pages,
        fields=(),
    )


def _maker(source: Source) -> Make:
    """Return what makes the papers of a definition. Raises Faults for a definition that is wrong."""
    if sort_of(source) == "plan":
        return planning.maker(source)
    return lettering.maker(source)
