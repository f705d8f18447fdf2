"""What the verbs say of letters: their definitions, the letter that an account would get, one that went out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formwright import account as accounts
from formwright import lettering
from formwright.cli import _shared as shared
from formwright.letter import model, places
from formwright.letter.model import Letter, Passage
from formwright.letter.places import ISSUE, PLACES
from formwright.sending import Order
from formwright.sources import Source

if TYPE_CHECKING:
    from formwright.issue import Issue


def letter_definition(source: Source) -> int:
    """Print a letter's definition: what it may say, when, and what supports it; its rules; its places."""
    letter = model.load(source.data, source.name)
    for line in _lines(letter):
        click.echo(line)
    return 0


def _lines(letter: Letter) -> Iterator[str]:
    yield f"{letter.said(letter.title)}, version {letter.version}"
    for path, entry in letter.entries():
        inside = len(path) > 2
        if isinstance(entry, Passage) and (entry.sentences or entry.list):
            continue
        head = f"{path[0]}:" if path[0] != "body" else "-" if not inside else "  -"
        yield f"{head} {letter.said(entry.text)}"
        for what, words in (("when", entry.when), ("from", entry.source)):
            if words:
                yield f"      {what} {words}"
    yield "Rules: " + ", ".join(f"{check.rule} ({check.strength}, {check.source})" for check in letter.checks)
    used = dict.fromkeys(name for _, text in letter.texts() for _, name in places.written(text))
    yield "Places:"
    yield from (f"  {{{name}}}  {PLACES[name].what}" for name in used)


def letter_to(source: Source, account: str, *, on: date) -> int:
    """Print the letter that an account would get. Raises Faults where it cannot go out."""
    with shared.opened() as opened:
        given = opened.account(account)
        order = Order(
            definition=source.name, accounts=(account,), on=on, out=Path(), cache=Path(), at="", reason="(shown)"
        )
        made = lettering.maker(source)(opened, order, accounts.load(given.data, given.name))
    _print(made.form, "(its id)")
    return 0


def letter_issued(issue: Issue) -> int:
    """Print a letter as it went out."""
    _print(issue.form, issue.id)
    return 0


def _print(form: Mapping[str, Any], id: str) -> None:
    click.echo(places.fill(form["words"], {ISSUE: id}))
