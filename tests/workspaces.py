"""A small workspace for tests: one definition (`visit`), one account (`northwind`), two fixed keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from formwright.workspace import Workspace

HOME = Path(__file__).resolve().parent / "data" / "visit"
SECRET = "5a" * 32
Tell = Callable[..., tuple[int, str, str]]
"""A run of the command: its words -> exit code, standard output, standard error (tests/cli/conftest.py)."""


def visit_folder(folder: Path) -> Path:
    """Make the workspace in `folder`; return it."""
    shutil.copytree(HOME, folder)
    for name in ("keys", "overlays", "forms", "out"):
        (folder / name).mkdir(exist_ok=True)
    write(folder / "formwright.toml", 'name = "Cases"\nid = "ws-cases-1"\n')
    write(folder / "keys" / "K1", f'secret = "{SECRET}"\n', 0o600)
    write(folder / "keys" / "K2", f'secret = "{SECRET[::-1]}"\n', 0o600)
    return folder


def visit(folder: Path) -> Workspace:
    """Make the workspace in `folder` and open it."""
    return Workspace.open(visit_folder(folder))


def write(path: Path, content: str | bytes, mode: int = 0o644) -> None:
    """Write a file, with the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)
