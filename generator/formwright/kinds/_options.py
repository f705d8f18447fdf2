"""Options of a choice: their fields, their words, and what can be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pydantic import BaseModel, ConfigDict, field_validator

from formwright import layout
from formwright.ids import ITEM_LIMIT
from formwright.kinds._raw import as_words
from formwright.messages import MESSAGES
from formwright.text import LocalText, pick, plain

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]*\Z")
OTHER: Final = "other"


class Choosable(BaseModel):
    """One option: the code of the record and its words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    text: LocalText

    @field_validator("code")
    @classmethod
    def _good_code(cls, value: str) -> str:
        if not _CODE.match(value) or len(value) > ITEM_LIMIT:
            raise ValueError(
                f"the code {value!r} must hold lower-case letters, digits and _ only, at most {ITEM_LIMIT} characters"
                "\nTake a short word; what people read is its `text`."
            )
        if value in ("off", "on"):
            raise ValueError(f"the code {value!r} is reserved for ticks\nTake another one.")
        return value


def options(chosen: Iterable[Choosable], language: str) -> tuple[layout.Option, ...]:
    """Return the options as the layout has them."""
    return tuple(layout.Option(code=one.code, label=plain(pick(one.text, language))) for one in chosen)


def words(chosen: Iterable[Choosable]) -> dict[str, tuple[str, ...]]:
    """Return code -> words in every language that the definition has."""
    return {one.code: forms(one.text) for one in chosen}


def forms(text: str | Mapping[str, str]) -> tuple[str, ...]:
    """Return a text in all its languages, without marks."""
    return tuple(plain(form) for form in ([text] if isinstance(text, str) else text.values()))


def said(message: str) -> tuple[str, ...]:
    """Return our own words for `message` in all languages of the catalogue."""
    return tuple(catalogue[message] for catalogue in MESSAGES.values() if message in catalogue)


def option_faults(chosen: Iterable[Choosable], *, other: bool = False, least: int = 1) -> Iterator[str]:
    """Yield what is wrong with a list of options: too few, doubled codes or words, a reserved code."""
    codes = [one.code for one in chosen]
    if len(codes) < least:
        yield f"there must be at least {least} {'option' if least == 1 else 'options'}\nAdd to `options`."
    yield from doubled("code", codes)
    if other and OTHER in codes:
        yield f"the code {OTHER!r} is taken by `other: true`\nDrop one of the two."
    yield from list(doubled("text", [pick(one.text, "en").casefold() for one in chosen])) or _crossed(chosen, other)


def _crossed(chosen: Iterable[Choosable], other: bool) -> Iterator[str]:
    """Yield a fault for words of an option, in any language, that are another one's code or words: an answer in words
    could be either."""
    known = {one.code: {one.code, *map(as_words, forms(one.text))} for one in chosen}
    if other:
        known.setdefault(OTHER, {OTHER, *map(as_words, said(OTHER))})
    for one in chosen:
        for form in dict.fromkeys(forms(one.text)):
            also = [code for code, words in known.items() if code != one.code and as_words(form) in words]
            if also:
                yield f"the words {form!r} of {one.code!r} also stand for {also[0]!r}\nChange the words or the code."


def doubled(what: str, names: Iterable[str]) -> Iterator[str]:
    """Yield a fault for each name that occurs twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"the {what} {name!r} occurs twice\nKeep one, or change one."
        seen.add(name)
