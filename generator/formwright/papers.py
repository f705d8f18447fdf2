"""Letters and plans: documents that go out and are no forms. They have an id, a token and a place in the store as a
questionnaire has, and nothing to fill in.

    definition + account (+ plan) -> Paper (resolved wording, layout, values) -> stamped files -> stored issue
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

from formwright import definition as definitions
from formwright import issuing, lettering, planning
from formwright.account import Account
from formwright.definition import Definition
from formwright.errors import Faults
from formwright.fingerprint import fingerprint
from formwright.keys import Key
from formwright.layout import Values, filled, slots
from formwright.letter import model as letters
from formwright.letter.model import Letter
from formwright.letter.places import ISSUE
from formwright.paper import Make, Paper
from formwright.plan import definition as plans
from formwright.plan.definition import PlanDefinition
from formwright.sending import Failed, Made, Order, Outgoing, Press, Ready, each, send
from formwright.sources import Source
from formwright.text import say
from formwright.workspace import Workspace

Sort = Literal["questionnaire", "letter", "plan"]
_DOCUMENT: Final = re.compile(rb"""(?m)^document:[ \t]*["']?(letter|plan|questionnaire)\b""")
_FOLDERS: Final[Mapping[str, Sort]] = {"letters": "letter", "plans": "plan"}


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
        return issuing.issue(workspace, order)
    make = _maker(source)

    def one(named: str, account: Account, key: Key, presses: Mapping[str, Press]) -> Made:
        return _send(workspace, order, named, account, make(workspace, order, account), key, presses)

    return each(workspace, order, one)


def _send(
    workspace: Workspace,
    order: Order,
    named: str,
    account: Account,
    paper: Paper,
    key: Key,
    presses: Mapping[str, Press],
) -> Made:
    """Send a paper in each format. Raises Faults."""
    presses = {name: paper.presses.get(name, press) for name, press in presses.items()}
    _check(paper, presses, order.fonts)

    def printed(id: str) -> tuple[Values, Mapping[str, Ready]]:
        values = {**paper.values, ISSUE: id} if ISSUE in slots(paper.layout) else paper.values
        return values, {name: press.paper(paper.layout, values) for name, press in presses.items()}

    made, paths = send(workspace, order, account, key, _outgoing(paper), printed)
    pages = max((len(file.pages) for file in made.files), default=0)
    said = (say("two_pages", "en", n=pages),) if paper.document == "letter" and pages > 1 else ()
    return Made(named, made, paths, (*paper.warnings, *said))


def _outgoing(paper: Paper) -> Outgoing:
    form = {**paper.form, "document": paper.document}
    return Outgoing(
        definition=paper.definition,
        version=paper.version,
        definition_fingerprint=paper.definition_fingerprint,
        form=form,
        form_fingerprint=fingerprint(form),
        prefix=paper.prefix,
        language=paper.language,
        due=paper.due,
        told=paper.told or {},
    )


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


def _maker(source: Source) -> Make:
    """Return what makes the papers of a definition. Raises Faults for a definition that is wrong."""
    if sort_of(source) == "plan":
        return planning.maker(source)
    return lettering.maker(source)
