"""Forms of the real writer, filled in, saved, cut up and printed by other programs, and read back (PDF.md 3 and 6)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import layouts
from formwright import resources, token
from formwright.intake.wire import SentPlace
from formwright.layout import Stamp
from formwright.raw import Identified, RawReturn
from formwright.readers.pdf import PdfReader
from formwright.writers.pdf import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.stamp import Stamper

NODE = Path(__file__).parents[2] / "tools" / "programs" / "node"
TYPED: dict[str, Any] = {
    "company:name": "Ünïcode & Sons (Иван)",
    "manuals:summary": "line one\nline two",
    "legal_form": "llc",
    "programs#ftz": True,
    "programs#tib": True,
    "office:state": "VA",
    "company_confirm": True,
}
READ = {
    "company.name": "Ünïcode & Sons (Иван)",
    "manuals.summary": "line one\nline two",
    "legal_form": ("llc",),
    "programs": ("ftz", "tib"),
    "office.state": ("VA",),
    "company_confirm": True,
    "form.contact": "Dana Whitfield, 555-0134",
    "remit.full": (),
    "remit.terms": "",
}


class Issued:
    """One stamped form with its manifest."""

    def __init__(self, folder: Path) -> None:
        fonts = Fonts(resources.read_bytes("templates/assets/fonts/NotoSansField-Regular.ttf"))
        made = compile(layouts.sample(), 1)
        self.tokens = token.mint_all(bytes(32), "K1", "w1", "Q-2027-0042", "acme", "f" * 16, len(made.pages))
        values = {"form.contact": "Dana Whitfield, 555-0134"}
        data = Stamper(made, fonts).stamp(Stamp(values=values, tokens=self.tokens, foot="Issue Q-2027-0042"))
        self.path = folder / "issued.pdf"
        self.path.write_bytes(data)
        boxes = {(place.key, place.code): place for place in made.places()}
        self.places = [
            SentPlace(
                key=plan.key,
                name=plan.name,
                kind=plan.kind,
                page=widget.page,
                box=boxes[plan.key, widget.code].box,
                code=widget.code,
                labels=plan.labels,
            )
            for plan in made.fields
            for widget in plan.widgets
        ]

    def read(self, path: Path) -> tuple[Identified, RawReturn]:
        """Return what the reader makes of a file; its tokens must be ours."""
        reader = PdfReader()
        data = path.read_bytes()
        found = reader.identify(data)
        assert {one.text for one in found.tokens} <= set(self.tokens)
        return found, reader.extract(data, self.places)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    return Issued(tmp_path_factory.mktemp("issued"))


@pytest.fixture(scope="module")
def filled(issued: Issued) -> Path:
    """The form filled in by pdftk with an XFDF file; a test that asks for it is marked with pdftk, too."""
    return fill_pdftk(issued, issued.path.with_name("filled.pdf"))


def run(*command: str | Path) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def fill_pdftk(issued: Issued, target: Path, *options: str) -> Path:
    from xml.etree import ElementTree

    root = ElementTree.Element("xfdf", xmlns="http://ns.adobe.com/xfdf/")
    fields = ElementTree.SubElement(root, "fields")
    for name, value in TYPED.items():
        said = (name.partition("#")[2] or "on") if value is True else value
        ElementTree.SubElement(ElementTree.SubElement(fields, "field", name=name), "value").text = said
    xfdf = target.with_suffix(".xfdf")
    xfdf.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
    run("pdftk", issued.path, "fill_form", xfdf, "output", target, *options)
    return target


def fill_node(issued: Issued, script: str, typed: dict[str, Any], target: Path) -> Path:
    if not (NODE / "node_modules").is_dir() or not (NODE / script).is_file():
        pytest.skip("tools/programs/node is not installed")
    words = target.with_suffix(".json")
    words.write_text(json.dumps(typed), encoding="utf-8")
    run("node", "--import", NODE / "node18.mjs", NODE / script, issued.path, words, target)
    return target


def check_values(raw: RawReturn) -> None:
    """Assert that all was read that was typed, and nothing else."""
    said = {cell.key: cell.value for cell in raw.cells}
    assert {key: said[key] for key in READ} == READ
    assert {cell.state for cell in raw.cells} == {"read"}
    assert raw.strays == ()


@pytest.mark.program("pdftk")
@pytest.mark.parametrize("options", [(), ("need_appearances",)])
def test_pdftk_fills_in(issued: Issued, tmp_path: Path, options: tuple[str, ...]) -> None:
    _, raw = issued.read(fill_pdftk(issued, tmp_path / "out.pdf", *options))
    check_values(raw)
    assert [problem.code for problem in raw.problems] == (["appearance_left_open"] if options else [])


@pytest.mark.program("node")
def test_pdfjs_fills_in(issued: Issued, tmp_path: Path) -> None:
    _, raw = issued.read(fill_node(issued, "fill_pdfjs.mjs", TYPED, tmp_path / "out.pdf"))
    check_values(raw)
    assert raw.problems == ()


@pytest.mark.program("node")
def test_pdflib_fills_in_with_display_texts(issued: Issued, tmp_path: Path) -> None:
    typed = TYPED | {"office:state": "Virginia"}
    _, raw = issued.read(fill_node(issued, "fill_pdflib.mjs", typed, tmp_path / "out.pdf"))
    check_values(raw)
    assert raw.producer.startswith("pdf-lib")


@pytest.mark.program("qpdf", "pdftk")
@pytest.mark.parametrize(
    "options",
    [["--linearize"], ["--object-streams=generate"], ["--qdf"], ["--encrypt", "", "owner", "256", "--"]],
    ids=["linearized", "object streams", "uncompressed", "encrypted"],
)
def test_qpdf_writes_it_anew(issued: Issued, filled: Path, tmp_path: Path, options: list[str]) -> None:
    run("qpdf", filled, *options, tmp_path / "out.pdf")
    _, raw = issued.read(tmp_path / "out.pdf")
    check_values(raw)
    assert raw.problems == ()


@pytest.mark.program("mutool", "pdftk")
def test_mutool_writes_it_anew(issued: Issued, filled: Path, tmp_path: Path) -> None:
    run("mutool", "clean", filled, tmp_path / "out.pdf")
    check_values(issued.read(tmp_path / "out.pdf")[1])


@pytest.mark.program("qpdf", "pdftk")
@pytest.mark.parametrize("program", ["qpdf", "pdftk"])
def test_pages_left_out_are_missing(issued: Issued, filled: Path, tmp_path: Path, program: str) -> None:
    target = tmp_path / "out.pdf"
    if program == "qpdf":
        run("qpdf", filled, "--pages", ".", "1-2", "--", target)
    else:
        run("pdftk", filled, "cat", "1-2", "output", target)
    _, raw = issued.read(target)
    states = {cell.page > 2: set[str]() for cell in raw.cells}
    for cell in raw.cells:
        states[cell.page > 2].add(cell.state)
    assert states == {False: {"read"}, True: {"missing"}}
    assert raw.problems == ()


@pytest.mark.program("pdftk")
@pytest.mark.parametrize(
    ("command", "carriers"),
    [
        pytest.param(command.split(), carriers, marks=pytest.mark.program(command.split()[0]), id=command.split()[0])
        for command, carriers in (
            ("pdftk IN output OUT flatten", {"info", "xmp", "attachment", "id"}),
            ("qpdf --flatten-annotations=all IN OUT", {"info", "xmp", "attachment", "id"}),
            ("gs -q -sDEVICE=pdfwrite -o OUT IN", {"attachment"}),
            ("pdftocairo -pdf IN OUT", {"qr"}),
            ("mutool convert -o OUT IN", {"qr"}),
        )
    ],
)
def test_flattened_forms_are_known_by_what_is_left(
    issued: Issued, filled: Path, tmp_path: Path, command: list[str], carriers: set[str]
) -> None:
    target = tmp_path / "out.pdf"
    run(*({"IN": filled, "OUT": target}.get(part, part) for part in command))
    found, _ = issued.read(target)
    assert found.fields == 0
    assert {one.carrier for one in found.tokens} == carriers
    if carriers == {"qr"}:
        assert [one.page for one in found.tokens] == list(range(1, found.pages + 1))


def test_the_blank_template_is_nobodys(tmp_path: Path) -> None:
    data = compile(layouts.sample(), 1).template
    found = PdfReader().identify(data)
    assert found.tokens == ()
    assert found.fields > 0
