"""`formwright show DEFINITION [ACCOUNT]`: what is asked, with numbers, kinds, ids and keys, and why it is so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

import click

from formwright import account as accounts
from formwright import definition as definitions
from formwright import issuing, numbering, reading, sources
from formwright.cli import _shared as shared
from formwright.cli._keys import cells_of
from formwright.cli._keys import lines as key_lines
from formwright.definition import Definition
from formwright.errors import Fault, Unusable
from formwright.form import Form, restore
from formwright.kinds._base import Cell, Kind
from formwright.text import pick

ISSUE = re.compile(r"[A-Z]{1,3}-[0-9]{4}-[0-9]{4,}\Z")
NOT_GIVEN = "parameter, NOT GIVEN"


@click.command(
    epilog=shared.examples(
        "formwright show account_management",
        "formwright show account_management northwind",
        "formwright show account_management northwind --why invoice_remittance",
        "formwright show account_management northwind --keys",
        "formwright show Q-2027-0042 --keys --why officers",
    )
)
@click.argument("definition")
@click.argument("account", required=False)
@click.option("--overlay", default="", metavar="FILE", help="Use this overlay, not the one that binds to the account.")
@click.option("--date", "on", type=shared.Day(), help="As of this day. [default: today]")
@click.option("--why", default="", metavar="ITEM", help="Say of one item where it comes from and who changed it.")
@click.option("--keys", is_flag=True, help="List the key of each place that can be answered, with its place in print.")
@shared.workspace_option
def command(definition: str, account: str | None, overlay: str, on: date | None, why: str, keys: bool) -> int:
    """Show the items of DEFINITION, or of the form that ACCOUNT would get: number, id, kind, words.

    With an account each line ends in what was done to the item, and what we would print as known. What nobody gave yet
    stands as [name?], and is told at the end (exit code 1). DEFINITION may be an issue (Q-2027-0042): what was asked.
    """
    if account is None and ISSUE.match(definition):
        with shared.opened() as opened:
            issue = reading.issue_of(opened, definition)
        return _told(restore(dict(issue.form)), (), why, issue.cells if keys else None)
    if account is None:
        if keys:
            raise click.UsageError("--keys needs an ACCOUNT or an issue: what is known makes the rows.")
        workspace = shared.perhaps_opened()
        source = sources.definition(definition, workspace.folder / "forms" if workspace else None)
        loaded = definitions.load(source.data, source.name)
        _print(_of_definition(loaded), why, loaded.language)
        return 0
    with shared.opened() as opened:
        source, profile = opened.definition(definition), opened.account(account)
        form, lacking = issuing.look(
            opened,
            definitions.load(source.data, source.name),
            accounts.load(profile.data, profile.name),
            on=on or shared.today(),
            overlay=overlay,
        )
    return _told(form, lacking, why, cells_of(form) if keys else None)


def _told(form: Form, lacking: Sequence[Fault], why: str, cells: Sequence[Cell] | None) -> int:
    """Print a form, or its keys where its cells are given, then why it cannot go out; return the exit code."""
    found = _of_form(form, lacking)
    if cells is None:
        _print(found, why, form.language)
    else:
        _known_item(found, why)
        for line in key_lines(form, cells, why):
            click.echo(line)
    for fault in lacking:
        click.echo(str(fault), err=True)
    return 1 if lacking else 0


Shown = tuple[str, Kind | None, tuple[str, ...]]
"""Number, kind, and lines on what was done to it and what is known. What is no item (a parameter, something dropped)
has no kind, and its number says what it is."""


def _of_definition(definition: Definition) -> dict[str, Shown]:
    """Return what a definition asks, by item and `item.part`."""
    numbers = numbering.numbers(definition.sections, definition.numbering)
    return dict(_below((numbers.get(item.id, ""), item) for item in definition.items()))


def _of_form(form: Form, lacking: Iterable[Fault]) -> dict[str, Shown]:
    """Return what a form asks, by item and `item.part`, with what was done to each; what is not asked comes last, and
    the parameters that nobody gave."""
    found = dict(_below((question.number, question.kind) for question in form.questions()))
    shown: dict[str, Shown] = {
        name: (number, kind, (*form.provenance.get(name, ()), *_known(form, name)))
        for name, (number, kind, _) in found.items()
    }
    gone = {name: done for name, done in form.provenance.items() if name not in shown}
    what = {name: "parameter" if name in form.parameters else "not asked" for name in gone}
    missing = {fault.item: (NOT_GIVEN, None, ()) for fault in lacking if fault.code == "unresolved_parameter"}
    return shown | {name: (what[name], None, done) for name, done in gone.items()} | missing


def _below(questions: Iterable[tuple[str, Kind]]) -> Iterator[tuple[str, Shown]]:
    for number, kind in questions:
        yield kind.id, (number, kind, ())
        if kind.datatype == "composite":
            for part in kind.children():
                yield f"{kind.id}.{part.id}", (f"{number}{part.label or ''}" if part.label else "", part, ())


def _known(form: Form, name: str) -> Iterator[str]:
    item, _, part = name.partition(".")
    value = form.prefills.get(item)
    if part and isinstance(value, dict):
        value = value.get(part)
    if value is not None and (part or name == item):
        yield f"known: {json.dumps(value, ensure_ascii=False)}"


def _print(found: dict[str, Shown], why: str, language: str) -> None:
    _known_item(found, why)
    if why:
        holder = found[why.partition(".")[0]][1] if "." in why else None
        for line in _whole(why, found[why], holder, language):
            click.echo(line)
        return
    for name, (number, kind, done) in found.items():
        if kind is None:
            click.echo(f"{'':6} {name:32} {number}")
        elif "." in name:
            continue
        else:
            click.echo(f"{number:6} {name:32} {kind.kind:14} {_short(_words(kind, language))}")
        for line in done:
            click.echo(f"{'':6} {'':32} {_short(line)}")


def _known_item(found: Mapping[str, Shown], why: str) -> None:
    """Raise Unusable where an item is named that is not there."""
    if why and why not in found:
        near = get_close_matches(why, list(found), n=1)
        fix = f'Did you mean "{near[0]}"?' if near else "List the items with: formwright show DEFINITION [ACCOUNT]."
        raise Unusable("unknown_item", f'There is no item "{why}" here.', fix)


def _words(kind: Kind, language: str) -> str:
    """Return an item's words; those of a composite without any are its parts'."""
    return kind.words(language) or " ".join(part.words(language) for part in kind.children())


def _lock(kind: Kind, holder: Kind | None) -> str:
    """Return the lock of an item; a part is under that of the item that holds it, too."""
    if holder is None or holder.lock == "free":
        return kind.lock
    outer = f"{holder.lock} (of {holder.id})"
    return outer if kind.lock == "free" else f"{kind.lock}, and {outer}"


def _paths(kind: Kind) -> str:
    """Return the paths in the profile that an item is prefilled from, or each of its parts."""
    parts = [f"{part.prefill} ({part.id})" for part in kind.children() if part.prefill]
    return kind.prefill or ", ".join(parts)


def _whole(name: str, shown: Shown, holder: Kind | None, language: str) -> Iterator[str]:
    """Yield all that is known of one item; `holder` is the item that it is a part of."""
    number, kind, done = shown
    if kind is None:
        yield f"{name}: {number}"
        yield from (f"  {line}" for line in done)
        return
    yield f"{number} {name}: {kind.kind}".strip()
    yield f"  {kind.words(language)}" if kind.words(language) else "  (its words are those of its parts)"
    for what, value in (
        ("source", kind.source),
        ("cites", ", ".join(kind.cites)),
        ("lock", _lock(kind, holder)),
        ("topics", ", ".join(kind.topics)),
        ("required", "" if kind.required else "no"),
        ("prefilled from", _paths(kind)),
        ("included when", kind.include_when or ""),
        ("shown when", kind.show_when or ""),
        ("help", pick(kind.help, language)),
    ):
        if value:
            yield f"  {what}: {value}"
    for part in kind.children():
        yield f"  {kind.id}.{part.id}: {part.kind}  {_short(part.words(language))}"
    yield from (f"  {line}" for line in done)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
