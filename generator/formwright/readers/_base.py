"""What a reader is: it takes out of foreign bytes which issue they claim to be of, and what stands in each place.

A reader judges nothing: no token is verified here and no answer parsed. It runs in the worker, which has no secrets.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

from formwright.raw import Compared, Identified, RawProblem, RawReturn


class Place(Protocol):
    """One widget of the manifest, as in `issue.Issued` (which the worker does without, to start quickly)."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def box(self) -> tuple[float, float, float, float]: ...
    @property
    def code(self) -> str: ...
    @property
    def labels(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def alias(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def at(self) -> tuple[int, ...]: ...


class Reader(ABC):
    """Reads one format. An instance may keep the file that it opened last, so that `extract` need not open it again."""

    @abstractmethod
    def identify(self, data: bytes) -> Identified:
        """Return the tokens of every carrier in the file. Raises Refused where the file can't be read at all."""

    @abstractmethod
    def extract(self, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return one cell for each key of `places`, in their order, with strays and problems. Raises Refused."""

    def compare(self, data: bytes, issued: bytes, places: Sequence[Place]) -> Compared:
        """Return how what `data` prints beside its fields differs from the issued file: nothing, where a format has no
        pages. Raises Refused."""
        return Compared()


def not_compared(why: str) -> Compared:
    """Return what is told where the pages could not be compared."""
    problem = RawProblem(
        code="pages_not_compared",
        message=f"It could not be seen whether something was drawn onto the pages themselves: {why}.",
        fix="Look at the pages beside those of the form as it was issued.",
    )
    return Compared(problems=(problem,))


def load(format: str) -> Reader:
    """Return a reader of `format`. Raises KeyError where there is none."""
    name = f"formwright.readers.{format}"
    if not format.isidentifier() or format.startswith("_"):
        raise KeyError(format)
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise KeyError(format) from None
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Reader) and thing.__module__ == name:
            return thing()
    raise KeyError(format)
