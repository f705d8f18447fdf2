"""Fill in an issued Word form as its users do, and save it anew by other programs.

    word          what Word does to the file: text into content controls, by their tags
    libreoffice   LibreOffice through UNO, by the order of the controls, since 7.4 knows no tags

Then saved again as docx, odt, doc, rtf by LibreOffice, or by pandoc. What is typed is a mapping from the tag of a
control to its text, the words of an option, or True and False for a tick.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from filling import run
from formwright.issue import Issued

Typed = Mapping[str, "str | bool"]
CONTROLS: Final = ("line", "area", "date", "list", "tick")
FILTERS: Final = {"docx": "MS Word 2007 XML", "odt": "writer8", "doc": "MS Word 97", "rtf": "Rich Text Format"}
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MAIN: Final = "word/document.xml"
_SECONDS: Final = 180


# ---- Word ---------------------------------------------------------------------------------------


def word(source: Path, typed: Typed, target: Path) -> None:
    """Type into the controls of a file as Word does: prompt and its mark go, runs and breaks come."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(members[_MAIN])
    for control in root.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None and (value := typed.get(tag.get(f"{_W}val"))) is not None:
            _type(control, value)
    members[_MAIN] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    target.write_bytes(data.getvalue())


def _type(control: Any, value: str | bool) -> None:
    properties, content = control.find(f"{_W}sdtPr"), control.find(f"{_W}sdtContent")
    style = content.find(f".//{_W}rStyle")
    kept = style is not None and style.get(f"{_W}val") != "PlaceholderText"
    look = f'<w:rPr><w:rStyle w:val="{style.get(f"{_W}val")}"/></w:rPr>' if kept else ""
    if isinstance(value, bool):
        properties.find(f"{_W14}checkbox/{_W14}checked").set(f"{_W14}val", str(int(value)))
        value = "☐☒"[value]
    for mark in properties.findall(f"{_W}showingPlcHdr"):
        properties.remove(mark)
    for old in list(content):
        content.remove(old)
    made = etree.fromstring(f'<w:r xmlns:w="{_W[1:-1]}">{look}</w:r>')
    for number, line in enumerate(value.split("\n")):
        if number:
            made.append(etree.Element(f"{_W}br"))
        text = etree.SubElement(made, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = line
    content.append(made)


# ---- LibreOffice --------------------------------------------------------------------------------


@cache
def python_with_uno() -> str:
    """Return the Python that can talk to LibreOffice, "" if there is none."""
    for name in ("/usr/bin/python3", shutil.which("python3") or ""):
        if name and Path(name).exists() and _has_uno(name):
            return name
    return ""


def _has_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=60).returncode == 0


def libreoffice(
    source: Path, places: Sequence[Issued], typed: Typed | None, targets: Mapping[str, Path], folder: Path
) -> int:
    """Fill in a file through UNO and save it once for each of `targets` (ending -> path); return how many controls
    LibreOffice saw. `folder` is for its profile."""
    controls = [place for place in places if place.kind in CONTROLS]
    values = None if typed is None else [typed.get(place.name) for place in controls]
    job = {
        "source": str(source),
        "targets": [[str(path), FILTERS[ending]] for ending, path in targets.items()],
        "typed": values,
        "profile": str(folder / "profile"),
        "soffice": shutil.which("soffice"),
    }
    path = folder / "job.json"
    path.write_text(json.dumps(job), "utf-8")
    script = Path(__file__).with_name("uno_fill.py")
    done = subprocess.run([python_with_uno(), script, path], capture_output=True, text=True, timeout=_SECONDS)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return int(done.stdout)


def to_docx(source: Path, target: Path, folder: Path) -> None:
    """Open a file in LibreOffice and save it as docx."""
    out = folder / f"from_{source.suffix[1:]}"
    out.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "docx", "--outdir", out, source)
    shutil.move(out / f"{source.stem}.docx", target)


def pandoc(source: Path, target: Path) -> None:
    """Read a file with pandoc and write it as docx."""
    run("pandoc", source, "-o", target)
