"""Letter + Situation -> Composed: the wording that this account gets, each place filled, every rule kept.

All that is wrong is told at once: a condition that the profile does not answer, a place that nothing fills, an address
that does not fit the window, each rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

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
OFFICE: Final = "office"
"""Two slots of several lines: the address block, the office's lines in the head."""


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
    warnings: tuple[Fault, ...] = ()

    def words(self) -> str:
        """Return the whole letter as plain text, as it reads on paper."""
        return "\n\n".join(part for part in self._words() if part)

    def _words(self) -> Iterator[str]:
        yield from (self._said(text) for text in (self.reference, "{date}", f"{{{ADDRESS}}}"))
        yield self.body_words()
        yield self._said(self.closing)
        yield self._said("{signer.name}\n{signer.title}")
        for name in ("enclosures", "copies"):
            yield "\n".join(self._said(text) for text in getattr(self, name))

    def body_words(self) -> str:
        """Return salutation and text in plain words."""
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


def compose(situation: Situation) -> Composed:
    """Return the letter of a situation. Raises Faults, all at once."""
    found = _Composer(situation)
    made = found.composed()
    refused, warned = rules.run(situation, made.body_words(), made.values)
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
        self.asked: dict[str, Any] = {name: asked.get(self.account) for name, asked in places.ASKED.items()}

    def composed(self) -> Composed:
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
            enclosures=self._entries("enclosures"),
            copies=self._entries("copies"),
            values={},
        )
        self.faults += address.faults(self.account)
        made = replace(made, values=self._values(made))
        self._unfinished(made)
        return made

    # ---- what is sent

    def _part(self, path: Path, passage: Passage) -> Part | None:
        if not self._holds(path, passage):
            return None
        found = enumerate(passage.list)
        entries = tuple(self.letter.said(one.text) for at, one in found if self._holds((*path, "list", at), one))
        if passage.list and not entries:
            return None
        text = self.letter.said(passage.text)
        return Part(text=text, list=entries, numbered=passage.numbered, source=passage.source)

    def _entries(self, name: str) -> tuple[str, ...]:
        found = enumerate(getattr(self.letter, name))
        return tuple(self.letter.said(one.text) for at, one in found if self._holds((name, at), one))

    def _holds(self, path: Path, entry: Entry | Passage) -> bool:
        """Say whether a text is sent; what the profile does not say is a fault, never a guess."""
        if not entry.when:
            return True
        held = conditions.parse(entry.when).evaluate(self.asked)
        if held is None:
            names = [name for name in conditions.parse(entry.when).names if not self.asked[name]]
            line = self.letter.fault((*path, "when"), "", "").line
            for name in names:
                key = name.partition(".")[2]
                message = f"the profile of {self.account.name} does not say `{key}`, which line {line} of the letter asks."
                self.faults.append(self.account.fault((key,), "unknown_fact", message, f"Add `{key}: ...`."))
        return bool(held)

    # ---- what fills it

    def _values(self, made: Composed) -> dict[str, str]:
        """Return what fills each place that is used; what is missing is a fault that names where to write it."""
        values = {ADDRESS: "\n".join(address.block(self.account)), OFFICE: self._office()}
        unsigned = self.situation.signer is None and any(check.rule == "LET-2" for check in self.letter.checks)
        for name in _used(made):
            value = PLACES[name].get(self.situation)
            values[name] = value
            if not value and not (unsigned and name.startswith("signer.")):
                self.faults.append(self._unfilled(name, PLACES[name]))
        values.pop(places.ISSUE, None)
        return values

    def _office(self) -> str:
        parts = (PLACES["office.address"].get(self.situation), PLACES["office.phone"].get(self.situation))
        return "\n".join(part for part in parts if part)

    def _unfilled(self, name: str, place: Place) -> Fault:
        message = f"nothing fills {{{name}}}, {place.what}: no letter goes out with an unfilled place (LET-5, SOP L377)."
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
