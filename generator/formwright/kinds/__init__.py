"""The kinds of items: one public module each. `_base` says what a kind is.

`AnyKind` stands in a model for an item, part or column of any kind: the mapping's `kind` decides which.
"""

from __future__ import annotations

import difflib
import importlib
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, SerializeAsAny

from formwright import registry
from formwright.kinds._base import Kind
from formwright.kinds._leaf import Leaf


@cache
def kinds() -> dict[str, type[Kind]]:
    """Return every kind by its name."""
    return registry.collect(__name__, Kind)  # type: ignore[type-abstract]


def kind_of(name: object) -> type[Kind]:
    """Return the kind called `name`. Raises ValueError, with what there is, for any other name."""
    known = kinds()
    if isinstance(name, str) and name in known:
        return known[name]
    close = difflib.get_close_matches(str(name), known, n=1, cutoff=0.6)
    hint = f'Did you mean "{close[0]}"?' if close else f"There are: {', '.join(known)}."
    raise ValueError(f'there is no kind "{name}"\n{hint}')


def read_kind(value: Any) -> Any:
    """Return the mapping `value` as the kind that it names; a kind itself passes.

    Raises ValueError; pydantic's own errors keep their place inside the mapping.
    """
    if isinstance(value, Kind):
        return value
    if not isinstance(value, dict):
        raise ValueError("this must be a mapping of fields\nWrite `kind: ...` and `id: ...`.")
    if "kind" not in value:
        raise ValueError(f"the key `kind` is missing\nAdd `kind: ...`; there are: {', '.join(kinds())}.")
    return kind_of(value["kind"]).model_validate(value)


def _only_leaf(kind: Kind) -> Kind:
    if isinstance(kind, Leaf):
        return kind
    leaves = ", ".join(name for name, found in kinds().items() if issubclass(found, Leaf))
    raise ValueError(f"a column cannot be of kind {kind.kind}\nA column's kind is one of: {leaves}.")


def _only_part(kind: Kind) -> Kind:
    if kind.kind not in ("composite", "certification"):
        return kind
    raise ValueError(f"a part cannot be of kind {kind.kind}\nMake it an item of its own.")


AnyKind = Annotated[SerializeAsAny[Kind], BeforeValidator(read_kind)]
AnyColumn = Annotated[AnyKind, AfterValidator(_only_leaf)]
AnyPart = Annotated[AnyKind, AfterValidator(_only_part)]


def describe() -> str:
    """Return the reference of all kinds as Markdown (docs/reference/kinds.md)."""
    return importlib.import_module(f"{__name__}._describe").describe()  # type: ignore[no-any-return]
