"""Stamping Word files against docxtpl in a loop and against writing the same bytes: `./run bench word`.

The form is the questionnaire of `forms/`, for the three accounts of `samples/workspace`; one of them has names in other
scripts, whose runs say so, and stands on lines of its own. Every turn stamps another issue of twenty. docxtpl renders
the same document with a place for each value and the same values, a fresh template for each file as its users do.
(The file is not called docx.py: python-docx would be hidden by it.)
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ratios
from docxtpl import DocxTemplate
from stamp import ACCOUNTS, DUE, FORM, ISSUED, ISSUES, PRINTED, WORKSPACE

from formwright import account as accounts
from formwright import definition as definitions
from formwright import lower, token
from formwright import overlay as overlays
from formwright.layout import Stamp, Values
from formwright.resolve import resolve
from formwright.writers.docx.compile import compile as compile_docx
from formwright.writers.docx.stamp import Stamper

SLOW_TURNS = 3
FASTER, DEARER = 100.0, 2.0
"""Times faster than docxtpl in a loop; times the cost of writing the same bytes, for Latin accounts: issue 3, "Shown
by" 5."""
FILES, WARM, HELD = 2_000, 200, 4.0
"""Files stamped one after the other, and by how many megabytes memory may grow after the first of them."""


@dataclass(frozen=True)
class Job:
    """One account, ready to be stamped: twenty issues that differ in number and code."""

    values: Values
    stamper: Stamper
    stamps: tuple[Stamp, ...]

    def stamp(self, turn: int) -> bytes:
        return self.stamper.stamp(self.stamps[turn % ISSUES])


def prepared(name: str) -> Job:
    """Return one account of the sample workspace with the questionnaire, compiled."""
    definition = definitions.load(FORM.read_bytes(), FORM.name)
    account = accounts.load((WORKSPACE / "accounts" / f"{name}.yaml").read_bytes(), name)
    overlay = overlays.load((WORKSPACE / "overlays" / f"{name}.yaml").read_bytes(), name)
    form = resolve(definition, account, overlay, issued_on=ISSUED, settings=PRINTED)
    lowered = lower.lower(form, lower.Facts(prepared_for=account.name, return_by=DUE, contact="Jo Example, 555-0100"))
    stamps = []
    for number in range(ISSUES):
        issue = f"Q-2027-{number:04d}"
        tokens = token.mint_all(b"fictional" * 4, "K1", "bench", issue, account.id, form.fingerprint, 0)
        foot = f"Issue {issue}, January 11, 2027, for {account.name}"
        stamps.append(Stamp(values=lowered.values, tokens=tokens, foot=foot, sample=True))
    return Job(lowered.values, Stamper(compile_docx(lowered.layout)), tuple(stamps))


# ---- docxtpl ------------------------------------------------------------------------------------


def template(job: Job) -> tuple[bytes, dict[str, str]]:
    """Return a stamped file with a place of docxtpl's in each filled text control, and what goes there."""
    texts: dict[str, str] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(job.stamp(0))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = _with_places(data.decode(), job, texts).encode()
            target.writestr(entry.filename, data)
    return out.getvalue(), texts


def _with_places(xml: str, job: Job, texts: dict[str, str]) -> str:
    for number, plan in enumerate(job.stamper.compiled.fields):
        value = job.values.get(plan.key)
        if plan.kind in {"line", "area", "date", "list"} and isinstance(value, str) and value:
            texts[f"v{number}"] = dict(plan.labels).get(value, value)
            start = xml.index(f'<w:tag w:val="{plan.name}"/>')
            begin = xml.index("<w:sdtContent>", start) + len("<w:sdtContent>")
            end = xml.index("</w:sdtContent>", begin)
            xml = f"{xml[:begin]}<w:r><w:t>{{{{ v{number} }}}}</w:t></w:r>{xml[end:]}"
    return xml


def rendered(source: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a file made by docxtpl."""
    document = DocxTemplate(io.BytesIO(source))
    document.render(dict(texts), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def check(data: bytes, texts: Mapping[str, str]) -> None:
    """See that docxtpl wrote every value: else the comparison is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode()
    plain = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))
    missing = [text for text in texts.values() if text.split("\n")[0].replace("&", "&amp;") not in plain]
    if missing or "{{" in xml:
        raise SystemExit(f"docxtpl left out: {missing[:3]}")


# ---- what is measured ---------------------------------------------------------------------------


def timed(name: str, job: Job, turns: int, targets: ratios.Targets) -> None:
    """Print the table of one account: what each way takes, and how many times that of writing the bytes."""
    finished = [job.stamp(turn) for turn in range(ISSUES)]
    source, texts = template(job)
    check(rendered(source, texts), texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.docx"
        quick = {
            "write": lambda turn: path.write_bytes(finished[turn % ISSUES]),
            "stamp in memory": job.stamp,
            "stamp and write": lambda turn: path.write_bytes(job.stamp(turn)),
        }
        times = ratios.medians(quick, turns)
    times |= ratios.medians({"docxtpl": lambda turn: rendered(source, texts)}, SLOW_TURNS)
    controls = sum(plan.kind != "heading" for plan in job.stamper.compiled.fields)
    print(f"{name} ({ACCOUNTS[name]}): {controls} controls, {len(job.values)} values, {len(finished[0])} bytes")
    print(ratios.table(times, "write"))
    targets.at_least(
        "stamp in memory against docxtpl", times["docxtpl"] / times["stamp in memory"], FASTER, job=job.stamp
    )
    dearer = times["stamp and write"] / times["write"]
    if ACCOUNTS[name] == "Chinese":
        print(f"told    stamp and write: found {dearer:.2f} times write; no limit for {len(job.values)} values")
    else:
        targets.at_most("stamp and write", dearer, DEARER, "times write", job.stamp)
    print()


def grown(job: Job) -> float:
    """Stamp 2,000 files; return by how many megabytes what is held grew after the first 200."""
    held = 0
    for turn in range(FILES):
        if turn == WARM:
            gc.collect()
            held = ratios.held_memory()
        job.stamp(turn)
    gc.collect()
    return (ratios.held_memory() - held) / 1024


def digest(name: str) -> str:
    """Return the SHA-256 of an account's first issue."""
    return hashlib.sha256(prepared(name).stamp(0)).hexdigest()


def same_elsewhere(name: str) -> bool:
    """Say whether another process, with other hashes of strings, makes the same bytes."""
    command = [sys.executable, __file__, "--digest", name]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    return other == digest(name)


def main() -> int:
    """Print the report; return 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--digest", choices=tuple(ACCOUNTS), help="print the hash of one account's file, no more")
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    options = parser.parse_args()
    if options.digest:
        print(digest(options.digest))
        return 0
    targets = ratios.Targets(options.profile)
    for name in ACCOUNTS:
        timed(name, prepared(name), options.turns, targets)
    targets.at_most(f"memory over {FILES} files", grown(prepared("harborlight")), HELD, "MB more")
    targets.at_least("same bytes in another process", float(same_elsewhere("harborlight")), 1, "(1 is yes)")
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
