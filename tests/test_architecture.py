"""The arrows of docs and design stay one-way: who may import whom, and who may touch disk, clock, network, processes.

Read from the source with `ast`; nothing is imported. A module of a new name fails until it is given a room here.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "generator"

GROUND = {"errors", "hidden", "units", "resources", "registry", "ids", "text", "conditions", "fingerprint", "messages"}
GROUND |= {"yamlfile", "schema", "sources", "wording"}
STAGES = {"account", "definition", "overlay", "form"}
# A room is the first name below `formwright`. It may import the ground floor, itself, and what stands beside it here.
ROOMS: dict[str, set[str]] = {
    **{room: set() for room in GROUND},
    "text": {"layout"},  # wording becomes runs; so layout may not import it: see the test of cycles
    "layout": set(),
    "raw": {"layout"},
    "kinds": {"layout"},
    "account": {"kinds"},
    "numbering": {"kinds"},
    "consistency": {"kinds", "account"},
    "definition": {"kinds", "numbering", "account", "consistency"},
    "overlay": {"kinds", "numbering", "account", "consistency", "definition"},
    "customise": {"kinds", "numbering", "definition", "overlay"},
    "known": {"kinds", "account", "definition", "overlay", "consistency", "customise"},
    "rules": {"account", "definition", "overlay"},  # a rule looks at what is to be issued, never at a finished form
    "form": {"kinds", "numbering", "account", "definition", "overlay", "consistency", "customise", "known", "rules"},
    "lower": {"kinds", "numbering", "layout", "consistency", *STAGES},
    "token": set(),
    "issue": {"layout", "kinds", "token"},
    "writers": {"layout", "token", "issue"},  # never kinds, definition, form, readers, other writers
    "readers": {"layout", "token", "issue", "raw"},  # never kinds or writers, nor other readers
    "intake": {"layout", "token", "issue", "raw", "readers"},
    "returns": {"layout", "token", "issue", "raw", "kinds"},
    "record": {"layout", "issue", "raw", "kinds", "returns", "form"},  # the form as the issue stores it, never forms/
    "records": {"layout", "kinds", "token", "issue", "raw", "record"},
    "exports": {"record"},
    "policy": {"issue", *STAGES},
    "letter": {"kinds", "layout", "lower", *STAGES},
    "plan": {"kinds", "layout", "lower", "record", *STAGES},
    "keys": {"token", "records"},
    "settings": {"keys"},
    "workspace": {"keys", "settings", "token", "issue", "record", "records", "policy", *STAGES},
}
# These put the stages together and may import every room: the calls in order, and the command line.
TOP = {"", "__main__", "cli", "issuing", "reading", "unprintable"}
FORMATS = {"writers", "readers", "exports"}  # one of them never imports another of its sort
NEVER = {"forms", "templates", "samples", "tests", "generator"}

# Only these touch disk, clock, network, processes (keys: the key files); `cache` (with `_cache`) below the writers is the compile cache.
OUTSIDE = {"resources", "workspace", "keys", "records", "intake", "cli"}
MODULES = {"subprocess", "socket", "sqlite3", "tempfile", "shutil", "multiprocessing", "urllib", "http"}
CALLS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "os.environ", "open"}
METHODS = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "rmdir"}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of each import, `from a import b` as a.b; a relative one starts with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{name.name}") for name in node.names)


def effects(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of what reaches outside: a module, a call, a method that writes."""
    for line, name in imports(tree):
        if name.split(".")[0] in MODULES:
            yield line, name.split(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            dotted = ast.unparse(node)
            if node.attr in METHODS or any(f".{dotted}".endswith("." + call) for call in CALLS if "." in call):
                yield node.lineno, dotted
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.lineno, node.func.id


def is_sibling(own: str, names: list[str]) -> bool:
    """Say whether this is another format of the same room; _base and the like are common to all of them."""
    return bool(names) and names[0] != own and not names[0].startswith("_")


def import_faults(parts: list[str], name: str) -> Iterator[str]:
    """Say what is wrong when the module of these parts (below formwright) imports this name."""
    if name.startswith("."):
        yield f"relative import {name}"
        return
    first, *below = name.split(".")
    if first in NEVER:
        yield f"imports {first}, which is data or tests"
    room = parts[0] if parts else ""
    if first != "formwright" or room in TOP or not below:
        return
    other = below[0]
    if other in ROOMS and other not in GROUND | ROOMS[room] | {room}:
        yield f"{room} imports {other}"
    elif other in TOP - {""}:
        yield f"{room} imports {other}, which stands above it"
    elif room == other and room in FORMATS and len(parts) > 1 and is_sibling(parts[1], below[1:]):
        yield f"{room}.{parts[1]} imports {other}.{below[1]}"


def faults(source: Path) -> list[str]:
    """Return every breach in the package below this folder, each as file:line and what is wrong."""
    found = []
    for path in sorted((source / "formwright").rglob("*.py")):
        parts = list(path.relative_to(source / "formwright").with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        room = parts[0] if parts else ""
        where = path.relative_to(source)
        if room not in ROOMS and room not in TOP:
            found.append(f"{where}: {room} has no room in tests/test_architecture.py")
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for line, name in imports(tree):
            found += [f"{where}:{line}: {fault}" for fault in import_faults(parts, name)]
        if room not in OUTSIDE and parts[-1:] not in (["cache"], ["_cache"]):
            found += [f"{where}:{line}: {room} reaches outside: {name}" for line, name in effects(tree)]
    return found


def graph(source: Path) -> dict[str, set[str]]:
    """Return for each room of the package the other rooms that its modules import."""
    found: dict[str, set[str]] = {}
    for path in (source / "formwright").rglob("*.py"):
        room = path.relative_to(source / "formwright").with_suffix("").parts[0]
        needs = found.setdefault(room, set())
        names = [name.split(".") for _, name in imports(ast.parse(path.read_text("utf-8")))]
        needs.update(name[1] for name in names if name[0] == "formwright" and len(name) > 1 and name[1] != room)
    return found


def cycles(rooms: dict[str, set[str]]) -> list[str]:
    """Return the rooms that no order can place below those that import them."""
    left = dict(rooms)
    while ready := [room for room, needs in left.items() if not needs & set(left)]:
        for room in ready:
            del left[room]
    return sorted(left)


def test_the_arrows_of_the_package_are_one_way() -> None:
    assert faults(SOURCE) == []


def test_the_rooms_themselves_have_an_order() -> None:
    assert cycles(ROOMS) == []
    assert cycles(graph(SOURCE)) == []
    assert cycles({"a": {"b"}, "b": {"a"}, "c": set()}) == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        ("writers/pdf/stamp.py", "from formwright.kinds import text", "writers imports kinds"),
        ("writers/pdf/stamp.py", "from formwright import form", "writers imports form"),
        ("writers/pdf/stamp.py", "import formwright.writers.docx", "writers.pdf imports writers.docx"),
        ("readers/pdf.py", "from formwright.writers.pdf import fields", "readers imports writers"),
        ("readers/pdf.py", "from formwright.readers.docx import extract", "readers.pdf imports readers.docx"),
        ("kinds/date.py", "from formwright.definition import Item", "kinds imports definition"),
        ("exports/csv.py", "from formwright.form import Form", "exports imports form"),
        ("layout.py", "from formwright.kinds import _base", "layout imports kinds"),
        ("ids.py", "from formwright.layout import Block", "ids imports layout"),
        ("lower.py", "from formwright.cli import main", "lower imports cli, which stands above it"),
        ("form.py", "from .overlay import Overlay", "relative import .overlay.Overlay"),
        ("form.py", "import forms", "imports forms, which is data or tests"),
        ("form.py", "import subprocess", "form reaches outside: subprocess"),
        ("form.py", "from datetime import datetime\nNOW = datetime.now()", "form reaches outside: datetime.now"),
        ("form.py", "import datetime\nNOW = datetime.date.today()", "form reaches outside: datetime.date.today"),
        ("form.py", "TEXT = open('a').read()", "form reaches outside: open"),
        ("form.py", "def save(path): path.write_bytes(b'')", "form reaches outside: path.write_bytes"),
        ("helpers.py", "", "helpers has no room in tests/test_architecture.py"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, path: str, line: str, fault: str) -> None:
    file = tmp_path / "formwright" / path
    file.parent.mkdir(parents=True)
    file.write_text(line, "utf-8")
    (found,) = faults(tmp_path)
    assert found.startswith(f"formwright/{path}:")
    assert found.endswith(fault)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("writers/pdf/stamp.py", "from formwright.layout import Grid\nfrom formwright.writers.pdf import fields"),
        ("writers/pdf/cache.py", "import tempfile"),
        ("cli/read.py", "import subprocess\nfrom formwright.writers.pdf import stamp"),
        ("kinds/date.py", "import datetime\nfrom formwright.kinds._base import Kind"),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, path: str, line: str) -> None:
    file = tmp_path / "formwright" / path
    file.parent.mkdir(parents=True)
    file.write_text(line, "utf-8")
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("package", "folder"),
    [
        ("weasyprint", "generator"),
        ("pypdf", "generator"),
        ("jinja2", "generator"),
        ("click", "generator"),
        ("pytest", "tests"),
        # docxtpl and docx (python-docx) come with the Word writer
    ],
)
def test_each_package_fixed_by_the_user_is_imported(package: str, folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    trees = (ast.parse(path.read_text("utf-8")) for path in files)
    assert any(name.split(".")[0] == package for tree in trees for _, name in imports(tree))


def test_version_is_the_same_in_package_and_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tree = ast.parse((SOURCE / "formwright/__init__.py").read_text("utf-8"))
    lines = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    assert f"__version__: Final = {project['version']!r}" in lines


def test_every_package_that_is_depended_on_is_imported() -> None:
    """What is listed must be trusted and updated; docxtpl and python-docx wait for the Word files (CHANGELOG.md), and
    pillow is what pypdfium2 draws a page into."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = {re.split(r"[\[=<>~ ]", line)[0] for line in project["dependencies"]} - {
        "docxtpl",
        "python-docx",
        "pillow",
    }
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py"))
    used = {name.split(".")[0].lower() for tree in trees for _, name in imports(tree)}
    named = {"ruamel.yaml": "ruamel", "zxing-cpp": "zxingcpp"}
    assert sorted(name for name in listed if named.get(name, name) not in used) == []
