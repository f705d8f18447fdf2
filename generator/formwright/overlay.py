"""An overlay: an ordered list of operations that make a base definition fit one account.

    - drop: exports                   reason: it does not export
    - add: {id: ..., kind: ...}       after | before: item, section: id (at its end), into: composite item
    - move: item                      after | before | section
    - reword: item                    text, help
    - require: item                   required: false
    - prefill: item                   value: ..., or path: ...
    - parameter: id                   value: ...

Each names an `item` or `item.part` and may carry a `reason` (some locks ask for one) and the `rule` that it follows
(QST-2). The base is pinned by version, and by fingerprint where that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SerializeAsAny,
    field_validator,
    model_validator,
)

from formwright import hidden, schema, yamlfile
from formwright.definition import Id, choose
from formwright.errors import Fault, Faults
from formwright.kinds import AnyKind
from formwright.numbering import Numbering
from formwright.schema import Truth
from formwright.text import LocalText

Json = Any


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Base(_Model):
    """The definition that an overlay was written for."""

    id: Id
    version: str
    fingerprint: str = ""


class Operation(_Model):
    """One change. `target` is the item, `item.part` or parameter it names."""

    verb: ClassVar[str]
    did: ClassVar[str]
    """What was done, for provenance."""

    reason: str = ""
    rule: str = ""

    @property
    def target(self) -> str:
        """Return what the verb names."""
        return str(getattr(self, self.verb))


class Placed(Operation):
    """An operation that puts an item somewhere."""

    after: str = ""
    before: str = ""
    section: str = ""
    into: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> Placed:
        given = [name for name in PLACES if getattr(self, name)]
        if len(given) != 1:
            said = f"{' and '.join(given)} are given" if given else "none is given"
            raise ValueError(
                f"it must say where, once; {said}\nWrite one of after: item, before: item, section: id, into: item."
            )
        return self


PLACES: Final = ("after", "before", "section", "into")


class Drop(Operation):
    verb: ClassVar[str] = "drop"
    did: ClassVar[str] = "dropped"
    drop: str


class Add(Placed):
    verb: ClassVar[str] = "add"
    did: ClassVar[str] = "added"
    add: AnyKind

    @property
    def target(self) -> str:
        return self.add.id


class Move(Placed):
    verb: ClassVar[str] = "move"
    did: ClassVar[str] = "moved"
    move: str


class Reword(Operation):
    verb: ClassVar[str] = "reword"
    did: ClassVar[str] = "reworded"
    reword: str
    text: LocalText | None = None
    help: LocalText | None = None

    @model_validator(mode="after")
    def _something(self) -> Reword:
        if self.text is None and self.help is None:
            raise ValueError("it says no new words\nGive `text`, `help` or both.")
        return self

    @field_validator("text")
    @classmethod
    def _words(cls, value: LocalText | None) -> LocalText | None:
        words = value.values() if isinstance(value, dict) else [value]
        if value is not None and not all(str(word).strip() for word in words):
            raise ValueError("the new text is empty\nWrite one, or drop the question.")
        return value


class Require(Operation):
    verb: ClassVar[str] = "require"
    did: ClassVar[str] = "required"
    require: str
    required: Truth = True


class Prefill(Operation):
    verb: ClassVar[str] = "prefill"
    did: ClassVar[str] = "prefilled"
    prefill: str
    value: Json = None
    path: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Prefill:
        if (self.value is None) == (not self.path):
            raise ValueError("it must say what with, once\nGive `value` or `path` (a path into the account's profile).")
        return self


class SetParameter(Operation):
    verb: ClassVar[str] = "parameter"
    did: ClassVar[str] = "given"
    parameter: str
    value: Json


OPERATIONS: Final[Mapping[str, type[Operation]]] = {
    made.verb: made for made in (Drop, Add, Move, Reword, Require, Prefill, SetParameter)
}


def _read(value: Any) -> Any:
    """Return a mapping as the operation whose verb it has. Raises ValueError."""
    if isinstance(value, Operation):
        return value
    verbs = ", ".join(OPERATIONS)
    if not isinstance(value, dict):
        raise ValueError(f"an operation is a mapping that begins with its verb\nThere are: {verbs}.")
    made = _verb(value)
    if made is None and (given := [verb for verb in OPERATIONS if verb in value]):
        fix = f"Keep one of {', '.join(given)}; an operation does one thing."
        raise ValueError(f"this operation has several verbs\n{fix}")
    if made is None:
        first = str(next(iter(value), ""))
        near = schema.nearest(first, OPERATIONS)
        fix = near if near.startswith("Did") else f"There are: {verbs}."
        raise ValueError(f'this operation has no verb; "{hidden.shown(first)}" is none\n{fix}')
    return made.model_validate(value)


def _verb(value: Mapping[str, Any]) -> type[Operation] | None:
    verbs = [verb for verb in OPERATIONS if verb in value]
    if len(verbs) == 2 and "prefill" in verbs:
        return None
    return OPERATIONS[verbs[0]] if len(verbs) == 1 else None


AnyOperation = Annotated[SerializeAsAny[Operation], BeforeValidator(_read)]


class Overlay(BaseModel):
    """What is changed for an account (or, without `account`, for whoever it is used with).

    overrides: rule -> the reason for which it is set aside ("QST-1").
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    base: Base
    account: Id | None = None
    numbering: Numbering | None = None
    overrides: Mapping[str, str] = Field(default_factory=dict)
    operations: tuple[AnyOperation, ...] = ()
    note: str = ""

    _document: yamlfile.Document | None = PrivateAttr(default=None)

    def written(self) -> Iterator[tuple[yamlfile.Path, str]]:
        """Yield every text of the file that it was read from, with its place for `fault`."""
        if self._document is not None:
            yield from self._document.texts()

    def fault(self, path: yamlfile.Path, code: str, message: str, fix: str = "", *, item: str = "") -> Fault:
        """Return a fault at a place of the overlay's file."""
        if self._document is None:
            return Fault(code, message, fix, item=item)
        return self._document.fault(path, code, message, fix, item=item)


def load(data: bytes | str, name: str) -> Overlay:
    """Return the overlay in `data`. Raises Faults, all at once; `resolve` checks what depends on its base."""
    return _load(data, name)


@lru_cache(maxsize=64)
def _load(data: bytes | str, name: str) -> Overlay:
    document = yamlfile.parse(data, name)
    schema.check_sort(document, "overlay")
    made, faults = schema.validate(document, Overlay, _choose)
    if made is None or faults:
        raise Faults(faults)
    made._document = document
    return made


def _choose(data: Mapping[str, Any]) -> type[BaseModel] | None:
    """Return the model of an operation, or the kind of an item that it adds."""
    return choose(data) or _verb(data)


def numbering_of(overlay: Overlay | None, default: Numbering) -> Numbering:
    """Return how a form is numbered."""
    return overlay.numbering or default if overlay else default
