"""Discovery by declaration: a new kind, reader, writer or export is one file (or folder) that declares one thing."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def names(package: str) -> tuple[str, ...]:
    """Return the names of the public modules of `package`, in their order (also from a zipped wheel); none is
    imported."""
    home = importlib.import_module(package)
    return tuple(sorted(info.name for info in pkgutil.iter_modules(home.__path__) if not info.name.startswith("_")))


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Return the public modules of `package`, in the order of their names."""
    return tuple(importlib.import_module(f"{package}.{name}") for name in names(package))


def collect(package: str, base: type[T]) -> dict[str, type[T]]:
    """Return name -> class for every module of `package`; each must define exactly one subclass of `base`.

    The name is the module's name. Raises RuntimeError for a module that declares none or several.
    """
    found: dict[str, type[T]] = {}
    for module in modules(package):
        own = [
            thing
            for thing in vars(module).values()
            if isinstance(thing, type)
            and issubclass(thing, base)
            and thing.__module__ == module.__name__
            and not thing.__name__.startswith("_")
        ]
        if len(own) != 1:
            raise RuntimeError(f"{module.__name__} must declare exactly one {base.__name__}, not {len(own)}")
        found[module.__name__.rpartition(".")[2]] = own[0]
    return found
