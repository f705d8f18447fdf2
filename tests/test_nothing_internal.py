"""CON-3 (SOP L122): nothing goes out while an account is on hold, and what is internal is in no part of any file.

Every part of a Word file is unzipped; of a PDF, every stream is decompressed, and every text of objects and pages read.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from formwright import papers
from formwright.errors import Faults
from formwright.sending import Failed, Made, Order
from formwright.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "workspace"
ACCOUNT = "harborlight"
SENT = ("account_management", "questionnaire_cover", "introduction", "program_explanation", "account_action_plan")
"""A questionnaire, its cover, two other letters, a plan."""
INTERNAL = """\
oi_hold: true
oi_leave: "SECRET-leave, by the representative"
notes: "SECRET-notes: watch the EET"
narrative: "SECRET-narrative"
issues: [secret_issue]
"""
SECRETS = ("secret-", "secret_issue", "oi_hold", "oi_leave", "oi_clearance", "5a5a5a5a5a5a5a5a")


def home(folder: Path, internal: str) -> Path:
    """Return a copy of the sample workspace whose account has more in its profile."""
    shutil.copytree(SAMPLES, folder)
    for key in (folder / "keys").iterdir():
        key.chmod(0o600)
        key.write_text('secret = "' + "5a" * 32 + '"\nfictional = true\n')
    profile = folder / "accounts" / f"{ACCOUNT}.yaml"
    profile.write_text(profile.read_text("utf-8") + internal, "utf-8")
    return folder


def issued(folder: Path, definition: str, *formats: str) -> Made | Failed:
    order = Order(
        definition=definition,
        accounts=(ACCOUNT,),
        on=date(2027, 1, 11),
        at="2027-01-11T09:00:00Z",
        out=folder / "out",
        cache=folder / "cache",
        formats=formats,
        reason="SECRET-reason" if definition == "program_explanation" else "",
    )
    with Workspace.open(folder) as workspace:
        (made,) = papers.issue(workspace, order)
    return made


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every part of a file, as far as it is text at all."""
    yield "file name", path.name
    data = path.read_bytes()
    yield "bytes", data.decode("latin-1")
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name).decode("utf-8", "replace")
        return
    with pikepdf.open(path) as pdf:
        for number, one in enumerate(pdf.objects):
            yield from ((f"object {number}", text) for text in texts(one))
    with pypdfium2.PdfDocument(data) as document:
        for number in range(len(document)):
            yield f"page {number + 1}", document[number].get_textpage().get_text_range()


def texts(value: pikepdf.Object) -> Iterator[str]:
    """Yield the names and texts in an object, and its stream, decompressed; what it refers to is an object itself."""
    if isinstance(value, pikepdf.Stream):
        data = value.read_bytes() if "/DCTDecode" not in str(value.get("/Filter")) else b""
        yield from (data.decode(code, "replace") for code in ("latin-1", "utf-16-be"))
    if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, one in value.items():
            yield key
            if not one.is_indirect if isinstance(one, pikepdf.Object) else True:
                yield from texts(one)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            if not (isinstance(one, pikepdf.Object) and one.is_indirect):
                yield from texts(one)
    elif isinstance(value, pikepdf.String):
        yield str(value)
        yield bytes(value).decode("latin-1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home(tmp_path_factory.mktemp("internal") / "workspace", INTERNAL)


@pytest.mark.parametrize("definition", SENT)
def test_no_part_of_any_file_has_anything_internal(folder: Path, definition: str) -> None:
    made = issued(folder, definition)
    assert isinstance(made, Made), made
    assert sorted(path.suffix for path in made.paths) == [".docx", ".pdf"]
    found = {
        (path.suffix, name, secret)
        for path in made.paths
        for name, text in parts(path)
        for secret in SECRETS
        if secret in text.lower()
    }
    assert found == set()


def test_what_is_in_a_part_is_found(folder: Path) -> None:
    """The same search finds what does stand in the files: the account's name, in XML, in strings and on pages."""
    made = issued(folder, "account_management")
    assert isinstance(made, Made)
    for path, wanted in zip(made.paths, ({"page 1", "object"}, {"word/document.xml"}), strict=True):
        found = {name for name, text in parts(path) if "Harborlight Marine" in text}
        assert wanted <= found | {name.split()[0] for name in found}


@pytest.mark.parametrize("definition", SENT)
def test_con_3_lets_nothing_out_while_on_hold(tmp_path: Path, definition: str) -> None:
    made = issued(home(tmp_path / "workspace", "oi_hold: true\n"), definition, "docx")
    assert isinstance(made, Failed)
    assert isinstance(made.error, Faults)
    (fault,) = [fault for fault in made.error.faults if fault.code == "con3"]
    assert fault.message == (
        "Harborlight Marine Supply Co. is on hold: nothing goes to it without leave of the OI representative "
        "(CON-3, SOP L122)."
    )
    assert fault.file.endswith("harborlight.yaml")
    assert "oi_leave" in fault.fix


@pytest.mark.parametrize("leave", ["oi_hold: false\n", 'oi_hold: true\noi_leave: "A. Sample, January 4, 2027"\n'])
def test_con_3_lets_out_by_leave(tmp_path: Path, leave: str) -> None:
    folder = home(tmp_path / "workspace", leave)
    for definition in ("account_management", "introduction", "account_action_plan"):
        assert isinstance(issued(folder, definition, "docx"), Made)
