"""`formwright check PATH...`: every fault of definitions, accounts, overlays and settings, each with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from formwright.cli import _shared as shared
from formwright.errors import Fault, FormwrightError


@click.command(
    epilog=shared.examples("formwright check", "formwright check forms/visit.yaml", "formwright check accounts/*.yaml")
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@shared.workspace_option
def command(paths: tuple[Path, ...]) -> int:
    """Find what is wrong in files, and in all files of a folder or a workspace (this one, if no PATH is named); all of
    it at once.

    A plan is held against its rules; an overlay of a workspace is tried on its definition and its account: what
    `issue` would refuse is told. A warning is what may be right, and seldom is: a text that looks unfinished, importers
    with different control systems in one profile, a setting that a definition prints and formwright.toml does not
    give. Nothing is changed. Exit code 1 where something is wrong; a warning alone is 0.
    """
    from formwright.cli import _checking

    files = 0
    told: dict[Fault | FormwrightError, None] = {}
    warnings: dict[Fault, None] = {}
    for error, said in _checking.all_in(paths or (shared.opened().folder,)):
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
    found = _counted(faults, "fault") if faults else "nothing is wrong" if files else "nothing here is ours to check"
    more = f", {_counted(len(warnings), 'warning')}" if warnings else ""
    click.echo(f"{_counted(files, 'file')}: {found}{more}.")
    return 1 if faults else 0


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
