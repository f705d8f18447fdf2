"""LibreOffice opens the Word file of each sample account and finds every control; saved again it has its questions."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from formwright.issue import Issued
from formwright.layout import Stamp, Values
from formwright.writers.docx.press import Press
from programs.lowering import ACCOUNTS, lowered

LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Made = tuple[Path, tuple[Issued, ...], Values]
"""A file, its manifest, the values in it."""
TOKEN = "Q-2027-0042:K1:000:ABCDEFGHIJKLMNOP"


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module", params=ACCOUNTS)
def form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    made = lowered(request.param)
    folder = tmp_path_factory.mktemp("word")
    ready = Press(folder / "cache", None).ready(made.layout, made.values)
    path = folder / "form.docx"
    path.write_bytes(ready.stamp(Stamp(values=made.values, tokens=(TOKEN,), foot="Issue Q-2027-0042"), {}))
    return path, ready.fields(made.values, TOKEN, b""), made.values


def converted(path: Path, target: str, profile: Path, folder: Path) -> Path:
    """Return the file that LibreOffice makes of another, in a profile of its own."""
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target]
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{target.partition(':')[0]}"


@pytest.mark.slow
@pytest.mark.program("soffice")
def test_every_control_is_found(form: Made, profile: Path, tmp_path: Path) -> None:
    path, manifest, values = form
    with zipfile.ZipFile(converted(path, "odt", profile, tmp_path)) as archive:
        body = etree.fromstring(archive.read("content.xml"))
    found = list(body.iter(f"{LOEXT}content-control"))
    controls = [one for one in manifest if one.kind in ("line", "area", "date", "list", "tick")]
    assert len(controls) > 200
    assert len(found) == len(controls)
    ticks = [one for one in found if one.get(f"{LOEXT}checkbox") == "true"]
    assert len(ticks) == sum(one.kind == "tick" for one in controls)
    text = "".join(body.itertext())
    written = [line for value in values.values() if isinstance(value, str) for line in value.split("\n")]
    lists = {code: label for one in manifest for code, label in one.labels}
    assert [line for line in written if lists.get(line, line) not in text] == []


@pytest.mark.slow
@pytest.mark.program("soffice")
def test_saved_again_it_has_its_questions_and_every_tick_and_list(form: Made, profile: Path, tmp_path: Path) -> None:
    path, manifest, _ = form
    with zipfile.ZipFile(converted(path, "docx:MS Word 2007 XML", profile, tmp_path)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert {one.name for one in manifest if one.kind == "heading"} <= marks
    assert len(list(body.iter(f"{W}dropDownList"))) == sum(one.kind == "list" for one in manifest)
    assert len(list(body.iter(f"{W}date"))) == sum(one.kind == "date" for one in manifest)
    ticks = [one for one in body.iter("{*}checkbox")]
    assert len(ticks) == sum(one.kind == "tick" for one in manifest)


@pytest.mark.slow
@pytest.mark.program("soffice")
def test_it_prints_with_our_fonts(form: Made, profile: Path, tmp_path: Path) -> None:
    path, _, _ = form
    pdf = converted(path, "pdf", profile, tmp_path)
    said = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout
    assert "PublicSans-Regular" in said
    assert "PublicSans-Bold" in said
