"""Apply an overlay's operations, in order, to the items of a definition: locks kept, who did what noted.

    lock        what an overlay may do (DESIGN.md, Keys); locks are set by headquarters, in the definition
    free        anything
    wording     the text is fixed; may be moved or dropped
    reason      anything, with a reason
    mandatory   may be reworded or moved, never dropped (and stays required)
    fixed       nothing but prefill and parameters

To drop, add or move a part rewords its item: an item's wording is its parts' texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from formwright.definition import Definition, Section
from formwright.errors import Fault
from formwright.kinds._base import Kind, Lock
from formwright.overlay import Add, Drop, Move, Operation, Overlay, Placed, Prefill, Require, Reword, SetParameter
from formwright.schema import nearest
from formwright.yamlfile import Path

_SAID: Final[dict[Lock, str]] = {
    "free": "anything",
    "wording": "its text is fixed; it may be moved or dropped",
    "reason": "anything, with a reason",
    "mandatory": "it may be reworded or moved, never dropped",
    "fixed": "nothing but prefill and parameters",
}
_FORBIDDEN: Final[dict[Lock, frozenset[str]]] = {
    "free": frozenset(),
    "wording": frozenset({"reword"}),
    "reason": frozenset(),
    "mandatory": frozenset({"drop", "waive"}),
    "fixed": frozenset({"drop", "move", "reword", "require", "waive"}),
}
_DONE: Final = {
    "drop": "dropped",
    "move": "moved",
    "reword": "reworded",
    "require": "made required",
    "waive": "made not required",
}


@dataclass(slots=True)
class Placement:
    """A section on the way to a form: the section as defined, and its items as they are now."""

    section: Section
    items: list[Kind]


@dataclass(slots=True)
class Draft:
    """A definition on the way to a form.

    fills: name -> the operation that prefills it; given: parameter -> value; changed: (name, field) -> index of the
    operation that wrote it; added, dropped: item or `item.part` -> index of the operation; emptied: section likewise;
    touched: item or `item.part` -> index of the last operation that made another question of it.
    """

    definition: Definition
    overlay: Overlay | None
    sections: list[Placement]
    certification: Kind | None
    faults: list[Fault] = field(default_factory=list)
    fills: dict[str, tuple[int, Prefill]] = field(default_factory=dict)
    given: dict[str, tuple[int, Any]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)
    added: dict[str, int] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)
    emptied: dict[str, int] = field(default_factory=dict)
    changed: dict[tuple[str, str], int] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)
    provenance: dict[str, list[str]] = field(default_factory=dict)

    def find(self, name: str) -> Kind | None:
        """Return the item, or the part of one, called `name`."""
        root, _, part = name.partition(".")
        for item in self.items():
            if item.id == root:
                return item if not part else next((child for child in item.children() if child.id == part), None)
        return None

    def items(self) -> Iterator[Kind]:
        """Yield every item there is now, the certification last."""
        for placement in self.sections:
            yield from placement.items
        if self.certification is not None:
            yield self.certification

    def names(self) -> list[str]:
        """Return what an operation may name."""
        items = list(self.items())
        return [item.id for item in items] + [f"{item.id}.{part.id}" for item in items for part in item.children()]

    def note(self, name: str, words: str) -> None:
        """Note what was done to an item or part, by whom and why."""
        self.provenance.setdefault(name, []).append(words)

    def replace(self, name: str, change: Callable[[Kind], Kind | None]) -> None:
        """Put what `change` makes of the item or part `name` in its place; None takes it out."""
        root, _, part = name.partition(".")
        by = change if not part else lambda item: with_child(item, part, change)
        for placement in self.sections:
            placement.items = _mapped(placement.items, root, by)
        if self.certification is not None and self.certification.id == root:
            self.certification = by(self.certification)


def start(definition: Definition, overlay: Overlay | None) -> Draft:
    """Return a definition as it is before any operation."""
    sections = [Placement(section, list(section.items)) for section in definition.sections]
    certification = definition.certification.item if definition.certification else None
    return Draft(definition, overlay, sections, certification)


def apply(draft: Draft) -> None:
    """Apply the overlay's operations in order; what is forbidden or impossible is added to the draft's faults."""
    if draft.overlay is None:
        return
    for index, operation in enumerate(draft.overlay.operations):
        _Step(draft, draft.overlay, index, operation).take()


def parts_field(kind: Kind) -> str:
    """Return the field that holds what a kind is made of, "" for none."""
    return next((name for name in ("parts", "columns") if name in type(kind).model_fields), "")


def with_child(item: Kind, part: str, change: Callable[[Kind], Kind | None]) -> Kind:
    """Return an item with one of its parts (or columns) changed, or taken out."""
    return with_children(item, _mapped(item.children(), part, change))


def with_children(item: Kind, children: list[Kind]) -> Kind:
    """Return an item with other parts (or columns)."""
    return item.model_copy(update={parts_field(item): tuple(children)})


def _mapped(kinds: Any, name: str, change: Callable[[Kind], Kind | None]) -> list[Kind]:
    made = (change(kind) if kind.id == name else kind for kind in kinds)
    return [kind for kind in made if kind is not None]


@dataclass(slots=True)
class _Step:
    """One operation on its way."""

    draft: Draft
    overlay: Overlay
    index: int
    operation: Operation

    def take(self) -> None:
        operation = self.operation
        if isinstance(operation, SetParameter):
            self._parameter(operation)
        elif isinstance(operation, Add):
            self._add(operation)
        else:
            self._change(operation)

    def fault(self, path: Path, code: str, message: str, fix: str = "") -> None:
        place = ("operations", self.index, *path)
        self.draft.faults.append(self.overlay.fault(place, code, message, fix, item=self.operation.target))

    def note(self, name: str = "") -> None:
        """Note what was done: by which overlay, by which rule, why."""
        done = self.operation.did
        if isinstance(self.operation, Require) and not self.operation.required:
            done = "not required"
        path = self.operation.path if isinstance(self.operation, Prefill) else ""
        source = f" from {path} in the profile" if path else ""
        rule = f" ({self.operation.rule})" if self.operation.rule else ""
        why = f": {self.operation.reason}" if self.operation.reason else ""
        self.draft.note(name or self.operation.target, f"{done} by overlay {self.overlay.id}{source}{rule}{why}")

    def _parameter(self, operation: SetParameter) -> None:
        name = operation.parameter
        if name not in self.draft.definition.parameters:
            message = f'there is no parameter "{name}".'
            self.fault(("parameter",), "unknown_parameter", message, nearest(name, self.draft.definition.parameters))
            return
        self.draft.given[name] = (self.index, operation.value)
        self.note()

    def _change(self, operation: Operation) -> None:
        name = operation.target
        kind = self.draft.find(name)
        if kind is None:
            self._unknown(operation.verb, name)
            return
        if not self._allowed(name, kind):
            return
        done = True
        if isinstance(operation, Drop):
            done = self._drop(name)
        elif isinstance(operation, Move):
            done = self._move(operation, kind)
        elif isinstance(operation, Reword):
            self._reword(operation)
        elif isinstance(operation, Require):
            self.draft.replace(name, lambda old: old.model_copy(update={"required": operation.required}))
        elif isinstance(operation, Prefill):
            self.draft.fills[name] = (self.index, operation)
        if done:
            self.note()
        if done and not isinstance(operation, Prefill):
            self.draft.touched[name] = self.index

    def _unknown(self, verb: str, name: str) -> None:
        if name in self.draft.dropped:
            message = f'"{name}" was dropped by an operation above.'
            self.fault((verb,), "dropped_above", message, "Take one of the two out.")
        else:
            message = f'there is no item or part "{name}" in {self.draft.definition.id}.'
            self.fault((verb,), "unknown_item", message, nearest(name, self.draft.names()))

    # ---- locks

    def _allowed(self, name: str, kind: Kind) -> bool:
        """Say whether the locks of an item (and of the item that holds a part) let the operation pass."""
        if isinstance(self.operation, Prefill):
            return True
        root, _, part = name.partition(".")
        item = self.draft.find(root) or kind
        allowed = self._lock(kind.lock, {self._act()}, name)
        if part and allowed:
            acts = {"reword"} if self._act() in ("drop", "move") else {self._act()}
            allowed = self._lock(item.lock, acts | ({"drop"} if self._act() == "drop" else set()), root)
        return allowed

    def _act(self) -> str:
        operation = self.operation
        if isinstance(operation, Require):
            return "require" if operation.required else "waive"
        return "reword" if isinstance(operation, Add) else operation.verb

    def _lock(self, lock: Lock, acts: set[str], owner: str) -> bool:
        name = self.operation.target
        if acts & _FORBIDDEN[lock]:
            act = _DONE.get(self._act(), self._act()) if not isinstance(self.operation, Add) else "added to"
            whose = "its lock" if owner == name else f'the lock of "{owner}"'
            message = f'"{name}" may not be {act}: {whose}, set by headquarters, is "{lock}" ({_SAID[lock]}).'
            fix = "Take this operation out, or ask headquarters, who own the definition."
            self.fault((self.operation.verb,), "locked", message, fix)
            return False
        if lock == "reason" and not self.operation.reason.strip():
            act = _DONE.get(self._act(), "changed")
            message = f'"{name}" may be {act} only with a reason: headquarters set its lock to "reason".'
            self.fault((self.operation.verb,), "reason_missing", message, "Add `reason: ...`.")
            return False
        return True

    # ---- drop, reword

    def _drop(self, name: str) -> bool:
        root, _, part = name.partition(".")
        if part:
            item = self.draft.find(root)
            if item is not None and len(item.children()) == 1:
                self.fault(("drop",), "last_part", f'"{name}" is the only part left.', f'Drop "{root}" instead.')
                return False
        self.draft.replace(name, lambda old: None)
        self.draft.dropped[name] = self.index
        for placement in self.draft.sections:
            if not placement.items:
                self.draft.emptied.setdefault(placement.section.id, self.index)
        return True

    def _reword(self, operation: Reword) -> None:
        new = {key: value for key in ("text", "help") if (value := getattr(operation, key)) is not None}
        self.draft.replace(operation.reword, lambda old: old.model_copy(update=new))
        for key in new:
            self.draft.changed[operation.reword, key] = self.index

    # ---- places

    def _add(self, operation: Add) -> None:
        name = operation.add.id
        taken = [*self.draft.names(), *(placement.section.id for placement in self.draft.sections)]
        place = self._place(operation)
        if place is None:
            return
        holder, position = place
        full = f"{holder.id}.{name}" if isinstance(holder, Kind) else name
        if full in taken or full in self.draft.dropped:
            message = f'the id "{name}" is taken in {self.draft.definition.id}.'
            fix = "Give the new item an id of its own; ids are never used again."
            self.fault(("add", "id"), "duplicate_id", message, fix)
            return
        if isinstance(holder, Kind) and not self._lock(holder.lock, {"reword"}, holder.id):
            return
        self._put(holder, position, operation.add)
        self.draft.added[full] = self.draft.touched[full] = self.index
        self.note(full)

    def _move(self, operation: Move, kind: Kind) -> bool:
        root, _, part = operation.move.partition(".")
        target = operation.after or operation.before or operation.into
        if target == operation.move:
            self.fault(("move",), "no_place", "it would stand beside itself.", "Name another item.")
            return False
        if self.draft.certification is not None and root == self.draft.certification.id:
            self.fault(("move",), "no_place", "the certification stands at the end.", "Take this operation out.")
            return False
        place = self._place(operation)
        if place is None:
            return False
        inside = place[0].id if isinstance(place[0], Kind) else ""
        if inside != (root if part else ""):
            message = "a part stays within its item, and an item does not become a part."
            self.fault((operation.verb,), "no_place", message, "Drop it and add another one there.")
            return False
        self.draft.replace(operation.move, lambda old: None)
        holder, position = self._place(operation) or place
        self._put(holder, position, kind)
        if not part:
            self.draft.moved.add(root)
        return True

    def _place(self, operation: Placed) -> tuple[Placement | Kind, int] | None:
        """Return where to put something: a section or an item made of parts, and the position in it."""
        if operation.section:
            for placement in self.draft.sections:
                if placement.section.id == operation.section:
                    return placement, len(placement.items)
            known = [placement.section.id for placement in self.draft.sections]
            message = f'there is no section "{operation.section}".'
            self.fault(("section",), "unknown_section", message, nearest(operation.section, known))
            return None
        if operation.into:
            item = self.draft.find(operation.into)
            if item is not None and parts_field(item):
                return item, len(item.children())
            message = f'"{operation.into}" is not an item made of parts.'
            self.fault(("into",), "unknown_item", message, "Name a composite, or a table for a column.")
            return None
        return self._beside(operation)

    def _beside(self, operation: Placed) -> tuple[Placement | Kind, int] | None:
        key = "after" if operation.after else "before"
        root, _, part = (operation.after or operation.before).partition(".")
        step = int(key == "after")
        for placement in self.draft.sections:
            for position, item in enumerate(placement.items):
                if item.id != root:
                    continue
                if not part:
                    return placement, position + step
                for index, child in enumerate(item.children()):
                    if child.id == part:
                        return item, index + step
        self._unknown(key, f"{root}.{part}" if part else root)
        return None

    def _put(self, holder: Placement | Kind, position: int, kind: Kind) -> None:
        if isinstance(holder, Placement):
            holder.items.insert(position, kind)
            return

        def change(item: Kind) -> Kind:
            children = list(item.children())
            children.insert(position, kind)
            return with_children(item, children)

        self.draft.replace(holder.id, change)
