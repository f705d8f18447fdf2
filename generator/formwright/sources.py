"""Where definitions, accounts and overlays are found: a path, the workspace's folders, the package's data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from formwright import hidden, resources
from formwright.errors import Unusable, near

FORM_FOLDERS = ("questionnaires", "letters", "plans", "priorities")
SIZE_LIMIT = 4_000_000
"""Bytes of any YAML or TOML file that we open; their parsers have lower limits of their own."""


_CURES: Final[dict[type[OSError], str]] = {
    IsADirectoryError: "Name a file in it.",
    PermissionError: "Ask for the right to read it.",
}
_DISK: Final = "Look at its rights and its disk."


@dataclass(frozen=True, slots=True)
class Source:
    """A file of ours: the name that faults carry, and its bytes."""

    name: str
    data: bytes


def shown(path: Path) -> str:
    """Return `path` as a user would write it: below the current folder without what leads there."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read(path: Path) -> Source:
    """Return the file at `path`; raises Unusable, in words, where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        fix = _beside(path) if isinstance(error, FileNotFoundError) else _CURES.get(type(error), _DISK)
        raise Unusable("cannot_read", f"{path} cannot be read: {error.strerror}.", fix) from error
    if len(data) > SIZE_LIMIT:
        raise Unusable("too_large", f"{path} has more than {SIZE_LIMIT // 1_000_000} MB.", "Is it the right file?")
    return Source(shown(path), data)


def _beside(path: Path) -> str:
    """Return the cure for a path that leads nowhere: the file beside it that is spelt nearly the same, if there is."""
    try:
        meant = near(path.name, (one.name for one in path.parent.iterdir()))
    except OSError:
        meant = []
    return f"Did you mean {path.with_name(meant[0])}?" if meant else "Check the path."


def is_path(named: str) -> bool:
    """Return whether the user named a file rather than an id."""
    return "/" in named or named.endswith((".yaml", ".yml"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A definition that can be named by its id; `own`: the workspace's, not the package's."""

    id: str
    name: str
    place: Traversable
    own: bool


def definition(named: str, own: Path | None) -> Source:
    """Return the definition `named`: a path, else an id in `own` (at any depth), else a packaged one."""
    if is_path(named):
        return read(Path(named))
    found = {listed.id: listed for listed in definitions(own)}
    if named not in found:
        raise _unknown("definition", named, found, "List them with: formwright forms.")
    return Source(found[named].name, found[named].place.read_bytes())


def definitions(own: Path | None) -> Iterator[Listed]:
    """Yield all definitions: packaged ones first, so that an own one of the same id comes later."""
    for folder in FORM_FOLDERS:
        home = resources.data_root() / "forms" / folder
        if home.is_dir():
            for entry in sorted(home.iterdir(), key=lambda entry: entry.name):
                if entry.name.endswith(".yaml"):
                    yield Listed(entry.name.removesuffix(".yaml"), f"forms/{folder}/{entry.name}", entry, own=False)
    if own is not None:
        for path in sorted(own.rglob("*.yaml")):
            yield Listed(path.stem, shown(path), path, own=True)


def account(named: str, folder: Path) -> Source:
    """Return the profile `named`: a path, else an id in `folder`."""
    path = Path(named) if is_path(named) else folder / f"{named}.yaml"
    if not is_path(named) and not path.is_file():
        known = (path.stem for path in folder.glob("*.yaml"))
        raise _unknown("account", named, known, f"Its profile would be {shown(path)}.")
    return read(path)


def plan(named: str, folder: Path) -> Source:
    """Return the action plan `named`: a path, else that of an account id in `folder`."""
    path = Path(named) if is_path(named) else folder / f"{named}.yaml"
    if not is_path(named) and not path.is_file():
        known = (path.stem for path in folder.glob("*.yaml"))
        raise _unknown("plan", named, known, f"Start one with: formwright plan new {named}.")
    return read(path)


def _unknown(noun: str, named: str, known: Iterable[str], fix: str) -> Unusable:
    meant = near(named, known)
    hint = f'Did you mean "{meant[0]}"?' if meant else fix
    return Unusable(f"unknown_{noun}", f'There is no {noun} "{hidden.shown(named)}".', hint)
