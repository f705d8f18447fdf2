"""A form: definition, overlay and account, resolved and numbered: what this account is asked.

    resolve        operations -> what the profile leaves out -> parameters -> numbers -> words -> prefills -> rules
    dump, restore  to plain JSON and back, exactly: an issue stores its form and is read without `forms/`
    questions      its items in printed order, each with its number

Nothing internal of the profile is in a form; authors' notes are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formwright import conditions, consistency, customise, rules
from formwright.account import Account
from formwright.customise import Draft
from formwright.definition import Definition, FactLabels, Masthead, Notices, ParameterColumn, SideHead
from formwright.errors import Fault, Faults
from formwright.fingerprint import fingerprint
from formwright.kinds import AnyKind, read_kind
from formwright.kinds._base import Kind
from formwright.known import Given, Known
from formwright.numbering import Numbering, letters, numbers
from formwright.overlay import Overlay, numbering_of
from formwright.rules._base import Case
from formwright.text import LocalText, say
from formwright.wording import Fill, Placeholder, fill_all, placeholders, texts
from formwright.yamlfile import Path

Json = Any
SCHEMA: Final = 1
_SETTINGS: Final = {"return_email": "email of [return_to]", "return_address": "address of [return_to]"}
"""Where a workspace sets what wording may use, where the name alone does not say it."""
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


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


def fingerprint_of(definition: Definition) -> str:
    """Return the fingerprint of a definition's content, by which an overlay may pin its base."""
    return fingerprint(definition.model_dump(mode="json", by_alias=True))


def resolve(
    definition: Definition,
    account: Account,
    overlay: Overlay | None = None,
    *,
    issued_on: date,
    settings: Mapping[str, str] | None = None,
) -> Form:
    """Return what `account` is asked on `issued_on`.

    settings: words of the workspace that the opening may use (`return_email`). Raises Faults, all that can be told at
    once: those of the overlay first; then references, parameters, prefills; then what a rule refuses.
    """
    form, lacking = look(definition, account, overlay, issued_on=issued_on, settings=settings)
    if lacking:
        raise Faults(lacking)
    return form


def look(
    definition: Definition,
    account: Account,
    overlay: Overlay | None = None,
    *,
    issued_on: date,
    settings: Mapping[str, str] | None = None,
) -> tuple[Form, tuple[Fault, ...]]:
    """Return the form as far as it can be made, for authors, and why it cannot go out as it is: what a rule refuses,
    and parameters and settings that nobody gave; "[import_invoices?]" stands for these. Raises Faults as `resolve`."""
    making = _Making(definition, account, overlay, issued_on, settings or {}, customise.start(definition, overlay))
    making.steps()
    return making.form(), tuple(dict.fromkeys(making.lacking))


def warnings(
    definition: Definition,
    account: Account,
    overlay: Overlay | None = None,
    *,
    issued_on: date,
    settings: Mapping[str, str] | None = None,
) -> tuple[Fault, ...]:
    """Return the warnings of a form with their files and lines, which the form itself does not keep. Raises Faults as
    `resolve`."""
    making = _Making(definition, account, overlay, issued_on, settings or {}, customise.start(definition, overlay))
    making.steps()
    if making.lacking:
        raise Faults(dict.fromkeys(making.lacking))
    return tuple(dict.fromkeys(making.warnings))


def unset(definition: Definition, settings: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the settings that the texts around the sections use and a workspace with `settings` does not give."""
    for path, words in texts(_frame(definition)):
        for found in placeholders(words):
            if found.sort == "name" and found.name not in definition.parameters and found.name not in settings:
                message = f"{found.written} is neither a parameter nor a setting of the workspace."
                setting = _SETTINGS.get(found.name, found.name)
                fix = f"Set {setting} in formwright.toml, or declare the parameter {found.name}."
                yield definition.fault("", path, "unset", message, fix)


def _frame(definition: Definition) -> dict[str, Any]:
    """Return what stands around the sections, as plain data."""
    whole = definition.model_dump(mode="json", by_alias=True)
    return {name: whole[name] for name in ("title", "masthead", "facts", "opening", "notices")}


@dataclass(slots=True)
class _Making:
    """A form in the making: each step leaves its result for the next, and its faults."""

    definition: Definition
    account: Account
    overlay: Overlay | None
    issued_on: date
    settings: Mapping[str, str]
    draft: Draft
    left_out: dict[str, str] = field(default_factory=dict)
    """item or part -> the `include_when` that does not hold"""
    given: dict[str, Json] = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)
    frame: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    prefills: dict[str, Json] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    lacking: list[Fault] = field(default_factory=list)
    """why the form cannot go out, though it can be looked at"""

    def stop(self) -> None:
        if self.draft.faults:
            raise Faults(dict.fromkeys((*self.draft.faults, *self.lacking)))

    @property
    def numbering(self) -> Numbering:
        return numbering_of(self.overlay, self.definition.numbering)

    # ---- faults at their place

    def fault(self, name: str, path: Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault where the thing was written: in the overlay if it added or reworded it, else in the base."""
        if self.overlay is not None:
            place = self._in_overlay(name, path)
            if place is not None:
                return self.overlay.fault(place, code, message, fix, item=name)
        return self.definition.fault(name, path, code, message, fix)

    def _in_overlay(self, name: str, path: Path) -> Path | None:
        step = self.draft.changed.get((name, str(path[0]))) if path else None
        if step is not None:
            return ("operations", step, *path)
        segments = name.split(".")
        for length in range(len(segments), 0, -1):
            step = self.draft.added.get(".".join(segments[:length]))
            if step is not None:
                return ("operations", step, "add", *(path if length == len(segments) else ()))
        return self._touched(name, path) if path in ((), ("show_when",)) else None

    def _touched(self, name: str, path: Path) -> Path | None:
        """Return the last operation on an item or a part of it, or on what its condition asks: what does not hold now
        held in the definition."""
        kind = self.draft.find(name) if path else None
        asked = conditions.parse(kind.show_when).names if kind and kind.show_when else ()
        whose = (f"{name}.", *(f"{one.partition('.')[0]}." for one in asked))
        steps = [step for other, step in self.draft.touched.items() if f"{other}.".startswith(whose)]
        if not steps or self.overlay is None:
            return None
        return ("operations", max(steps), self.overlay.operations[max(steps)].verb)

    def gone(self, asked: str, name: str, path: Path) -> Fault | None:
        """Return the fault for something that is asked for and was dropped, or left out by the profile."""
        for part in (asked, asked.partition(".")[0]):
            step = self.draft.dropped.get(part, self.draft.emptied.get(part))
            if step is not None and self.overlay is not None:
                operation = self.overlay.operations[step]
                message = f'"{name}" refers to "{asked}", which is not there once "{operation.target}" is dropped.'
                fix = f'Drop or reword "{name}" as well, or keep "{operation.target}".'
                place = ("operations", step, "drop")
                return self.overlay.fault(place, "still_needed", message, fix, item=operation.target)
            if part in self.left_out:
                message = f'it refers to "{asked}", which {self.account.id} is not asked ({self.left_out[part]}).'
                fix = f'Give it the same include_when as "{part}", or drop or reword it in the overlay.'
                return self.fault(name, path, "left_out", message, fix)
        return None

    # ---- the steps

    def steps(self) -> None:
        """Take all of them, each as far as those before let it. Raises Faults."""
        self.pin()
        customise.apply(self.draft)
        self.stop()
        self.include()
        self.parameters(self.consistent())
        self.stop()
        self.number()
        self.word()
        self.stop()
        self.prefill()
        self.rules()
        self.stop()

    def pin(self) -> None:
        """Check that the overlay was written for this definition and this account."""
        overlay = self.overlay
        if overlay is None:
            return
        base, name = overlay.base, self.definition.id
        add = self.draft.faults.append
        if base.id != name:
            message = f'the overlay is for "{base.id}", not for "{name}".'
            add(
                overlay.fault(("base", "id"), "other_base", message, f"Use it with {base.id}, or write one for {name}.")
            )
        elif base.version != self.definition.version:
            message = f"the overlay is for version {base.version} of {name}; this is version {self.definition.version}."
            fix = "Compare the two versions, then change `base`."
            add(overlay.fault(("base", "version"), "other_version", message, fix))
        elif base.fingerprint and base.fingerprint != fingerprint_of(self.definition):
            message = f"{name} {base.version} was changed since this overlay was written: its fingerprint differs."
            fix = f"Look at what changed, then write `fingerprint: {fingerprint_of(self.definition)}`."
            add(overlay.fault(("base", "fingerprint"), "changed_base", message, fix))
        if overlay.account not in (None, self.account.id):
            message = f'the overlay is for the account "{overlay.account}", not for "{self.account.id}".'
            add(overlay.fault(("account",), "other_account", message, "Use the one that belongs to this account."))

    def include(self) -> None:
        """Leave out what the profile says is not asked; what is not known is asked.

        What an overlay added is looked at before: a condition that never holds would take it out without a word.
        """
        for name in self.draft.added:
            if kind := self.draft.find(name):
                for below, inner in consistency.below(name, kind):
                    self.draft.faults.extend(consistency.include_faults(self.fault, below, inner))
        facts = self.account.facts()
        for placement in self.draft.sections:
            had = bool(placement.items)
            kept = (self._included(item.id, item, facts) for item in placement.items)
            placement.items = [item for item in kept if item is not None]
            if had and not placement.items:
                self.left_out[placement.section.id] = "none of its questions is asked"
        if self.draft.certification is not None:
            self.draft.certification = self._included(self.draft.certification.id, self.draft.certification, facts)

    def _included(self, name: str, kind: Kind, facts: Mapping[str, Json]) -> Kind | None:
        if kind.include_when is not None and self._excluded(kind.include_when, facts):
            self.left_out[name] = kind.include_when
            self.draft.note(name, f"left out by the profile: {kind.include_when} does not hold")
            return None
        children = kind.children()
        kept = [self._included(f"{name}.{child.id}", child, facts) for child in children]
        remaining = [child for child in kept if child is not None]
        if len(remaining) == len(children):
            return kind
        if not remaining:
            self.left_out[name] = "none of its parts is asked"
            return None
        return customise.with_children(kind, remaining)

    def _excluded(self, text: str, facts: Mapping[str, Json]) -> bool:
        """An added item's condition may not be one; `consistent` says so."""
        try:
            return conditions.parse(text).evaluate(facts) is False
        except ValueError:
            return False

    def consistent(self) -> consistency.Subject:
        """Check again what the definition had to satisfy, now that it was changed."""
        subject = self._subject()
        self.draft.faults.extend(consistency.check(subject))
        self.warnings.extend(consistency.cautions(subject))
        return subject

    def _subject(self) -> consistency.Subject:
        return consistency.Subject(
            sections=[_Sections(placement) for placement in self.draft.sections if placement.items],
            certification=self.draft.certification,
            parameters=self.definition.parameters,
            fault=self.fault,
            frame=_frame(self.definition),
            language=self.definition.language,
            gone=self.gone,
        )

    def parameters(self, subject: consistency.Subject) -> None:
        """Take each parameter that the form uses from the overlay, or its default."""
        found = Given(self.draft)
        found.take(subject)
        self.given, self.unresolved = found.values, found.unresolved
        self.warnings.extend(found.warnings)

    def number(self) -> None:
        """Give every section, item and labelled part its printed number."""
        sections = [_Sections(placement) for placement in self.draft.sections if placement.items]
        self.printed = numbers(sections, self.numbering, self.draft.moved)

    def word(self) -> None:
        """Fill the placeholders of all texts, take out authors' notes, letter the parts."""
        by = self._filler()
        for placement in self.draft.sections:
            placement.items = [self._worded(item.id, item, by) for item in placement.items]
            head = placement.section.model_dump(mode="json", exclude={"items"})
            self.heads[placement.section.id] = fill_all(head, by)
        if self.draft.certification is not None:
            self.draft.certification = self._worded(self.draft.certification.id, self.draft.certification, by)
        self.lacking.extend(unset(self.definition, self.settings))
        self.frame = fill_all(_frame(self.definition), self._filler(self.settings))

    def _filler(self, settings: Mapping[str, str] = _NO_SETTINGS, unknown: str = "") -> Fill:
        """Return what replaces a placeholder; a setting may stand in the texts around the sections only.

        What nobody gave is marked, or becomes `unknown`: such a form does not go out.
        """

        def by(found: Placeholder) -> str:
            if found.sort == "name":
                return str(self.given.get(found.name, settings.get(found.name, unknown or f"[{found.name}?]")))
            if found.words:
                return found.words
            number = self.printed.get(found.name, "")
            if not number:
                self._unnumbered(found.name)
            if found.sort == "section":
                return say("section_reference", self.definition.language, letter=number)
            return number

        return by

    def _unnumbered(self, name: str) -> None:
        message = f"{{ref:{name}}} asks for a printed number, but it has none."
        fix = "Give it a label, or write {ref:" + name + "|in words}."
        self.draft.faults.append(self.fault(name, (), "no_number", message, fix))

    def _worded(self, name: str, item: Kind, by: Fill) -> Kind:
        labelled = customise.with_children(item, self._lettered(item)) if item.children() else item
        data = _unnoted(consistency.plain(labelled))
        try:
            made = self._read(data, by)
        except (ValidationError, ValueError) as error:
            words = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            message, _, fix = words.removeprefix("Value error, ").partition("\n")
            self.draft.faults.append(self.fault(name, (), "kind", consistency.sentence(message), fix))
            return item
        return made if isinstance(made, Kind) else item

    def _read(self, data: dict[str, Any], by: Fill) -> Kind:
        """Return the kind that filled data makes; a number that nobody gave (a threshold) is 1, its words marked."""
        filled = fill_all(data, by)
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

    def prefill(self) -> None:
        """Look up what is known, in the shape of each kind; what does not fit is a fault at its item."""
        found = Known(self.account, self.overlay, self.draft, self.fault)
        for item in self.draft.items():
            value = found.value(item.id, item)
            if value is not None:
                self.prefills[item.id] = value
        self.rows = found.rows

    def rules(self) -> None:
        """Ask the named checks of the SOP."""
        reviewed = tuple(
            item.id
            for placement in self.draft.sections
            if placement.section.review
            for item in placement.items
            if any(kind.prefill for _, kind in consistency.below(item.id, item))
        )
        case = Case(
            self.definition,
            self.account,
            self.given,
            tuple(self.unresolved),
            self.prefills,
            reviewed,
            self.overlay,
        )
        overrides = self.overlay.overrides if self.overlay else None
        refused, warned = rules.run("resolve", case, overrides)
        self.lacking.extend(refused)
        self.warnings.extend(warned)
        self.warnings.extend(rules.run("issue", case, overrides)[1])

    # ---- the end

    def form(self) -> Form:
        """Return the form, with the fingerprint of all that is in it."""
        lists = {name: self.definition.parameters[name].columns for name in self.given}
        data = {
            "id": self.definition.id,
            "version": self.definition.version,
            "kind_of_document": self.definition.kind_of_document,
            "definition_fingerprint": fingerprint_of(self.definition),
            "overlay": self.overlay.id if self.overlay else "",
            "account": self.account.id,
            "issued_on": self.issued_on,
            "language": self.definition.language,
            "letter": self.definition.letter,
            "source": self.definition.source,
            "numbering": self.numbering,
            **self.frame,
            "sections": tuple(self._sections()),
            "certification": self._certification(),
            "numbers": self.printed,
            "parameters": self.given,
            "parameter_columns": {name: columns for name, columns in lists.items() if columns},
            "prefills": self.prefills,
            "rows": self.rows,
            "provenance": {name: tuple(done) for name, done in sorted(self.draft.provenance.items())},
            "overrides": dict(self.overlay.overrides) if self.overlay else {},
            "warnings": tuple(_caution(fault) for fault in self.warnings),
        }
        made = Form.model_validate(data)
        return made.model_copy(update={"fingerprint": fingerprint(dump(made))})

    def _sections(self) -> Iterator[FormSection]:
        for placement in self.draft.sections:
            if placement.items:
                head = self.heads[placement.section.id]
                items = tuple(FormItem(number=self.printed[item.id], item=item) for item in placement.items)
                yield FormSection(
                    id=placement.section.id,
                    letter=placement.section.letter,
                    title=head["title"],
                    lead=head["lead"],
                    review=placement.section.review,
                    items=items,
                )

    def _certification(self) -> FormCertification | None:
        if self.draft.certification is None or self.definition.certification is None:
            return None
        return FormCertification(title=self.definition.certification.title, item=self.draft.certification)


class _Sections:
    """A placement as a section, for checks and numbers."""

    def __init__(self, placement: customise.Placement) -> None:
        self.id = placement.section.id
        self.letter = placement.section.letter
        self.title = placement.section.title
        self.lead = placement.section.lead
        self.items: list[Kind] = placement.items


def _caution(fault: Fault) -> Caution:
    return Caution(code=fault.code, message=fault.message, fix=fault.fix, item=fault.item)


def _unnoted(data: Any) -> Any:
    """Take authors' notes out of a kind's plain data."""
    if isinstance(data, dict):
        return {key: "" if key == "note" and isinstance(value, str) else _unnoted(value) for key, value in data.items()}
    return [_unnoted(part) for part in data] if isinstance(data, list) else data
