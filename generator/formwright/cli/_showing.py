"""What `formwright show` prints: of a definition, of the form that an account would get, of an issue."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import click

from formwright import account as accounts
from formwright import definition as definitions
from formwright import hidden, issuing, numbering, papers, reading, sources
from formwright.cli import _papers, _plans
from formwright.cli import _shared as shared
from formwright.cli._keys import cells_of
from formwright.cli._keys import lines as key_lines
from formwright.definition import Definition
from formwright.errors import Fault, Unusable, near
from formwright.form import Form, restore
from formwright.kinds._base import Cell, Kind
from formwright.sources import Source
from formwright.text import pick
from formwright.wording import Placeholder, fill

NOT_GIVEN = "parameter, NOT GIVEN"
WIDEST, NARROWEST = 100, 20
"""Characters of an item's words in a list: as many as in a pipe, and on the narrowest terminal."""


def of_issue(named: str, why: str, *, keys: bool) -> int:
    """Print an issue as it went out, or its keys; return the exit code."""
    with shared.opened() as opened:
        paper = reading.issue_of(opened, named)
        if paper.document == "letter":
            return _papers.letter_issued(paper)
        if paper.document == "plan":
            return _plans.issued(paper)
        issue = reading.form_of(opened, named)
    return _told(restore(dict(issue.form)), (), why, issue.cells if keys else None)


def of_definition(named: str, why: str) -> int:
    """Print what a definition asks; return the exit code."""
    source = _source(named)
    if papers.sort_of(source) == "letter":
        return _papers.letter_definition(source)
    if papers.sort_of(source) == "plan":
        return _plans.definition(source)
    loaded = definitions.load(source.data, source.name)
    _print(_of_definition(loaded), why, loaded.language)
    return 0


def of_account(named: str, account: str, why: str, *, on: date, overlay: str, keys: bool) -> int:
    """Print the form that an account would get, or its keys; return the exit code."""
    with shared.opened() as opened:
        source, profile = opened.definition(named), opened.account(account)
        if papers.sort_of(source) == "letter":
            return _papers.letter_to(source, account, on=on)
        if papers.sort_of(source) == "plan":
            return _plans.of_account(named, account)
        looked = issuing.look(
            opened,
            definitions.load(source.data, source.name),
            accounts.load(profile.data, profile.name),
            on=on,
            overlay=overlay,
        )
    return _told(looked.form, looked.lacking, why, cells_of(looked.form) if keys else None)


def _source(named: str) -> Source:
    """Return the definition of an id or a path. Raises Unusable, which says all that can be named here."""
    workspace = shared.perhaps_opened()
    try:
        return workspace.definition(named) if workspace else sources.definition(named, None)
    except Unusable as error:
        if error.code != "unknown_definition":
            raise
        message = f'There is no definition or issue "{hidden.shown(named)}".'
        listed = "Definitions: formwright forms. Issues: formwright records."
        raise Unusable(error.code, message, listed if error.fix.startswith("List") else error.fix) from error


def _told(form: Form, lacking: Sequence[Fault], why: str, cells: Sequence[Cell] | None) -> int:
    """Print a form, or its keys where its cells are given, then why it cannot go out; return the exit code."""
    found = _of_form(form, lacking)
    if cells is None:
        _print(found, why, form.language)
    else:
        why = _known_item(found, why)
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
    why = _known_item(found, why)
    words = partial(fill, by=partial(_placeholder, found))
    if why:
        holder = found[why.partition(".")[0]][1] if "." in why else None
        for line in _whole(why, found[why], holder, language):
            click.echo(words(line))
        return
    for name, (number, kind, done) in found.items():
        if kind is None:
            click.echo(f"{'':6} {name:32} {number}")
        elif "." in name:
            continue
        else:
            _row(f"{number:6} {name:32} {kind.kind:14} ", words(_words(kind, language)))
        for line in done:
            _row(f"{'':6} {'':32} ", line)


def _row(head: str, words: str) -> None:
    """Print a line of the list: cut where the terminal ends, or after 100 characters of its words."""
    click.echo(head + _short(words, max(shared.columns() - len(head), NARROWEST) if shared.columns() else WIDEST))


def _placeholder(found: Mapping[str, Shown], asked: Placeholder) -> str:
    """Return what stands for a placeholder while there is no account: the words or the number of a reference, [name]
    for what is given later."""
    if asked.sort == "ref":
        return asked.words or (found[asked.name][0] if asked.name in found else f"[{asked.name}]")
    return f"[{asked.name}]" if asked.sort == "name" else asked.written


def _known_item(found: Mapping[str, Shown], why: str) -> str:
    """Return the name of the item that is meant, by its name or its printed number. Raises Unusable for neither."""
    if not why or why in found:
        return why
    numbered = {number.casefold(): name for name, (number, kind, _) in found.items() if number and kind is not None}
    if (name := numbered.get(why.casefold())) is not None:
        return name
    meant = near(why, found)
    fix = f'Did you mean "{meant[0]}"?' if meant else "List the items with the same command, without --why."
    raise Unusable("unknown_item", f'There is no item "{hidden.shown(why)}" here.', fix)


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


def _short(text: str, limit: int = WIDEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
