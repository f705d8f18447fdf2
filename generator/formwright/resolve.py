"""Definition, overlay and account become a form: what this account is asked.

    resolve   operations -> what the profile leaves out -> parameters -> numbers -> words -> prefills -> rules
    look      the same for authors: as far as it can be made, with all that is said of it

Faults are told at the lines where the definition, the overlay or the profile was written (`located`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from formwright import conditions, consistency, customise, facts, rules
from formwright.account import Account
from formwright.customise import Draft
from formwright.definition import Definition, frame
from formwright.errors import Fault, Faults
from formwright.fingerprint import fingerprint
from formwright.form import Caution, Form, FormCertification, FormItem, FormSection, dump
from formwright.kinds._base import Kind
from formwright.known import Given, Known
from formwright.located import Located
from formwright.numbering import Numbering, numbers
from formwright.overlay import Overlay, numbering_of
from formwright.rules._base import Case
from formwright.worded import Words, unset

Json = Any


@dataclass(frozen=True, slots=True)
class Looked:
    """A form as far as it can be made.

    lacking: why it cannot go out as it is; warnings: what is to be said of it all the same. Both carry files and
    lines, which the form does not keep: the same form has the same fingerprint wherever its files lie.
    """

    form: Form
    lacking: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


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
    looked = look(definition, account, overlay, issued_on=issued_on, settings=settings)
    if looked.lacking:
        raise Faults(looked.lacking)
    return looked.form


def look(
    definition: Definition,
    account: Account,
    overlay: Overlay | None = None,
    *,
    issued_on: date,
    settings: Mapping[str, str] | None = None,
) -> Looked:
    """Return the form as far as it can be made, for authors, and why it cannot go out as it is: what a rule refuses,
    and parameters and settings that nobody gave; "[import_invoices?]" stands for these. Raises Faults as `resolve`."""
    making = _Making(definition, account, overlay, issued_on, settings or {}, customise.start(definition, overlay))
    making.steps()
    return Looked(making.form(), tuple(dict.fromkeys(making.lacking)), tuple(dict.fromkeys(making.warnings)))


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
    located: Located = field(init=False)

    def __post_init__(self) -> None:
        self.located = Located(self.draft, self.account.id, self.left_out)

    def stop(self) -> None:
        if self.draft.faults:
            raise Faults(dict.fromkeys((*self.draft.faults, *self.lacking)))

    @property
    def numbering(self) -> Numbering:
        return numbering_of(self.overlay, self.definition.numbering)

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
                    self.draft.faults.extend(consistency.include_faults(self.located.fault, below, inner))
        known = facts.of(self.account)
        for placement in self.draft.sections:
            had = bool(placement.items)
            kept = (self._included(item.id, item, known) for item in placement.items)
            placement.items = [item for item in kept if item is not None]
            if had and not placement.items:
                self.left_out[placement.section.id] = "none of its questions is asked"
        if self.draft.certification is not None:
            self.draft.certification = self._included(self.draft.certification.id, self.draft.certification, known)

    def _included(self, name: str, kind: Kind, known: Mapping[str, Json]) -> Kind | None:
        if kind.include_when is not None and self._excluded(kind.include_when, known):
            self.left_out[name] = kind.include_when
            self.draft.note(name, f"left out by the profile: {kind.include_when} does not hold")
            return None
        children = kind.children()
        kept = [self._included(f"{name}.{child.id}", child, known) for child in children]
        remaining = [child for child in kept if child is not None]
        if len(remaining) == len(children):
            return kind
        if not remaining:
            self.left_out[name] = "none of its parts is asked"
            return None
        return customise.with_children(kind, remaining)

    def _excluded(self, text: str, known: Mapping[str, Json]) -> bool:
        """An added item's condition may not be one; `consistent` says so."""
        try:
            return conditions.parse(text).evaluate(known) is False
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
            fault=self.located.fault,
            frame=frame(self.definition),
            language=self.definition.language,
            gone=self.located.gone,
            sound=tuple(self.definition.items()),
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
        words = Words(
            self.given, self.unresolved, self.printed, self.numbering, self.definition.language, self.located.fault
        )
        for placement in self.draft.sections:
            placement.items = [words.item(item.id, item) for item in placement.items]
            self.heads[placement.section.id] = words.head(placement)
        if self.draft.certification is not None:
            self.draft.certification = words.item(self.draft.certification.id, self.draft.certification)
        self.lacking.extend(unset(self.definition, self.settings))
        self.frame = words.frame(self.definition, self.settings)
        self.draft.faults.extend(words.faults)

    def prefill(self) -> None:
        """Look up what is known, in the shape of each kind; what does not fit is a fault at its item."""
        found = Known(self.account, self.overlay, self.draft, self.located.fault)
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
