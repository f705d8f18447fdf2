"""`formwright check PATH...`: every fault of definitions, accounts, overlays and settings, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import click

from formwright import account as accounts
from formwright import definition as definitions
from formwright import form as forms
from formwright import overlay as overlays
from formwright import rules, settings, sources, yamlfile
from formwright.cli import _shared as shared
from formwright.errors import Fault, Faults, FormwrightError, Unusable
from formwright.sources import Source
from formwright.workspace import Workspace


@click.command(
    epilog=shared.examples("formwright check", "formwright check forms/visit.yaml", "formwright check accounts/*.yaml")
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@shared.workspace_option
def command(paths: tuple[Path, ...]) -> int:
    """Find what is wrong in files, and in all files of a folder or a workspace (this one, if no PATH is named); all of
    it at once.

    An overlay of a workspace is tried on its definition and its account: what `issue` would refuse is told. A warning
    is what may be right, and seldom is: a text that looks unfinished, importers with different control systems in one
    profile, a setting that a definition prints and formwright.toml does not give. Nothing is changed. Exit code 1
    where something is wrong; a warning alone is 0.
    """
    files = 0
    told: dict[Fault | FormwrightError, None] = {}
    warnings: dict[Fault, None] = {}
    for error, said in _all(paths or (shared.opened().folder,)):
        files += 1
        warnings |= dict.fromkeys(said)
        fresh = [fault for fault in getattr(error, "faults", (error,)) if fault is not None and fault not in told]
        for fault in fresh:  # two overlays may have the same fault of their definition
            click.echo(str(fault), err=True)
        told |= dict.fromkeys(fresh)
    warnings = {fault: None for fault in warnings if fault not in told}
    faults = len(told)
    for fault in warnings:
        click.echo(str(replace(fault, message=f"warning: {fault.message}")), err=True)
    found = _counted(faults, "fault") if faults else "nothing is wrong"
    more = f", {_counted(len(warnings), 'warning')}" if warnings else ""
    click.echo(f"{_counted(files, 'file')}: {found}{more}.")
    return 1 if faults else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


Told = tuple[FormwrightError | None, tuple[Fault, ...]]
"""What is wrong with a file, and the warnings."""


def _all(paths: Iterable[Path]) -> Iterator[Told]:
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


def _said(path: Path, workspace: Workspace | None) -> Told:
    try:
        return None, _check(sources.read(path), path, workspace)
    except FormwrightError as error:
        return error, ()


def _check(source: Source, path: Path, workspace: Workspace | None) -> tuple[Fault, ...]:
    """Read a file as what its keys say that it is; return the warnings. Raises FormwrightError."""
    if path.name == settings.FILE:
        settings.load(source.data, source.name)
        return ()
    data = yamlfile.parse(source.data, source.name).data
    keys = data.keys() if isinstance(data, dict) else set()
    if "sections" in keys:
        definition = definitions.load(source.data, source.name)
        unset = forms.unset(definition, workspace.printed()) if workspace else ()
        return (*definitions.warnings(definition), *unset)
    if "base" in keys or "operations" in keys:
        return _check_overlay(source, workspace)
    return tuple(rules.of_profile(accounts.load(source.data, source.name)))


def _check_overlay(source: Source, workspace: Workspace | None) -> tuple[Fault, ...]:
    """Read an overlay, and try it where its definition and its account are at hand; return what is said of the form
    that it makes, but for what is said of its definition or its account alone."""
    overlay = overlays.load(source.data, source.name)
    if workspace is None or overlay.account is None:
        return ()
    try:
        base, profile = workspace.definition(overlay.base.id), workspace.account(overlay.account)
    except Unusable as error:
        raise Faults([overlay.fault(("account",), error.code, error.message, error.fix)]) from error
    said = forms.warnings(
        definitions.load(base.data, base.name),
        accounts.load(profile.data, profile.name),
        overlay,
        issued_on=shared.today(),
        settings=workspace.printed(),
    )
    return tuple(fault for fault in said if fault.file == source.name)
