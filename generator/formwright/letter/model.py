"""The definition of a letter: one YAML file `forms/letters/<id>.yaml`. All its wording is in it.

    Letter
    ├── masthead, reference, salutation, closing
    ├── body: passages            a paragraph or a list, with `when` it is sent and the `source` that supports it
    ├── signer                    who signs, for each kind of account (LET-2)
    ├── enclosures, copies
    └── checks                    the rules that hold, with strength, source line and what they look for

`load` tells all faults of a file at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr

from formwright import conditions, schema, yamlfile
from formwright.definition import Id, Masthead, Texts
from formwright.errors import Fault, Faults
from formwright.letter import places
from formwright.schema import Truth, nearest
from formwright.text import LocalText, pick
from formwright.yamlfile import Path

SignedBy = Literal["nasc", "port", "manager"]
"""NASC's signer, the port's (TCPO or Port Director), or the account's own manager or team leader."""
KINDS: Final = ("AM", "PAT")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Part):
    """One text that is sent when its condition holds."""

    text: LocalText
    when: str = ""
    source: str = ""


def _entry(value: object) -> object:
    return tuple({"text": one} if isinstance(one, str) else one for one in value) if isinstance(value, list) else value


Entries = Annotated[tuple[Entry, ...], BeforeValidator(_entry)]


class Passage(_Part):
    """A paragraph (one text, or sentences, each of which may be left out) or a list of the body."""

    text: LocalText = ""
    sentences: Entries = ()
    list: Entries = ()
    numbered: Truth = False
    when: str = ""
    source: str = ""


class Check(_Part):
    """A rule that holds for this letter. phrases: what the letter must say, word for word, places filled."""

    rule: str
    strength: Literal["refuse", "warn"] = "refuse"
    source: str
    phrases: Texts = ()


class Signs(_Part):
    """Who signs, by the account's kind."""

    AM: SignedBy
    PAT: SignedBy


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{1,3}", value):
        raise ValueError(f'"{value}" cannot begin the ids of letters\nWrite one to three capitals, such as L.')
    return value


def _template(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9][\w.-]*\.docx", value):
        raise ValueError(f'"{value}" is not the name of a Word file\nName a .docx of the templates folder.')
    return value


class Letter(BaseModel):
    """A letter before any account.

    encloses: the id of the questionnaire that it goes with; template: a Word file of the workspace's templates folder,
    where the house writes the whole letter in Word.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    document: Literal["letter"]
    version: str
    title: LocalText
    language: str = "en"
    letter: Annotated[str, AfterValidator(_prefix)] = "L"
    source: str = ""
    masthead: Masthead = Masthead()
    reference: LocalText = "{issue}"
    salutation: LocalText = "Dear {contact.salutation}:"
    body: tuple[Passage, ...] = ()
    closing: LocalText = "Sincerely,"
    signer: Signs
    enclosures: Entries = ()
    copies: Entries = ()
    encloses: str = ""
    template: Annotated[str, AfterValidator(_template)] = ""
    checks: tuple[Check, ...] = ()

    _document: yamlfile.Document | None = PrivateAttr(default=None)

    def fault(self, path: Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault at a place of the definition's file."""
        if self._document is None:
            return Fault(code, message, fix)
        return self._document.fault(path, code, message, fix, item="")

    def written(self) -> Iterator[tuple[Path, str]]:
        """Yield every text of the file that it was read from, with its place for `fault`."""
        if self._document is not None:
            yield from self._document.texts()

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Yield every text that is printed, with its path."""
        for name in ("reference", "salutation", "closing"):
            yield (name,), self.said(getattr(self, name))
        for part in ("title", "text"):
            yield ("masthead", part), self.said(getattr(self.masthead, part))
        for path, entry in self.entries():
            yield (*path, "text"), self.said(entry.text)

    def entries(self) -> Iterator[tuple[Path, Entry | Passage]]:
        """Yield every paragraph and entry that may be left out, with its path, in order."""
        for index, passage in enumerate(self.body):
            yield ("body", index), passage
            for name, some in (("sentences", passage.sentences), ("list", passage.list)):
                yield from ((("body", index, name, at), entry) for at, entry in enumerate(some))
        for name in ("enclosures", "copies"):
            yield from (((name, at), entry) for at, entry in enumerate(getattr(self, name)))

    def said(self, text: str | Mapping[str, str]) -> str:
        """Return a text in the letter's language."""
        return pick(text, self.language)


def load(data: bytes | str, name: str) -> Letter:
    """Return the letter in `data`; `name` is the file's name as told in faults. Raises Faults, all at once."""
    return _load(data, name)


@lru_cache(maxsize=32)
def _load(data: bytes | str, name: str) -> Letter:
    document = yamlfile.parse(data, name)
    made, faults = schema.validate(document, Letter)
    if made is not None:
        made._document = document
        faults.extend(_faults(made))
    if made is None or faults:
        raise Faults(faults)
    return made


# ---- checks -------------------------------------------------------------------------------------


def _faults(made: Letter) -> Iterator[Fault]:
    from formwright.letter import rules

    yield from _name(made)
    if bool(made.body) == bool(made.template):
        message = "a letter has a `body`, or a Word `template` that says everything; one of the two."
        yield made.fault(("template",) if made.template else (), "no_body", message, "Write one of them.")
    for path, text in made.texts():
        yield from _places(made, path, text)
    for index, check in enumerate(made.checks):
        for phrase in check.phrases:
            yield from _places(made, ("checks", index, "phrases"), made.said(phrase))
    for path, entry in made.entries():
        yield from _condition(made, path, entry.when)
        if isinstance(entry, Passage) and sum(map(bool, (entry.text, entry.sentences, entry.list))) != 1:
            message = "a passage is a `text`, `sentences` or a `list`, one of the three."
            yield made.fault(path, "passage", message, "Write one of them.")
    yield from rules.of_definition(made)


def _name(made: Letter) -> Iterator[Fault]:
    stem = made._document.file.replace("\\", "/").rpartition("/")[2].partition(".")[0] if made._document else made.id
    if stem != made.id:
        message = f'the id is "{made.id}", but the file is called "{stem}".'
        yield made.fault(("id",), "file_name", message, "Let both be the same.")


def _places(made: Letter, path: Path, text: str) -> Iterator[Fault]:
    for written, name in places.written(text):
        if name not in places.PLACES:
            message = f"{written} is no place that a letter can fill."
            yield made.fault(path, "unknown_place", message, nearest(name or written, places.PLACES))
    if "{account.name}." in text:
        message = "a company's name may end in a full stop, and another one follows it here."
        yield made.fault(path, "two_stops", message, "Put the name somewhere else in the sentence.")


def _condition(made: Letter, path: Path, text: str) -> Iterator[Fault]:
    """Find what a condition asks that no profile says."""
    if not text:
        return
    try:
        condition = conditions.parse(text)
    except ValueError as error:
        message, _, fix = str(error).partition("\n")
        yield made.fault((*path, "when"), "condition", f"{message}.", fix)
        return
    for name in condition.names:
        if name not in places.ASKED:
            message = f'the condition asks "{name}", which a letter cannot ask.'
            yield made.fault((*path, "when"), "unknown_name", message, nearest(name, places.ASKED))
    for found in condition.compared():
        codes = places.ASKED[found.name].codes if found.name in places.ASKED else ()
        if codes and found.literal not in codes:
            message = f'"{found.name}" is never "{found.literal}".'
            yield made.fault((*path, "when"), "unknown_code", message, f"There are: {', '.join(codes)}.")
