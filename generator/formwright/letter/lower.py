"""Composed -> layout and values: the same blocks for every format, with a slot wherever the account's own goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from formwright.layout import Block, Group, Layout, List, Para, Run, Runs, Value
from formwright.letter import places
from formwright.letter.compose import ADDRESS, OFFICE, Composed, Part
from formwright.text import inline, plain, say

_WORDS: Final = ("code", "sample", "correct_as_shown", "type_here", "choose", "choose_date", "sign_here")
_COUNTED: Final = {"page": ("n", "m"), "continued": ("n",), "sheet": ("n",), "token": ("token",)}


def lower(made: Composed) -> tuple[Layout, dict[str, Value]]:
    """Return the layout of a letter and the values of its slots, all but the letter's id."""
    letter = made.situation.letter
    language = letter.language
    title = plain(letter.said(letter.title))
    words = {code: say(code, language) for code in _WORDS}
    for code, names in _COUNTED.items():
        words[code] = say(code, language, **{name: f"{{{name}}}" for name in names})
    layout = Layout(
        id=letter.id,
        version=letter.version,
        title=title,
        language=language,
        running=title,
        foot=say("foot", language, title=title, version=letter.version),
        blocks=tuple(_blocks(made)),
        words=words,
        author=places.fill(plain(str(made.masthead.title)), made.values),
    )
    return layout, {key: value for key, value in made.values.items() if value or key != OFFICE}


def _blocks(made: Composed) -> Iterator[Block]:
    language = made.situation.letter.language
    head = made.masthead
    office = (Para(runs=_slot(OFFICE)),) if made.values[OFFICE] else ()
    line = runs(str(head.text))
    yield Group(role="letterhead", blocks=(Para(runs=runs(str(head.title))), *office), runs=line)
    yield Group(role="hang", title=say("reference", language), runs=runs(made.reference), blocks=(_para("{date}"),))
    yield Group(role="address", blocks=(Para(runs=_slot(ADDRESS)),))
    yield Group(role="body", blocks=(_para(made.salutation), *(_passage(part) for part in made.body)), keep=False)
    yield Group(role="close", runs=runs(made.closing))
    yield Group(role="signature", blocks=(_para("{signer.name}"), _para("{signer.title}")))
    for code, entries in (("enclosure", made.enclosures), ("copies", made.copies)):
        if entries:
            label = say("enclosures" if code == "enclosure" and len(entries) > 1 else code, language)
            yield Group(role="hang", title=label, blocks=tuple(_para(entry) for entry in entries))


def _passage(part: Part) -> Block:
    if part.list:
        return List(entries=tuple(runs(entry) for entry in part.list), numbered=part.numbered)
    return _para(part.text)


def _para(text: str) -> Para:
    return Para(runs=runs(text))


def _slot(name: str) -> Runs:
    return (Run(f"{{{name}}}", slot=name),)


def runs(text: str) -> Runs:
    """Return the runs of a text: its marks, and a slot for each place."""
    return tuple(one for run in inline(text) for one in _split(run))


def _split(run: Run) -> Iterator[Run]:
    for words, name in places.split(run.text):
        yield replace(run, text=words) if words else replace(run, text=f"{{{name}}}", slot=name)
