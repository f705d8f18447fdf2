"""A form: what one account is asked, resolved and numbered (`resolve` makes it).

    questions      its items in printed order, each with its number
    dump, restore  to plain JSON and back, exactly: an issue stores its form and is read without `forms/`

Nothing internal of the profile is in a form, and no authors' notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from formwright.definition import FactLabels, Masthead, Notices, ParameterColumn, SideHead
from formwright.kinds import AnyKind
from formwright.kinds._base import Kind
from formwright.numbering import Numbering
from formwright.text import LocalText

Json = Any
SCHEMA: Final = 1


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormItem(_Part):
    """An item with its printed number ("E.2", "" for none)."""

    number: str
    item: AnyKind


class FormSection(_Part):
    """A section that has items."""

    id: str
    letter: str
    title: LocalText
    lead: LocalText = ""
    review: bool = False
    items: tuple[FormItem, ...]


class FormCertification(_Part):
    title: LocalText
    item: AnyKind


class Caution(_Part):
    """A warning that came up on the way: said when issuing, kept with the form."""

    code: str
    message: str
    fix: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One item in printed order; number "" for what has none."""

    number: str
    section: str
    review: bool
    kind: Kind


class Form(BaseModel):
    """What one account is asked.

    numbers: printed number of every section, item and labelled part; prefills: item -> value in the record's shape;
    rows: key of each prefilled row ("officers.r1") -> id of its profile row; provenance: item or `item.part` -> what
    was done to it, in order, also for what was dropped or left out; fingerprint: of all the rest.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: int = SCHEMA
    id: str
    version: str
    kind_of_document: str
    definition_fingerprint: str
    overlay: str = ""
    account: str
    issued_on: date
    title: LocalText
    language: str
    letter: str
    source: str = ""
    numbering: Numbering
    masthead: Masthead
    facts: FactLabels
    opening: tuple[SideHead, ...]
    notices: Notices
    sections: tuple[FormSection, ...]
    certification: FormCertification | None = None
    numbers: Mapping[str, str]
    parameters: Mapping[str, Json] = Field(default_factory=dict)
    parameter_columns: Mapping[str, tuple[ParameterColumn, ...]] = Field(default_factory=dict)
    prefills: Mapping[str, Json] = Field(default_factory=dict)
    rows: Mapping[str, str] = Field(default_factory=dict)
    provenance: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    overrides: Mapping[str, str] = Field(default_factory=dict)
    warnings: tuple[Caution, ...] = ()
    fingerprint: str = ""

    def questions(self) -> tuple[Question, ...]:
        """Return every item in printed order, information and certification included."""
        found = [
            Question(entry.number, section.id, section.review, entry.item)
            for section in self.sections
            for entry in section.items
        ]
        if self.certification:
            found.append(Question("", "", False, self.certification.item))
        return tuple(found)


def dump(form: Form) -> dict[str, Any]:
    """Return a form as plain JSON."""
    return form.model_dump(mode="json", by_alias=True)


def restore(data: Mapping[str, Any]) -> Form:
    """Return the form that `dump` made. Raises pydantic's ValidationError for anything else."""
    return Form.model_validate(data)
