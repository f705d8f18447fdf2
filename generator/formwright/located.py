"""Where a form's faults are told: at the line of the overlay that made it so, else at that of the definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formwright import conditions
from formwright.customise import Draft
from formwright.errors import Fault
from formwright.yamlfile import Path


@dataclass(frozen=True, slots=True)
class Located:
    """Makes faults of a draft, each at its place.

    account: id of the account; left_out: item or part -> the `include_when` that does not hold, as far as is known.
    """

    draft: Draft
    account: str
    left_out: Mapping[str, str]

    def fault(self, name: str, path: Path, code: str, message: str, fix: str = "") -> Fault:
        """Return a fault where the thing was written: in the overlay if it added or reworded it, else in the base."""
        if self.draft.overlay is not None:
            place = self._in_overlay(name, path)
            if place is not None:
                return self.draft.overlay.fault(place, code, message, fix, item=name)
        return self.draft.definition.fault(name, path, code, message, fix)

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
        if not steps or self.draft.overlay is None:
            return None
        return ("operations", max(steps), self.draft.overlay.operations[max(steps)].verb)

    def gone(self, asked: str, name: str, path: Path) -> Fault | None:
        """Return the fault for something that is asked for and was dropped, or left out by the profile."""
        for part in (asked, asked.partition(".")[0]):
            step = self.draft.dropped.get(part, self.draft.emptied.get(part))
            if step is not None and self.draft.overlay is not None:
                operation = self.draft.overlay.operations[step]
                message = f'"{name}" refers to "{asked}", which is not there once "{operation.target}" is dropped.'
                fix = f'Drop or reword "{name}" as well, or keep "{operation.target}".'
                place = ("operations", step, "drop")
                return self.draft.overlay.fault(place, "still_needed", message, fix, item=operation.target)
            if part in self.left_out:
                message = f'it refers to "{asked}", which {self.account} is not asked ({self.left_out[part]}).'
                fix = f'Give it the same include_when as "{part}", or drop or reword it in the overlay.'
                return self.fault(name, path, "left_out", message, fix)
        return None
