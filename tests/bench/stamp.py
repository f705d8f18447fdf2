"""Stamping against writing the same bytes, WeasyPrint for each account, and pypdf: `./run bench stamp`.

The form is the questionnaire of `forms/`, for the three accounts of `samples/workspace`; one of them has Chinese names,
whose glyphs are embedded, and stands on a line of its own. Every turn stamps another issue of twenty. Files are
written without fsync, into the folder of temporary files.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdf
import ratios

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower, token
from formwright import overlay as overlays
from formwright.layout import Layout, Stamp, Values, controls
from formwright.resolve import resolve
from formwright.writers.pdf.compile import compile as compile_pdf
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.measure import sheets_needed
from formwright.writers.pdf.stamp import Stamper

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = ROOT / "samples" / "workspace"
FORM = ROOT / "forms" / "questionnaires" / "account_management.yaml"
ACCOUNTS = {"harborlight": "small", "tidewater_brokers": "broker", "lantern_loom": "Chinese"}
ISSUES = 20
SLOW_TURNS = 1
FASTER, DEARER = 100.0, 4.0
"""Times faster than WeasyPrint for each account; times the cost of writing the same bytes, for Latin accounts (the
Chinese one stands on lines of its own): issue 2, "Shown by" 4."""
ISSUED, DUE = date(2027, 1, 11), "February 26, 2027"
PRINTED = {"return_email": "returns@nasc.example", "return_address": "100 Specimen Avenue, Sampleton, DC 00000"}


@dataclass(frozen=True)
class Job:
    """One account, ready to be stamped: twenty issues that differ in number and codes."""

    layout: Layout
    values: Values
    titles: Mapping[str, str]
    stamper: Stamper
    stamps: tuple[Stamp, ...]

    def stamp(self, turn: int) -> bytes:
        return self.stamper.stamp(self.stamps[turn % ISSUES], self.titles)


def prepared(name: str, fonts: Fonts) -> Job:
    """Return one account of the sample workspace with the questionnaire, compiled."""
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    account = accounts.load((WORKSPACE / "accounts" / f"{name}.yaml").read_bytes(), name)
    overlay = overlays.load((WORKSPACE / "overlays" / f"{name}.yaml").read_bytes(), name)
    form = resolve(definition, account, overlay, issued_on=ISSUED, settings=PRINTED)
    facts = lower.Facts(prepared_for=account.name, return_by=DUE, contact="Jo Example, 555-0100")
    lowered = lower.lower(form, facts)
    layout, values = lowered.layout, lowered.values
    titles = {control.key: control.name for control in controls(layout.blocks)}
    compiled = compile_pdf(layout, 0, fonts)
    while (sheets := sheets_needed(compiled, values, fonts, titles)) > len(compiled.sheets):
        compiled = compile_pdf(layout, sheets, fonts)
    stamps = []
    for number in range(ISSUES):
        issue = f"Q-2027-{number:04d}"
        tokens = token.mint_all(
            b"fictional" * 4, "K1", "bench", issue, account.id, form.fingerprint, len(compiled.pages)
        )
        foot = f"Issue {issue}, January 11, 2027, for {account.name}"
        stamps.append(Stamp(values=values, tokens=tokens, foot=foot, sample=True))
    return Job(layout, values, titles, Stamper(compiled, fonts), tuple(stamps))


# ---- peers --------------------------------------------------------------------------------------


def filled_by_pypdf(template: bytes, texts: Mapping[str, str]) -> bytes:
    """Fill in the texts alone, as pypdf's users do; what it says of characters that it cannot draw is left out."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(template))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(texts), auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# ---- what is measured ---------------------------------------------------------------------------


def timed(name: str, job: Job, turns: int, fonts: Fonts, targets: ratios.Targets) -> None:
    """Print the table of one account: what each way takes, and how many times that of writing the bytes."""
    compiled = job.stamper.compiled
    finished = [job.stamp(turn) for turn in range(ISSUES)]
    names = {plan.key: plan.name for plan in compiled.fields if plan.kind in {"line", "area"}}
    texts = {names[key]: str(text) for key, text in job.values.items() if key in names}
    widgets = sum(len(plan.widgets) for plan in compiled.fields)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.pdf"
        quick = {
            "write": lambda turn: path.write_bytes(finished[turn % ISSUES]),
            "stamp in memory": job.stamp,
            "stamp and write": lambda turn: path.write_bytes(job.stamp(turn)),
        }
        times = ratios.medians(quick, turns)
    slow = {
        "WeasyPrint": lambda turn: compile_pdf(job.layout, len(compiled.sheets), fonts),
        "pypdf": lambda turn: filled_by_pypdf(finished[0], texts),
    }
    times |= ratios.medians(slow, SLOW_TURNS)
    print(
        f"{name} ({ACCOUNTS[name]}): {len(compiled.pages)} pages, {widgets} widgets, {len(job.values)} values, "
        f"template {len(compiled.template)} bytes, stamped {len(finished[0])} bytes"
    )
    print(ratios.table(times, "write"))
    for what in ("stamp in memory", "stamp and write"):
        targets.at_least(f"{what} against WeasyPrint", times["WeasyPrint"] / times[what], FASTER, job=job.stamp)
    dearer = times["stamp and write"] / times["write"]
    if ACCOUNTS[name] == "Chinese":
        embedded = sum(not str(value).isascii() for value in job.values.values())
        why = f"{len(job.values)} values, {embedded} of them in a face that is embedded for it"
        print(f"told    stamp and write: found {dearer:.2f} times write; no limit for {why}")
    else:
        targets.at_most("stamp and write", dearer, DEARER, "times write", job.stamp)
    print()


def digest(name: str, fonts: Fonts) -> str:
    """Return the SHA-256 of an account's first issue."""
    return hashlib.sha256(prepared(name, fonts).stamp(0)).hexdigest()


def same_elsewhere(name: str, fonts: Path) -> bool:
    """Say whether another process, with other hashes of strings, makes the same bytes."""
    command = [sys.executable, __file__, "--digest", name, "--fonts", str(fonts)]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    return other == digest(name, Fonts.packaged(fonts))


def measure(turns: int, folder: Path, targets: ratios.Targets) -> None:
    """Run all jobs and print what they took."""
    fonts = Fonts.packaged(folder)
    for name in ACCOUNTS:
        timed(name, prepared(name, fonts), turns, fonts, targets)
    same = same_elsewhere("harborlight", folder)
    targets.at_least("same bytes in another process", float(same), 1, "(1 is yes)")


def main() -> int:
    """Print the report; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--fonts", type=Path, default=ROOT / ".cache" / "fonts")
    parser.add_argument("--digest", choices=tuple(ACCOUNTS), help="print the hash of one account's file, no more")
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    options = parser.parse_args()
    if options.digest:
        print(digest(options.digest, Fonts.packaged(options.fonts)))
        return 0
    targets = ratios.Targets(options.profile)
    measure(options.turns, options.fonts, targets)
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
