"""Letter + Situation -> Composed: the wording that this account gets, each place filled, every rule kept.

All that is wrong is told at once: a condition that the profile does not answer, a place that nothing fills, an address
that does not fit the window, each rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from formwright import conditions, settings, wording
from formwright.definition import Masthead
from formwright.errors import Fault, Faults
from formwright.letter import address, places, rules
from formwright.letter.model import Entry, Passage
from formwright.letter.places import PLACES, Place
from formwright.letter.situation import Situation
from formwright.text import plain
from formwright.yamlfile import Path

SCHEMA: Final = 1
ADDRESS: Final = "address"
OFFICE: Final = "letterhead"
"""Two slots of several lines: the address block, the office's lines in the head."""
_OPEN: Final = "(LET-5, SOP L377)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, or the entries of a list; places are still open."""

    text: str = ""
    list: tuple[str, ...] = ()
    numbered: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The letter to one account. Texts have their places open; `values` fills them, all but the letter's own id."""

    situation: Situation
    masthead: Masthead
    reference: str
    salutation: str
    body: tuple[Part, ...]
    closing: str
    enclosures: tuple[str, ...]
    copies: tuple[str, ...]
    values: Mapping[str, str]
    outside: str = ""
    """The words of a house's own template, which then are the whole letter."""
    warnings: tuple[Fault, ...] = ()

    def words(self) -> str:
        """Return the whole letter as plain text, as it reads on paper."""
        return self.outside or "\n\n".join(part for part in self._words() if part)

    def _words(self) -> Iterator[str]:
        yield from (self._said(text) for text in (self.reference, "{date}", f"{{{ADDRESS}}}"))
        yield self.body_words()
        yield self._said(self.closing)
        yield self._said("{signer.name}\n{signer.title}")
        for name in ("enclosures", "copies"):
            yield "\n".join(self._said(text) for text in getattr(self, name))

    def body_words(self) -> str:
        """Return salutation and text in plain words."""
        if self.outside:
            return self.outside
        lines = [self.salutation]
        for part in self.body:
            lines += [part.text] if part.text else [f"- {entry}" for entry in part.list]
        return "\n".join(self._said(line) for line in lines)

    def _said(self, text: str) -> str:
        return places.fill(plain(text), self.values)

    def form(self) -> dict[str, Any]:
        """Return what is kept with the issue for ever: the wording, what filled it, which rules were looked at."""
        now = self.situation
        return {
            "schema_version": SCHEMA,
            "id": now.letter.id,
            "version": now.letter.version,
            "title": now.letter.said(now.letter.title),
            "language": now.letter.language,
            "account": now.account.id,
            "signed_by": now.signed_by,
            "masthead": self.masthead.model_dump(mode="json"),
            "reference": self.reference,
            "salutation": self.salutation,
            "body": [_json(part) for part in self.body],
            "closing": self.closing,
            "enclosures": list(self.enclosures),
            "copies": list(self.copies),
            "values": dict(self.values),
            "words": self.words(),
            "checks": [
                {"rule": check.rule, "strength": check.strength, "source": check.source}
                for _, check, _ in rules.checks(now.letter)
            ],
        }


def _json(part: Part) -> dict[str, Any]:
    said: dict[str, Any] = {"list": list(part.list), "numbered": part.numbered} if part.list else {"text": part.text}
    return {**said, "source": part.source} if part.source else said


class Elsewhere(Protocol):
    """Wording that stands in another file: a house's own Word template."""

    @property
    def names(self) -> tuple[str, ...]:
        """The places that it leaves open."""

    def words(self, values: Mapping[str, str]) -> str:
        """Return what it says with these values. Raises Faults."""


def compose(situation: Situation, elsewhere: Elsewhere | None = None) -> Composed:
    """Return the letter of a situation; `elsewhere` has its words where its definition has none.

    Raises Faults, all at once.
    """
    found = _Composer(situation)
    made = found.composed(elsewhere.names if elsewhere else None)
    if elsewhere and not found.faults:
        made = replace(made, outside=elsewhere.words({**made.values, places.ISSUE: ""}))
    refused, warned = rules.run(situation, made.body_words(), made.words(), made.values)
    found.faults += refused
    if found.faults:
        raise Faults(dict.fromkeys(found.faults))
    return replace(made, warnings=tuple(warned))


class _Composer:
    """Puts one letter together, and gathers what is wrong with it."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.letter, self.account = situation.letter, situation.account
        self.faults: list[Fault] = []
        self.unknown: set[str] = set()
        self.asked: dict[str, Any] = {name: asked.get(self.account) for name, asked in places.ASKED.items()}

    def composed(self, names: tuple[str, ...] | None = None) -> Composed:
        """Return the letter; `names` are places that words elsewhere leave open."""
        letter = self.letter
        head = letter.masthead
        unit = letter.said(head.title) or "{office.unit}"
        body = tuple(part for at, passage in enumerate(letter.body) if (part := self._part(("body", at), passage)))
        made = Composed(
            situation=self.situation,
            masthead=Masthead(title=unit, text=letter.said(head.text)),
            reference=letter.said(letter.reference),
            salutation=letter.said(letter.salutation),
            body=body,
            closing=letter.said(letter.closing),
            enclosures=self._said(("enclosures",), letter.enclosures),
            copies=self._said(("copies",), letter.copies),
            values={},
        )
        self.faults += address.faults(self.account)
        made = replace(made, values=self._values(_used(made) if names is None else list(names)))
        self._unfinished(made)
        return made

    # ---- what is sent

    def _part(self, path: Path, passage: Passage) -> Part | None:
        if not self._holds(path, passage):
            return None
        text = self.letter.said(passage.text) or " ".join(self._said((*path, "sentences"), passage.sentences))
        entries = self._said((*path, "list"), passage.list)
        if not text and not entries:
            return None
        return Part(text=text, list=entries, numbered=passage.numbered, source=passage.source)

    def _said(self, path: Path, entries: tuple[Entry, ...]) -> tuple[str, ...]:
        """Return the texts of those entries that are sent."""
        found = enumerate(entries)
        return tuple(self.letter.said(one.text) for at, one in found if self._holds((*path, at), one))

    def _holds(self, path: Path, entry: Entry | Passage) -> bool:
        """Say whether a text is sent; what the profile does not say is a fault, never a guess."""
        if not entry.when:
            return True
        held = conditions.parse(entry.when).evaluate(self.asked)
        if held is None:
            names = [name for name in conditions.parse(entry.when).names if not self.asked[name]]
            names = [name for name in names if name not in self.unknown]
            self.unknown.update(names)
            line = self.letter.fault((*path, "when"), "", "").line
            for name in names:
                key = name.partition(".")[2]
                message = (
                    f"the profile of {self.account.name} does not say `{key}`, which line {line} of the letter asks."
                )
                self.faults.append(self.account.fault((key,), "unknown_fact", message, f"Add `{key}: ...`."))
        return bool(held)

    # ---- what fills it

    def _values(self, names: list[str]) -> dict[str, str]:
        """Return what fills each place that is used; what is missing is a fault that names where to write it."""
        values = {ADDRESS: "\n".join(address.block(self.account)), OFFICE: self._office()}
        unsigned = self.situation.signer is None and any(check.rule == "LET-2" for check in self.letter.checks)
        bare = bool(self.letter.encloses) and self.situation.enclosed is None
        if bare:
            self.faults.append(self._not_enclosed())
        for name in names:
            if name in places.ASKED:
                values[name] = str(self.asked[name])
            if name not in PLACES:
                continue
            value = PLACES[name].get(self.situation)
            values[name] = value
            told = (unsigned and name.startswith("signer.")) or (bare and name.startswith("questionnaire."))
            if not value and not told:
                self.faults.append(self._unfilled(name, PLACES[name]))
        values.pop(places.ISSUE, None)
        return values

    def _office(self) -> str:
        parts = (PLACES["office.address"].get(self.situation), PLACES["office.phone"].get(self.situation))
        return "\n".join(part for part in parts if part)

    def _not_enclosed(self) -> Fault:
        what = self.letter.encloses
        message = f"{self.account.name} has no open {what}, with which this letter goes (SOP L469)."
        fix = f"Issue it first: formwright issue {what} {self.account.id}."
        return self.account.fault((), "not_enclosed", message, fix)

    def _unfilled(self, name: str, place: Place) -> Fault:
        message = f"nothing fills {{{name}}}, {place.what}: no letter goes out with an open place {_OPEN}."
        if place.setting:
            fix = f"Set {place.setting} in {settings.FILE}."
            return Fault("unfilled_place", message, fix, file=settings.FILE, line=1, column=1)
        if not place.profile:
            return Fault("unfilled_place", message, place.fix)
        path = place.profile
        if path[0] == "contacts":
            path = ("contacts", self.account.contacts.index(self.account.primary), *path[1:])
        field = ".".join(str(part) for part in place.profile)
        return self.account.fault(path, "unfilled_place", message, f"Add `{field}` to the profile.")

    def _unfinished(self, made: Composed) -> None:
        """QST-6's care, for letters: nothing that looks like an instruction goes out, from whichever file."""
        for name, value in made.values.items():
            if found := wording.unfilled(value):
                place = PLACES.get(name)
                path = place.profile if place and place.profile and place.profile[0] != "contacts" else ()
                message = f'"{found}" looks like something that is still to be filled in (LET-5, SOP L377).'
                self.faults.append(self.account.fault(path, "unfinished", message, "Write what is meant."))
        for path, text in self.letter.texts():
            if found := wording.unfilled(text):
                message = f'"{found}" looks like something that is still to be filled in (LET-5, SOP L377).'
                self.faults.append(self.letter.fault(path, "unfinished", message, "Write what is meant, or a place."))


def _used(made: Composed) -> list[str]:
    """Return the places of a letter, each once, in the order of the page."""
    texts = [str(made.masthead.title), str(made.masthead.text), made.reference, "{date}", made.salutation]
    for part in made.body:
        texts += [part.text, *part.list]
    texts += [made.closing, "{signer.name}", "{signer.title}", *made.enclosures, *made.copies]
    return list(dict.fromkeys(name for text in texts for _, name in places.written(text)))
