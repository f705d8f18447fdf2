"""What is known before the account answers: prefilled values, from the profile or an overlay, and parameters.

Values come in the shape of a record; decimals are text. What a kind has no place for is left out (other columns of a
profile's rows, other fields of a contact); what does not fit it is a fault.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from formwright import consistency, facts
from formwright.account import Account
from formwright.customise import Draft
from formwright.definition import Parameter
from formwright.errors import Fault
from formwright.facts import PATHS
from formwright.kinds._base import Kind
from formwright.overlay import Overlay, Prefill
from formwright.schema import nearest
from formwright.wording import INSTRUCTION, texts, unfilled
from formwright.yamlfile import Path

Json = Any


@dataclass(slots=True)
class Known:
    """Looks up prefills; `rows` fills with the profile row of each prefilled row ("officers.r1" -> "achterberg")."""

    account: Account
    overlay: Overlay | None
    draft: Draft
    fault: Callable[[str, Path, str, str, str], Fault]
    rows: dict[str, str] = field(default_factory=dict)

    def value(self, name: str, kind: Kind) -> Json:
        """Return what is known of the item or part `name`, None for nothing; faults go to the draft."""
        value = self._own(name, kind)
        if kind.datatype == "composite":
            found = {part.id: self.value(f"{name}.{part.id}", part) for part in kind.children()}
            known = {part: inner for part, inner in found.items() if inner is not None}
            return {**(value if isinstance(value, dict) else {}), **known} or None
        if value is None:
            return None
        for words in kind.prefill_faults(value):
            self.draft.faults.append(self._misfit(name, kind, words))
        return self._rowed(name, value) if kind.datatype == "table" else value

    def _own(self, name: str, kind: Kind) -> Json:
        """Return what an operation gives, or else what the profile knows at the item's path."""
        step, operation = self.draft.fills.get(name, (-1, None))
        if operation is not None and operation.value is not None:
            return without_floats(operation.value)
        path = operation.path if operation is not None else kind.prefill
        if not path:
            return None
        if path not in PATHS:
            self._no_path(step, path, name)
            return None
        return _asked(kind, without_floats(facts.lookup(self.account, path)))

    def _no_path(self, step: int, path: str, name: str) -> None:
        """A path of the definition was checked before; this is an overlay's."""
        if self.overlay is not None:
            message = f'the profile has no "{path}".'
            place = ("operations", step, "path")
            fault = self.overlay.fault(place, "unknown_path", message, nearest(path, PATHS), item=name)
            self.draft.faults.append(fault)

    def _misfit(self, name: str, kind: Kind, words: str) -> Fault:
        step, operation = self.draft.fills.get(name, (-1, None))
        words, _, cure = words.partition("\n")
        message = f"what is known does not fit: {consistency.sentence(words)}"
        if operation is not None and self.overlay is not None:
            fix = cure or f"Give what an item of kind {kind.kind} takes (`formwright kinds`), or take this out."
            return self.overlay.fault(("operations", step, _by(operation)), "prefill", message, fix, item=name)
        fix = cure or f"Mend {kind.prefill} in the profile of {self.account.id}, or prefill it in the overlay."
        return self.fault(name, ("prefill",), "prefill", message, fix)

    def _rowed(self, name: str, value: Json) -> Json:
        """Number the rows of a table, and remember which row of the profile each one is."""
        found = []
        for number, row in enumerate(value if isinstance(value, list) else (), start=1):
            if "_id" in row:
                self.rows[f"{name}.r{number}"] = str(row["_id"])
            known = {key: inner for key, inner in row.items() if key not in ("_id", "_row")}
            found.append({"_row": f"r{number}", **known})
        return found


def _by(operation: Prefill) -> str:
    return "path" if operation.path else "value"


def _asked(kind: Kind, value: Json) -> Json:
    """Leave what the kind has a place for: the columns of a table, the fields of a contact."""
    if kind.datatype == "table" and isinstance(value, list):
        columns = {child.id for child in kind.children()} | {"_id"}
        rows = [{key: part for key, part in row.items() if key in columns} for row in value]
        return [row for row in rows if row.keys() - {"_id"}] or None
    if kind.datatype == "contact" and isinstance(value, dict):
        fields = getattr(kind, "fields", ())
        return {key: part for key, part in value.items() if key in fields} or None
    return value


def without_floats(value: Json) -> Json:
    """Return JSON without binary fractions: decimals are text in values."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dict):
        return {str(key): without_floats(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [without_floats(part) for part in value]
    return value


@dataclass(slots=True)
class Given:
    """Takes the parameters: each from the overlay, or its default; faults go to the draft.

    values: of those that the form uses; unresolved: used, and nobody gave it; warnings: values that look unfinished.
    """

    draft: Draft
    values: dict[str, Json] = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def take(self, subject: consistency.Subject) -> None:
        """Take those that the texts and lists of `subject` use."""
        used = subject.parameters_used()
        for name, parameter in self.draft.definition.parameters.items():
            if name not in used:
                continue
            _, value = self.draft.given.get(name, (-1, parameter.default))
            if value is None or value == [] or (isinstance(value, str) and not value.strip()):
                self.unresolved.append(name)
            elif problem := parameter_problem(parameter, value):
                self.draft.faults.append(self._fault(name, f'the parameter "{name}" {problem[0]}.', problem[1]))
            else:
                self.values[name] = without_floats(value)
                self._finished(name)
        self._fit(subject)

    def _finished(self, name: str) -> None:
        """Find instructions to the sender in what was given: they would be printed."""
        for _, words in texts({"value": self.values[name]}):
            if INSTRUCTION.search(words):
                message = f'"{words}" is an instruction to the sender, which is never printed (QST-6, SOP L831).'
                self.draft.faults.append(self._fault(name, message, "Write what it asks for.", "instruction"))
            elif found := unfilled(words):
                message = consistency.unfinished(found)
                self.warnings.append(self._fault(name, message, consistency.FINISH, "looks_like_placeholder"))

    def _fit(self, subject: consistency.Subject) -> None:
        """Find words that were given where an item needs a number."""
        known = {name: self.values[name] for name in self.draft.given if name in self.values}
        given = {name: str(value) for name, value in known.items() if not isinstance(value, list)}
        for name, item, words in consistency.unfitting(subject, given):
            message, _, fix = words.partition("\n")
            message = f'the parameter "{name}" does not fit "{item}": {message}.'
            self.draft.faults.append(self._fault(name, message, fix))

    def _fault(self, name: str, message: str, fix: str, code: str = "parameter") -> Fault:
        """Return a fault at the operation that gives a parameter, or where its default stands."""
        step, _ = self.draft.given.get(name, (-1, None))
        if self.draft.overlay is None or step < 0:
            return self.draft.definition.fault(name, (), code, message, fix)
        return self.draft.overlay.fault(("operations", step, "value"), code, message, fix, item=name)


def parameter_problem(parameter: Parameter, value: Json) -> tuple[str, str] | None:
    """Return what is wrong with a parameter's value and its cure, None for a good one."""
    if parameter.kind == "text":
        good = isinstance(value, str | int | float) and not isinstance(value, bool)
        return None if good else ("must be a text", 'Write `value: "..."`.')
    if not isinstance(value, list):
        return "must be a list", "Write `value:` and an entry on each line, with `- `."
    names = [column.id for column in parameter.columns]
    for number, entry in enumerate(value, start=1):
        if problem := _entry_problem(entry, number, names):
            return problem
    return None


def _entry_problem(entry: Json, number: int, columns: list[str]) -> tuple[str, str] | None:
    if not isinstance(entry, dict):
        good = isinstance(entry, str) and bool(entry.strip())
        return (
            None if good else (f"has an entry that is not a text (entry {number})", "Put it in quotes, or take it out.")
        )
    unknown = [str(key) for key in entry if key not in columns]
    if unknown:
        return f'has no column "{unknown[0]}" (entry {number})', nearest(unknown[0], columns)
    good = bool(entry) and all(isinstance(part, str) and part.strip() for part in entry.values())
    return None if good else (f"has an entry that says nothing (entry {number})", "Fill it; put numbers in quotes.")
