"""A definition: a questionnaire as designed, before any account. YAML in, a checked value out.

    Definition
    ├── masthead, facts, opening, notices     page 1 (LOOK.md) and furniture
    ├── parameters                            what the sender gives for each account
    ├── sections: items                       of any kind (`kinds`)
    └── certification

`load` tells all faults of a file at once: YAML, fields, ids, labels, placeholders, conditions, prefill paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from formwright import schema, yamlfile
from formwright.consistency import Subject, cautions, check
from formwright.errors import Fault, Faults
from formwright.ids import id_faults
from formwright.kinds import AnyKind, kinds
from formwright.kinds._base import Kind
from formwright.numbering import Numbering
from formwright.schema import Truth
from formwright.text import LocalText
from formwright.yamlfile import Path


def _id(value: str) -> str:
    for fault in id_faults(value):
        raise ValueError(fault)
    return value


def _one(value: Any) -> Any:
    """One text is as good as a list of one."""
    return (value,) if isinstance(value, str | dict) else value


def _letter(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{0,2}", value):
        raise ValueError(f'"{value}" is not a letter\nA section has one capital, at most two, or "" for none.')
    return value


def prefix(value: str) -> str:
    """Check what the ids of issues begin with."""
    if not re.fullmatch(r"[A-Z]{1,3}", value):
        raise ValueError(f'"{value}" cannot begin the ids of issues\nWrite one to three capitals, such as Q.')
    return value


def _some(value: tuple[Section, ...]) -> tuple[Section, ...]:
    if not value:
        raise ValueError("there are no sections\nA questionnaire has at least one.")
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f'"{value}" is not a language\nWrite its code, such as en or es-MX.')
    return value


Id = Annotated[str, AfterValidator(_id)]
Texts = Annotated[tuple[LocalText, ...], BeforeValidator(_one)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Masthead(_Part):
    """Who sends it: the unit in bold, and a line below."""

    title: LocalText = ""
    text: LocalText = ""


class FactLabels(_Part):
    """The labels of the three facts on page 1; our own words where empty."""

    prepared_for: LocalText = ""
    return_by: LocalText = ""
    contact: LocalText = ""


class SideHead(_Part):
    """One entry of the instructions on page 1: a head at the side, paragraphs, a list, or a specimen."""

    title: LocalText
    text: Texts = ()
    list: Texts = ()
    numbered: Truth = False
    specimen: LocalText = ""
    source: str = ""


class ParameterColumn(_Part):
    """One field of an entry that is a mapping; `width` is its weight as a column."""

    id: Id
    text: LocalText
    width: Annotated[int, Field(ge=1, le=12)] = 4


class Parameter(_Part):
    """What the sender gives for each account. `several`: what is said when a list has one entry only (SOP L831).

    columns: the fields of an entry, where an entry is a mapping (a bare text is the first); default: what holds where
    an overlay gives nothing.
    """

    label: LocalText
    kind: Literal["text", "list"] = "text"
    several: Literal["any", "warn", "require"] = "any"
    columns: tuple[ParameterColumn, ...] = ()
    default: str | None = None
    source: str = ""


class Notices(_Part):
    """Furniture that a law may ask for (RULES.md 3.3, 3.4). Empty prints nothing; a number is never invented."""

    form_number: LocalText = ""
    omb_number: str = ""
    expiry: LocalText = ""
    burden: LocalText = ""
    privacy: LocalText = ""


class Section(_Part):
    """A section with its letter; `review`: prefilled, to be reviewed and corrected (QST-5)."""

    id: Id
    letter: Annotated[str, AfterValidator(_letter)]
    title: LocalText
    lead: LocalText = ""
    source: str = ""
    review: Truth = False
    items: tuple[AnyKind, ...]


class Certification(_Part):
    """The statement at the end, with its signers."""

    title: LocalText
    item: AnyKind


class Definition(BaseModel):
    """A questionnaire before any account. `letter` begins its issues' ids; `numbering` as in `numbering`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    version: str
    title: LocalText
    kind_of_document: Literal["questionnaire"] = "questionnaire"
    language: Annotated[str, AfterValidator(_language)] = "en"
    letter: Annotated[str, AfterValidator(prefix)] = "Q"
    source: str = ""
    numbering: Numbering = "follow"
    masthead: Masthead = Masthead()
    facts: FactLabels = FactLabels()
    opening: tuple[SideHead, ...] = ()
    parameters: Mapping[Id, Parameter] = Field(default_factory=dict)
    notices: Notices = Notices()
    sections: Annotated[tuple[Section, ...], AfterValidator(_some)]
    certification: Certification | None = None

    _document: yamlfile.Document | None = PrivateAttr(default=None)
    _places: dict[str, Path] = PrivateAttr(default_factory=dict)

    def items(self) -> Iterator[Kind]:
        """Yield every item in order, the certification last."""
        for section in self.sections:
            yield from section.items
        if self.certification:
            yield self.certification.item

    def fault(self, name: str, path: Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault at `path` below the item, part, section or parameter `name` ("" for the whole)."""
        if self._document is None:
            return Fault(code, message, fix, item=name)
        place = (*self._places.get(name, ()), *path)
        return self._document.fault(place, code, message, fix, item=name if name in self._places else "")


def load(data: bytes | str, name: str) -> Definition:
    """Return the definition in `data`; `name` is the file's name as told in faults. Raises Faults, all at once.

    A batch loads a definition once: the same bytes give the same value.
    """
    return _load(data, name)


@lru_cache(maxsize=32)
def _load(data: bytes | str, name: str) -> Definition:
    document = yamlfile.parse(data, name)
    schema.check_sort(document, "definition")
    made, faults = schema.validate(document, Definition, choose)
    places = places_of(document.data)
    if made is not None:
        made._document, made._places = document, places
        faults.extend(_faults(made))
    if made is None or faults:
        raise Faults(faults)
    return made


def choose(data: Mapping[str, Any]) -> type[BaseModel] | None:
    """Return the kind that a mapping names itself, for the keys it may have."""
    name = data.get("kind")
    return kinds().get(name) if isinstance(name, str) else None


def places_of(data: Any) -> dict[str, Path]:
    """Return id -> path of every section, item, `item.part`, and parameter of a definition's plain data."""
    found: dict[str, Path] = {}
    if not isinstance(data, dict):
        return found
    for index, section in enumerate(_mappings(data.get("sections"))):
        found.setdefault(str(section.get("id")), ("sections", index))
        for place, item in enumerate(_mappings(section.get("items"))):
            places_below(item, str(item.get("id")), ("sections", index, "items", place), found)
    certification = data.get("certification")
    if isinstance(certification, dict) and isinstance(certification.get("item"), dict):
        item = certification["item"]
        places_below(item, str(item.get("id")), ("certification", "item"), found)
    for name in data.get("parameters") or ():
        found.setdefault(str(name), ("parameters", str(name)))
    return found


def places_below(item: Mapping[str, Any], name: str, path: Path, found: dict[str, Path]) -> None:
    """Add the place of an item and of what it is made of."""
    found.setdefault(name, path)
    for below in ("parts", "columns"):
        for index, part in enumerate(_mappings(item.get(below))):
            places_below(part, f"{name}.{part.get('id')}", (*path, below, index), found)


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [entry if isinstance(entry, dict) else {} for entry in value] if isinstance(value, list) else []


# ---- checks -------------------------------------------------------------------------------------


def _faults(made: Definition) -> Iterator[Fault]:
    yield from _names(made)
    yield from _labels(made)
    subject = _subject(made)
    yield from check(subject)
    yield from _unused(made, subject)


def warnings(made: Definition) -> list[Fault]:
    """Return what is to be said of a definition though nothing is wrong with it: texts that look unfinished."""
    return list(cautions(_subject(made)))


def _subject(made: Definition) -> Subject:
    return Subject(
        sections=made.sections,
        certification=made.certification.item if made.certification else None,
        parameters=made.parameters,
        fault=made.fault,
        frame=frame(made),
        language=made.language,
    )


FRAME: Final = ("title", "masthead", "facts", "opening", "notices")
"""Where a text may also use a setting of the workspace."""


def frame(made: Definition) -> dict[str, Any]:
    """Return what stands around the sections, as plain data."""
    whole = made.model_dump(mode="json", by_alias=True, include=set(FRAME))
    return {name: whole[name] for name in FRAME}


def _names(made: Definition) -> Iterator[Fault]:
    """The id is the file's name; every id is there once; sources are named."""
    stem = made._document.file.replace("\\", "/").rpartition("/")[2].partition(".")[0] if made._document else made.id
    if stem != made.id:
        message = f'the id is "{made.id}", but the file is called "{stem}".'
        yield made.fault("", ("id",), "file_name", message, "Let both be the same.")
    seen: set[str] = set()
    for section in made.sections:
        for path, name in ((("sections",), section.id), *((("items",), item.id) for item in section.items)):
            if name in seen:
                yield _doubled(made, name, path[0])
            seen.add(name)
    for item in made.items():
        if made.certification and item is made.certification.item and item.id in seen:
            yield made.fault("", ("certification", "item", "id"), "duplicate_id", _twice(item.id), _OWN)
        if made.source and not item.source:
            message = "it does not say where it comes from."
            yield made.fault(item.id, (), "no_source", message, 'Add `source: "SOP L..."`, or `source: ours`.')


_OWN: Final = "Give each item, section and the certification an id of its own."


def _twice(name: str) -> str:
    return f'the id "{name}" is given twice.'


def _doubled(made: Definition, name: str, what: str) -> Fault:
    """Point to the second place of an id (`_places` has the first)."""
    document = made._document
    if document is not None:
        places: list[Path] = []
        for index, section in enumerate(document.data["sections"]):
            places += [("sections", index, "id")] if section["id"] == name else []
            items = enumerate(section["items"])
            places += [("sections", index, "items", at, "id") for at, item in items if item["id"] == name]
        return document.fault(places[-1], "duplicate_id", _twice(name), _OWN, item=name)
    return made.fault(name, ("id",), "duplicate_id", _twice(name), _OWN)


def _labels(made: Definition) -> Iterator[Fault]:
    """A printed number stands for one question."""
    letters: set[str] = set()
    for section in made.sections:
        if section.letter and section.letter in letters:
            message = f"the letter {section.letter} is used by two sections."
            yield made.fault(section.id, ("letter",), "duplicate_label", message, "Give each its own.")
        letters.add(section.letter)
        for name, parts in (("", section.items), *((f"{item.id}.", item.children()) for item in section.items)):
            seen: set[str] = set()
            for part in parts:
                if part.label and part.label in seen:
                    message = f'the label "{part.label}" is used twice.'
                    yield made.fault(name + part.id, ("label",), "duplicate_label", message, "Give each its own.")
                seen.add(part.label or "")


def _unused(made: Definition, subject: Subject) -> Iterator[Fault]:
    used = subject.parameters_used()
    for name in made.parameters:
        if name not in used:
            message = f'nothing uses the parameter "{name}".'
            fix = f"Write {{{name}}} in a text, or `for_each: {name}`, or take it out."
            yield made.fault(name, (), "unused_parameter", message, fix)
