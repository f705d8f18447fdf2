"""Run the cases of wrong input in `cases.yaml`: each in a fresh workspace, by the command line itself.

A case: `name`; `command` (and `before`: commands that must succeed); `files` (path: text), `change` (path: {old: new}),
`remove`, `mode` (path: octal) and `returned` (path: what is done to the issued file, one of RETURNS) prepare the
folder; `code` and `says` are what the command must end with and say on standard error. In `says` the folder is DIR.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from ruamel.yaml import YAML

from formwright.cli import main
from workspaces import visit_folder, write

HOME = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way to be wrong."""

    name: str
    command: list[str]
    code: int
    says: str
    before: list[list[str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    change: dict[str, dict[str, str]] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    mode: dict[str, str] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)


def cases() -> list[Case]:
    """Return all cases, in the order of the file."""
    return [Case(**data) for data in YAML(typ="safe").load((HOME / "cases.yaml").read_text("utf-8"))]


def run(case: Case, folder: Path) -> tuple[int, str]:
    """Prepare `folder`, run the case in it; return the exit code and what was said on standard error."""
    visit_folder(folder)
    here = Path.cwd()
    os.chdir(folder)
    try:
        for path, text in case.files.items():
            write(Path(path), text)
        for words in case.before:
            code, said = told(words)
            assert code == 0, said
        prepare(case, folder)
        code, said = told(case.command)
    finally:
        os.chdir(here)
    return code, said.replace(str(folder), "DIR")


def prepare(case: Case, folder: Path) -> None:
    """Make what is wrong."""
    for path, changes in case.change.items():
        text = (folder / path).read_text("utf-8")
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new, 1)
        (folder / path).write_text(text, "utf-8")
    issued = sorted((folder / "out").glob("*.pdf"))
    for path, act in case.returned.items():
        write(folder / path, RETURNS[act]([file.read_bytes() for file in issued]))
    for path in case.remove:
        shutil.rmtree(folder / path) if (folder / path).is_dir() else (folder / path).unlink()
    for path, mode in case.mode.items():
        (folder / path).chmod(int(mode, 8))


def told(words: list[str]) -> tuple[int, str]:
    """Run the command line in this process; return the exit code and standard error."""
    said = io.StringIO()
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        code = main(words)
    return code, said.getvalue()


# ---- what can be done to an issued file ----------------------------------------------------------


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a file after `edit`, saved by another program."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def fields(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {str(one.get("/T", "")): one for one in pdf.Root.AcroForm.Fields}


def alter_token(pdf: pikepdf.Pdf) -> None:
    """Change one letter of the hidden token."""
    token = fields(pdf)["form:token"]
    text = str(token.V)
    token.V = pikepdf.String(text[:-1] + ("A" if text[-1] != "A" else "B"))


def foreign(_: list[bytes]) -> bytes:
    """A form with a field of ours by name, but not from us."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        field = pikepdf.Dictionary(
            T=pikepdf.String("legal_name"), FT=pikepdf.Name.Tx, Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget,
            Rect=[0, 0, 100, 20], V=pikepdf.String("Mallory"),
        )  # fmt: skip
        pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=[pdf.make_indirect(field)]))
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def mixed(issued: list[bytes]) -> bytes:
    """The first form with the hidden token of the second."""
    with pikepdf.open(io.BytesIO(issued[1])) as second:
        token = str(fields(second)["form:token"].V)

    def take(pdf: pikepdf.Pdf) -> None:
        fields(pdf)["form:token"].V = pikepdf.String(token)

    return edited(issued[0], take)


def flattened(pdf: pikepdf.Pdf) -> None:
    """Take the fields out, as printing to PDF does."""
    del pdf.Root.AcroForm
    for page in pdf.pages:
        if "/Annots" in page:
            del page.Annots


RETURNS: dict[str, Callable[[list[bytes]], bytes]] = {
    "as issued": lambda issued: issued[0],
    "cut at the end": lambda issued: issued[0][: len(issued[0]) // 2],
    "its token altered": lambda issued: edited(issued[0], alter_token),
    "the token of another": mixed,
    "printed to PDF": lambda issued: edited(issued[0], flattened),
    "a foreign form": foreign,
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a Word file that is cut": lambda _: b"PK\x03\x04" + b"[Content_Types].xml word/document.xml",
    "nothing": lambda _: b"",
}
