"""What a compiled layout depends on beside itself: our files, packages, the system's libraries."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import requires, version
from pathlib import Path

from formwright.writers.pdf import versions

PACKAGE = Path(versions.__file__).parents[2]


def test_templates_fonts_and_code_are_told() -> None:
    assert {
        "html/document.css",
        "html/blocks.html.jinja",
        "fonts/NotoSansField-Regular.ttf",
        "fonts/PublicSans-Regular.ttf",
        "pdf/retype.py",
        "layout.py",
        "fingerprint.py",
        "resources.py",
    } <= versions.ground().keys()


def test_every_module_of_ours_that_the_writer_imports_is_told() -> None:
    """But for how errors are told, and the stored issue, which decide no bytes."""
    used = set()
    for path in (PACKAGE / "writers" / "pdf").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "formwright":
                used |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("formwright."):
                used.add(str(node.module).split(".")[1])
    assert {f"{name}.py" for name in used - {"writers", "errors", "issue"}} <= versions.ground().keys()


def test_what_weasyprint_is_made_of_is_told() -> None:
    needs = {line.split(" ")[0].split("[")[0].lower() for line in requires("weasyprint") or () if "extra" not in line}
    assert needs - {"cffi"} <= versions.ground().keys()  # cffi only calls


def test_versions_are_those_that_are_installed() -> None:
    found = versions.ground()
    for name in ("weasyprint", "pydyf", "fonttools", "pikepdf", "jinja2"):
        assert found[name] == version(name)


def test_pango_says_the_same_to_weasyprint() -> None:
    code = "from weasyprint.text.ffi import pango; print(pango.pango_version())"
    ran = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    major, minor, micro = map(int, versions.ground()["pango"].split("."))
    assert int(ran.stdout) == major * 10_000 + minor * 100 + micro


def test_what_is_not_there_has_no_version() -> None:
    assert versions.package("no-such-package-of-ours") == ""
    assert versions.library("libnosuch.so.0", "version") == ""
    assert versions.library("libpango-1.0.so.0", "no_such_function") == ""


def test_asking_imports_nothing_that_draws() -> None:
    code = (
        "import sys\nfrom formwright.writers.pdf import versions\nversions.ground()\n"
        "print([name for name in ('weasyprint', 'pydyf', 'fontTools', 'jinja2.environment') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert ran.stdout.strip() == "[]"
