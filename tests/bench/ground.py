"""What the benchmarks stand on: the sample accounts' issues of the real questionnaire, and returns of them.

Everything is made in a folder of temporary files, with the workspace of `samples/`; compiled layouts come from the
cache of `./run`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests"), str(ROOT / "tools" / "programs")]

import pikepdf  # noqa: E402
from ratios import Targets  # noqa: E402

import filling  # noqa: E402
from formwright import issuing, sending  # noqa: E402
from formwright.cli._shared import cache_folder, fonts_folder  # noqa: E402
from formwright.issue import Issue, IssuedFile  # noqa: E402
from formwright.records.documents import restore_issue  # noqa: E402
from formwright.records.events import Happening  # noqa: E402
from formwright.workspace import Workspace  # noqa: E402

RETURNS = ROOT / "samples" / "returns"
LATIN, CHINESE, SMALL = "harborlight", "lantern_loom", "tidewater_brokers"
DEFINITION = "account_management"
ISSUED_ON, ISSUED_AT, RECEIVED = date(2027, 3, 1), "2027-03-01T09:00:00Z", "2027-03-20T10:00:00Z"


def targets(about: str) -> Targets:
    """Read the command line of a benchmark; return where its targets go."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true", help="show where the time of a missed target went")
    return Targets(parser.parse_args().profile)


@dataclass(frozen=True, slots=True)
class Ground:
    """An opened workspace and the folder that it lies in, which ends with the benchmark."""

    folder: Path
    workspace: Workspace

    def issue(self, *accounts: str) -> Iterator[Issue]:
        """Issue the questionnaire to accounts; one that cannot be served (no Chinese font) is named and left out."""
        order = sending.Order(
            definition=DEFINITION,
            accounts=accounts,
            on=ISSUED_ON,
            at=ISSUED_AT,
            out=self.folder / "out",
            cache=cache_folder(),
            fonts=fonts_folder(),
            by="bench",
        )
        for outcome in issuing.issue(self.workspace, order):
            if isinstance(outcome, sending.Failed):
                print(f"left out: {outcome.account}: {outcome.error}")
            else:
                yield outcome.issue

    def sent(self, issue: Issue) -> bytes:
        """Return the file of an issue as it went out."""
        return self.workspace.store.bytes(issue.files[0].sha256)

    def samples(self) -> Iterator[Path]:
        """Yield the returns of `samples/` that real programs filled in and saved; their issues are in the store."""
        for path in sorted(RETURNS.glob("*.expected.json")):
            if "status" in json.loads(path.read_text("utf-8")):
                yield path.with_name(path.name.replace(".expected.json", ".pdf"))

    def pair(self, name: str, data: bytes) -> tuple[Path, Path]:
        """Write two files that differ by a line end at their end: read in turn, neither is the one read last."""
        paths = self.folder / f"{name} 1.pdf", self.folder / f"{name} 2.pdf"
        for path, end in zip(paths, (b"\n", b"\n\n"), strict=True):
            path.write_bytes(data.rstrip(b"\n") + end)
        return paths


@contextmanager
def opened() -> Iterator[Ground]:
    """Copy the sample workspace into a folder of temporary files and open it; it knows the issues of the samples."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shutil.copytree(ROOT / "samples" / "workspace", folder / "workspace")
        for key in (folder / "workspace" / "keys").iterdir():
            key.chmod(0o600)  # git keeps no modes
        with Workspace.open(folder / "workspace") as workspace:
            for path in sorted((RETURNS / "issues").glob("*.json")):  # first: new numbers follow theirs
                issue = restore_issue(path.read_text("utf-8"))
                workspace.store.add_issue(issue, Happening(kind="issued", issue=issue.id, at=ISSUED_AT))
            yield Ground(folder, workspace)


def filled(ground: Ground, issue: Issue) -> bytes | None:
    """Return an issue's file with something in every field that can be filled in, None where pdftk is not installed."""
    if shutil.which("pdftk") is None:
        return None
    file = issue.files[0]
    source, target = ground.folder / "sent.pdf", ground.folder / "filled.pdf"
    source.write_bytes(ground.sent(issue))
    filling.pdftk_fdf(filling.Job(source, file.fields, _typed(file), target))
    return target.read_bytes()


def _typed(file: IssuedFile) -> dict[str, str | bool]:
    typed: dict[str, str | bool] = {}
    for number, place in enumerate(one for one in file.fields if not one.fixed and one.name != "form:token"):
        if place.kind == "tick":
            typed[place.name] = number % 2 == 0
        elif place.kind == "radio":
            typed.setdefault(place.name, place.code)
        elif place.kind == "list":
            typed[place.name] = place.labels[0][0]
        else:
            typed[place.name] = f"Typed {number}"
    return typed


def page_codes_alone(data: bytes) -> bytes:
    """Return a return whose only carrier is what is drawn on its pages: all others were taken out."""
    with pikepdf.open(BytesIO(data)) as pdf:
        form = pdf.Root.AcroForm
        form.Fields = pikepdf.Array([field for field in form.Fields if str(field.get("/T")) != "form:token"])
        for page in pdf.pages:
            kept = [one for one in page.obj.get("/Annots", ()) if str(one.get("/T", "")) != "form:token"]
            page.obj.Annots = pikepdf.Array(kept)
        for entry in ("/Metadata", "/Names"):
            if entry in pdf.Root:
                del pdf.Root[entry]
        del pdf.docinfo
        pdf.trailer.ID = pikepdf.Array([pikepdf.String("nothing"), pikepdf.String("nothing")])
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def walk(data: bytes) -> int:
    """Open a file with pikepdf and ask each field, with its kids, for name, type and value; return how many."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return _ask(pdf)


def walk_path(path: Path) -> int:
    """Do the same, pikepdf reading the file itself."""
    with pikepdf.open(path) as pdf:
        return _ask(pdf)


def _ask(pdf: pikepdf.Pdf) -> int:
    seen = []
    for field in pdf.Root.AcroForm.Fields:
        for node in (field, *field.get("/Kids", ())):
            seen.append((node.get("/T"), node.get("/FT"), node.get("/V")))
    return len(seen)
