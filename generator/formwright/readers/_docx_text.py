"""The text that somebody typed in a place: without what an empty control says, with what stands beside the control."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from formwright.messages import MESSAGES
from formwright.readers._docx_manifest import plain
from formwright.readers._docx_seen import NEW_LINE, Bit, Cell, Control, Paragraph, State, before, joined

PROMPTS: Final = ("type_here", "choose", "choose_date", "sign_here")
"""What empty controls say, by the names of our own words."""
_LONG: Final = 9
"""Characters of a prompt that is told from an answer even where something is typed in one line with it."""


def prompts(glossary: Iterable[str]) -> frozenset[str]:
    """Return what empty controls say: in every language of ours, and in the file's own glossary."""
    ours = {words for catalogue in MESSAGES.values() for name, words in catalogue.items() if name in PROMPTS}
    return frozenset(ours | {plain(words) for words in glossary if words})


class Reading(NamedTuple):
    """A text as it stands in a place. beside: some of it stands outside the control; note: what is odd about it;
    was: the text before the changes that were tracked, None where there are none."""

    text: str
    beside: bool = False
    note: str = ""
    was: str | None = None


def of_control(control: Control, known: frozenset[str]) -> Reading:
    """Return what is typed in a control."""
    return _reading(control.bits, known, control)


def of_cell(cell: Cell, control: Control | None, known: frozenset[str], tables: Iterable[str] = ()) -> Reading:
    """Return what is typed in a cell that has one place; `tables`: the texts of tables that were put into it."""
    return of_paragraphs(cell.paragraphs, control, known, tables)


def of_paragraphs(
    paragraphs: Sequence[Paragraph], control: Control | None, known: frozenset[str], tables: Iterable[str] = ()
) -> Reading:
    """Return what is typed in paragraphs, in the control or beside it."""
    bits: list[Bit] = []
    for place, paragraph in enumerate(paragraphs):
        if place:
            bits.append(NEW_LINE)
        bits += paragraph.bits
    found = _reading(bits, known, control)
    put = [text for text in tables if text.strip()]
    if put:
        text = "\n".join(filter(None, [found.text, *put]))
        return Reading(text, beside=True, note="table_in_cell", was=found.was)
    if control is None:
        return Reading(_trimmed(found.text), note=found.note, was=found.was)
    own = _reading(control.bits, known, control)
    if plain(own.text) == plain(found.text):
        return Reading(own.text, note=own.note or found.note, was=found.was)
    return Reading(_trimmed(found.text), beside=True, note=found.note or "text_beside", was=found.was)


def _reading(bits: Iterable[Bit], known: frozenset[str], control: Control | None) -> Reading:
    shown = [bit for bit in bits if bit.state != State.HIDDEN]
    text = joined(shown)
    note = ""
    bare = plain(text)
    if bare in known:
        text = ""
    elif any(len(one) >= _LONG and (bare.startswith(one) or bare.endswith(one)) for one in known):
        text, note = _cut(text, known), "prompt_left"
    elif bare and control is not None and control.showing:
        note = "as_prompt"
    changed = any(bit.state != State.KEPT for bit in shown)
    return Reading(text, note=note, was=before(shown) if changed else None)


def _cut(text: str, known: frozenset[str]) -> str:
    """Return a text without the prompt at one of its ends."""
    text = text.strip()
    for words in sorted(known, key=len, reverse=True):
        if len(words) >= _LONG:
            text = text.removeprefix(words).removesuffix(words).strip()
    return text


def _trimmed(text: str) -> str:
    """Return the text of a cell without the empty lines and blanks that a program put around it."""
    return text.strip(" \t\n\r\u00a0")
