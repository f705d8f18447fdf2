"""`formwright check PATH...`: every fault of definitions, accounts, overlays and settings, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from formwright import account as accounts
from formwright import definition as definitions
from formwright import form as forms
from formwright import overlay as overlays
from formwright import settings, sources, yamlfile
from formwright.cli import _shared as shared
from formwright.errors import Faults, FormwrightError, Unusable
from formwright.sources import Source
from formwright.workspace import Workspace


@click.command(
    epilog=shared.examples(
        "formwright check accounts-2027", "formwright check forms/visit.yaml", "formwright check accounts/*.yaml"
    )
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@shared.workspace_option
def command(paths: tuple[Path, ...]) -> int:
    """Find what is wrong in files, and in all files of a folder or a workspace; all of it at once.

    An overlay of a workspace is tried on its definition and its account. Nothing is changed. Exit code 1 where
    something is wrong.
    """
    files = faults = 0
    for error in _all(paths):
        files += 1
        if error is not None:
            faults += len(error.faults) if isinstance(error, Faults) else 1
            click.echo(str(error), err=True)
    said = "nothing is wrong" if not faults else f"{faults} {'fault' if faults == 1 else 'faults'}"
    click.echo(f"{files} {'file' if files == 1 else 'files'}: {said}.")
    return 1 if faults else 0


def _all(paths: Iterable[Path]) -> Iterator[FormwrightError | None]:
    """Yield for each file what is wrong with it, or None."""
    around = shared.perhaps_opened()
    for path in paths:
        if not path.is_dir():
            yield _said(path, around)
            continue
        try:
            inside = Workspace.open(path) if (path / settings.FILE).is_file() else around
        except FormwrightError:
            inside = None  # told below, as the fault of its file
        for file in sorted([*path.rglob("*.yaml"), *path.rglob("*.yml"), *path.rglob(settings.FILE)]):
            yield _said(file, inside)


def _said(path: Path, workspace: Workspace | None) -> FormwrightError | None:
    try:
        _check(sources.read(path), path, workspace)
    except FormwrightError as error:
        return error
    return None


def _check(source: Source, path: Path, workspace: Workspace | None) -> None:
    """Read a file as what its keys say that it is. Raises FormwrightError."""
    if path.name == settings.FILE:
        settings.load(source.data, source.name)
        return
    data = yamlfile.parse(source.data, source.name).data
    keys = data.keys() if isinstance(data, dict) else set()
    if "sections" in keys:
        definitions.load(source.data, source.name)
    elif "base" in keys or "operations" in keys:
        _check_overlay(source, workspace)
    else:
        accounts.load(source.data, source.name)


def _check_overlay(source: Source, workspace: Workspace | None) -> None:
    """Read an overlay, and try it where its definition and its account are at hand."""
    overlay = overlays.load(source.data, source.name)
    if workspace is None or overlay.account is None:
        return
    try:
        base, profile = workspace.definition(overlay.base.id), workspace.account(overlay.account)
    except Unusable as error:
        raise Faults([overlay.fault(("account",), error.code, error.message, error.fix)]) from error
    forms.resolve(
        definitions.load(base.data, base.name),
        accounts.load(profile.data, profile.name),
        overlay,
        issued_on=shared.today(),
        settings=workspace.printed(),
    )
