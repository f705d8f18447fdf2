"""Characters that no face draws, told where a person can mend them: file and line, printed place, character, cure.

A writer knows keys alone. Here a key becomes its place in print, and its text is looked up in the files that it comes
from: the profile, then the overlay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from formwright import yamlfile
from formwright.errors import Fault
from formwright.form import Form
from formwright.ids import FORM
from formwright.layout import Layout, Value
from formwright.lower import Lowered
from formwright.returns.slots import Slot, places
from formwright.writers.pdf import faces
from formwright.writers.pdf.fonts import Fonts, UndrawableError, normal

SHOWN: Final = 5
"""Faults that are told one by one; of a list of names nobody needs each character."""
_BETWEEN: Final = re.compile(r"[\s,]+")


class Written(Protocol):
    """A file of ours that was read."""

    def written(self) -> Iterator[tuple[yamlfile.Path, str]]:
        """Yield every text of it, with its place."""

    def fault(self, path: yamlfile.Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault at a place of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A character that cannot be drawn in the text of one place."""

    slot: Slot
    text: str
    char: str
    error: UndrawableError


def faults(form: Form, lowered: Lowered, fonts: Fonts, files: Sequence[Written]) -> list[Fault]:
    """Return a fault for each character and each text of `files` that has it, the first few of them; the last one says
    how many more there are. Nothing for a form whose values can all be drawn."""
    questions = ((question.number, question.kind) for question in form.questions())
    slots = places(lowered.cells, questions, form.language).by_key
    told: dict[tuple[object, ...], list[Found]] = {}
    for found in _undrawable(lowered.values, slots, fonts):
        source, path = _source(found, files)
        told.setdefault((found.char, type(source), path or found.slot.cell.key), []).append(found)
    every = [_fault(same, *_source(same[0], files)) for same in told.values()]
    return _few(sorted(every, key=lambda fault: (fault.file, fault.line, fault.column)))


def in_words(layout: Layout, fonts: Fonts, files: Sequence[Written]) -> list[Fault]:
    """Return a fault for each text of `files` that the words of a layout show and that has such a character: the first
    of its characters; the first few faults, and how many more there are."""
    shown = [text.text for text in faces.texts(layout)]
    every = []
    for file in files:
        for path, text in file.written():
            lines = [line.strip(" .") for line in normal(text).splitlines()]
            for error in faces.undrawable(text, fonts):
                if any(line in one for line in lines if line for one in shown):
                    every.append(file.fault(path, error.code, error.message, error.fix))
                break
    return _few(sorted(every, key=lambda fault: (fault.file, fault.line, fault.column)))


def _undrawable(values: Mapping[str, Value], slots: Mapping[str, Slot], fonts: Fonts) -> Iterator[Found]:
    for key, value in values.items():
        if key not in slots or not isinstance(value, str) or value.isascii():
            continue
        text = normal(value)
        for char in dict.fromkeys(text.replace("\n", "")):
            try:
                _ = fonts.widths[char]
            except UndrawableError as error:
                yield Found(slots[key], text, char, error)


def _source(found: Found, files: Sequence[Written]) -> tuple[Written | None, yamlfile.Path]:
    """Return the file in which the character was written, and where: the text itself, else one that is part of it."""
    wanted = _flat(found.text)
    best: tuple[Written | None, yamlfile.Path] = (None, ())
    for file in files:
        for path, written in file.written():
            said = normal(written)
            if found.char not in said:
                continue
            if _flat(said) == wanted:
                return file, path
            if best[0] is None and (_flat(said) in wanted or wanted in _flat(said)):
                best = file, path
    return best


def _flat(text: str) -> str:
    """Return a text by which it is known again: a prefill sets lines side by side, with commas."""
    return _BETWEEN.sub(" ", text).strip()


def _fault(same: Sequence[Found], source: Written | None, path: yamlfile.Path) -> Fault:
    """Return the fault of one character in one text, with all places in print that the text goes to."""
    error = same[0].error
    where = ", ".join(dict.fromkeys(found.slot.place for found in same))
    items = [found.slot.cell.item for found in same if found.slot.cell.item != FORM]
    message = f"{where}: {error.message}"
    if source is None:
        made = Fault(error.code, message, error.fix)
    else:
        made = source.fault(path, error.code, message, error.fix)
    return replace(made, item=items[0] if items else "")


def _few(every: list[Fault]) -> list[Fault]:
    """Return the first faults, each cure at least once; the last one says how many are left out."""
    if len(every) <= SHOWN + 1:
        return every
    cures = {(fault.code, fault.fix): at for at, fault in reversed(list(enumerate(every)))}
    rest = [at for at in range(len(every)) if at not in cures.values()]
    chosen = sorted([*cures.values(), *rest[: max(SHOWN - len(cures), 0)]])
    shown = [every[at] for at in chosen]
    more = f"{shown[-1].fix} And {len(every) - len(shown):,} more such characters.".strip()
    return [*shown[:-1], replace(shown[-1], fix=more)]
