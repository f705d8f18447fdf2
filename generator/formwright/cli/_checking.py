"""What `formwright check` finds in each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from formwright import account as accounts
from formwright import definition as definitions
from formwright import overlay as overlays
from formwright import papers, planning, resolve, rules, settings, sources, worded, yamlfile
from formwright.cli import _shared as shared
from formwright.errors import Fault, Faults, FormwrightError, Unusable
from formwright.plan import model as plans
from formwright.sources import Source
from formwright.workspace import Workspace

Told = tuple[FormwrightError | None, tuple[Fault, ...]]
"""What is wrong with a file, and the warnings."""


def all_in(paths: Iterable[Path]) -> Iterator[Told]:
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
    if source.data.startswith(b"%PDF-"):
        fix = "Definitions, accounts, overlays and settings are checked; a form that came back: formwright read."
        raise Unusable("not_ours", f"{source.name} is a PDF file.", fix)
    if path.name == settings.FILE:
        settings.load(source.data, source.name)
        return ()
    data = yamlfile.parse(source.data, source.name).data
    keys = data.keys() if isinstance(data, dict) else set()
    if "document" in keys and papers.sort_of(source) != "questionnaire":
        papers.head(source)
        return ()
    if "account" in keys and keys & {"checklist", "projects", "background"}:
        return _check_plan(source, workspace)
    if "sections" in keys:
        definition = definitions.load(source.data, source.name)
        unset = worded.unset(definition, workspace.printed()) if workspace else ()
        return (*definitions.warnings(definition), *unset)
    if "base" in keys or "operations" in keys:
        return _check_overlay(source, workspace)
    return tuple(rules.of_profile(accounts.load(source.data, source.name)))


def _check_plan(source: Source, workspace: Workspace | None) -> tuple[Fault, ...]:
    """Read an action plan; where its account is at hand, hold it against the rules, and return the warnings."""
    if workspace is None:
        plans.load(source.data, source.name)
        return ()
    found = planning.checked(workspace, source)
    if found.refused:
        raise Faults(found.refused)
    return found.warned


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
    looked = resolve.look(
        definitions.load(base.data, base.name),
        accounts.load(profile.data, profile.name),
        overlay,
        issued_on=shared.today(),
        settings=workspace.printed(),
    )
    if looked.lacking:
        raise Faults(looked.lacking)
    return tuple(fault for fault in looked.warnings if fault.file == source.name)
