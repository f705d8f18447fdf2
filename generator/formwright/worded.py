"""The words of a form: placeholders filled, authors' notes taken out, parts lettered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError

from formwright import consistency, customise
from formwright.consistency import FaultAt
from formwright.customise import Placement
from formwright.definition import Definition, frame
from formwright.errors import Fault
from formwright.kinds import read_kind
from formwright.kinds._base import Kind
from formwright.numbering import Numbering, letters
from formwright.text import say
from formwright.wording import Fill, Placeholder, fill_all, placeholders, texts

Json = Any
_SETTINGS: Final = {"return_email": "email of [return_to]", "return_address": "address of [return_to]"}
"""Where a workspace sets what wording may use, where the name alone does not say it."""
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


def unset(definition: Definition, settings: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the settings that the texts around the sections use and a workspace with `settings` does not give."""
    for path, words in texts(frame(definition)):
        for found in placeholders(words):
            if found.sort == "name" and found.name not in definition.parameters and found.name not in settings:
                message = f"{found.written} is neither a parameter nor a setting of the workspace."
                setting = _SETTINGS.get(found.name, found.name)
                fix = f"Set {setting} in formwright.toml, or declare the parameter {found.name}."
                yield definition.fault("", path, "unset", message, fix)


@dataclass(frozen=True, slots=True)
class Words:
    """Fills texts; what cannot be filled is added to `faults`.

    given: parameters; unresolved: those that nobody gave; printed: number of every section, item and labelled part.
    """

    given: Mapping[str, Json]
    unresolved: Sequence[str]
    printed: Mapping[str, str]
    numbering: Numbering
    language: str
    fault: FaultAt
    faults: list[Fault] = field(default_factory=list)

    def item(self, name: str, item: Kind) -> Kind:
        """Return an item as it is printed; as it was, with a fault, where the filled texts make no such item."""
        labelled = customise.with_children(item, self._lettered(item)) if item.children() else item
        data = _unnoted(consistency.plain(labelled))
        try:
            made = self._read(data)
        except (ValidationError, ValueError) as error:
            words = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            message, _, fix = words.removeprefix("Value error, ").partition("\n")
            self.faults.append(self.fault(name, (), "kind", consistency.sentence(message), fix))
            return item
        return made if isinstance(made, Kind) else item

    def head(self, placement: Placement) -> dict[str, Any]:
        """Return what a section says of itself, as plain data."""
        filled: dict[str, Any] = fill_all(placement.section.model_dump(mode="json", exclude={"items"}), self._filler())
        return filled

    def frame(self, definition: Definition, settings: Mapping[str, str]) -> dict[str, Any]:
        """Return the texts around the sections, as plain data; they alone may use settings of the workspace."""
        filled: dict[str, Any] = fill_all(frame(definition), self._filler(settings))
        return filled

    def _filler(self, settings: Mapping[str, str] = _NO_SETTINGS, unknown: str = "") -> Fill:
        """Return what replaces a placeholder. What nobody gave is marked, or becomes `unknown`: such a form does not
        go out."""

        def by(found: Placeholder) -> str:
            if found.sort == "name":
                return str(self.given.get(found.name, settings.get(found.name, unknown or f"[{found.name}?]")))
            if found.words:
                return found.words
            number = self.printed.get(found.name, "")
            if not number:
                self._unnumbered(found.name)
            if found.sort == "section":
                return say("section_reference", self.language, letter=number)
            return number

        return by

    def _unnumbered(self, name: str) -> None:
        message = f"{{ref:{name}}} asks for a printed number, but it has none."
        fix = "Give it a label, or write {ref:" + name + "|in words}."
        self.faults.append(self.fault(name, (), "no_number", message, fix))

    def _read(self, data: dict[str, Any]) -> Kind:
        """Return the kind that filled data makes; a number that nobody gave (a threshold) is 1, its words marked."""
        filled = fill_all(data, self._filler())
        try:
            made: Kind = read_kind(filled)
        except (ValidationError, ValueError):
            if not self.unresolved:
                raise
            made = read_kind(fill_all(data, self._filler(unknown="1")))
            made = made.model_copy(update={name: filled[name] for name in ("text", "help")})
        return made

    def _lettered(self, item: Kind) -> list[Kind]:
        children = item.children()
        if item.datatype != "composite":
            return list(children)
        found = zip(children, letters(children, self.numbering), strict=True)
        return [child.model_copy(update={"label": letter}) for child, letter in found]


def _unnoted(data: Any) -> Any:
    """Take authors' notes out of a kind's plain data."""
    if isinstance(data, dict):
        return {key: "" if key == "note" and isinstance(value, str) else _unnoted(value) for key, value in data.items()}
    return [_unnoted(part) for part in data] if isinstance(data, list) else data
