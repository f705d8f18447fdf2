"""The arrows of docs and design stay one-way: who may import whom, and who may reach disk, clock, processes, chance.

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

GROUND = {"errors", "hidden", "resources", "registry", "ids", "text", "conditions", "fingerprint", "messages"}
GROUND |= {"condition_words", "days", "yamlfile", "schema", "sources", "wording", "ticks"}
STAGES = {"account", "definition", "overlay", "form", "resolve"}
# A room is the first name below `formwright`. It may import the ground floor, itself, and what stands beside it here.
ROOMS: dict[str, set[str]] = {
    **{room: set() for room in GROUND},
    "text": {"layout"},  # wording becomes runs; so layout may not import it: see the test of cycles
    "layout": set(),
    "raw": {"layout"},
    "kinds": {"layout"},
    "account": {"kinds"},
    "numbering": {"kinds"},
    "facts": {"account"},
    "consistency": {"kinds", "facts"},
    "definition": {"kinds", "numbering", "consistency"},
    "overlay": {"kinds", "numbering", "definition"},
    "customise": {"kinds", "numbering", "definition", "overlay"},
    "located": {"customise"},
    "known": {"kinds", "account", "facts", "definition", "overlay", "consistency", "customise"},
    "worded": {"kinds", "numbering", "definition", "consistency", "customise"},
    "rules": {"account", "definition", "overlay"},  # a rule looks at what is to be issued, never at a finished form
    "form": {"kinds", "numbering", "definition"},  # what stands in an issue; how it came about is not its matter
    "resolve": {"kinds", "numbering", "rules", "form", "facts", "account", "definition", "overlay"}
    | {"consistency", "customise", "located", "known", "worded"},
    "lower": {"kinds", "numbering", "layout", "consistency", *STAGES},
    "token": set(),
    "libreoffice": set(),
    "issue": {"layout", "kinds", "token"},
    "writers": {"layout", "token", "issue"},  # never kinds, definition, form, readers, other writers
    "readers": {"layout", "token", "issue", "raw"},  # never kinds or writers, nor other readers
    "intake": {"layout", "token", "issue", "raw", "readers"},
    "returns": {"layout", "token", "issue", "raw", "kinds"},
    "stored": {"kinds"},
    "record": {"layout", "issue", "raw", "kinds", "returns", "stored"},  # the form as the issue stores it, never forms/
    "records": {"layout", "kinds", "token", "issue", "raw", "record", "stored"},
    "letter": {"layout", "account", "definition", "settings", "days"},
    "plan": {"kinds", "layout", "lower", "record", "facts", *STAGES},
    "keys": {"token", "records"},
    "settings": {"keys"},
    "workspace": {"keys", "settings", "token", "issue", "record", "records", *STAGES},
}
# These put the stages together and may import every room: the calls in order, and the command line.
TOP = {"", "__main__", "cli", "issuing", "lettering", "paper", "papers", "planning", "reading", "sending"}
TOP |= {"unprintable"}
FORMATS = {"writers", "readers"}  # one of them never imports another of its sort
NEVER = {"forms", "templates", "samples", "tests", "generator"}

# Who reaches outside, in which ways, and why: a room, or a module in one. All others get bytes, dates, ids and keys as
# arguments.
OUTSIDE: dict[str, tuple[set[str], str]] = {
    "resources": ({"disk"}, "reads the package's own forms, templates and fonts"),
    "sources": ({"disk"}, "reads definitions, accounts and overlays"),
    "workspace": ({"disk"}, "makes a workspace's folders, finds its settings and files"),
    "keys": ({"disk"}, "reads and makes the key files"),
    "records": ({"disk", "chance"}, "the store and the files by their hash; chance names what is not yet whole"),
    "intake": ({"disk", "process"}, "opens returned files, and reads them in a child process with limits"),
    "libreoffice": ({"disk", "process"}, "prints a house's own Word letters, where LibreOffice is installed"),
    "writers._cache": ({"disk"}, "compiled layouts are kept between runs"),
    "writers.pdf.versions": ({"disk"}, "asks our own files and the system's libraries what they are"),
    "writers.pdf.fonts": ({"disk"}, "reads the fonts that are too large for the package"),
    "cli": ({"disk", "clock", "chance"}, "says what day it is, where the user stands, and makes new keys and ids"),
}
MODULES = {
    **dict.fromkeys(("os", "tempfile", "shutil", "sqlite3", "sqlalchemy", "alembic", "platformdirs", "ctypes"), "disk"),
    **dict.fromkeys(("subprocess", "multiprocessing", "signal", "resource", "threading"), "process"),
    **dict.fromkeys(("socket", "ssl", "urllib", "http", "ftplib", "smtplib", "asyncio"), "network"),
    **dict.fromkeys(("secrets", "random", "uuid"), "chance"),
    "time": "clock",
}
METHODS = {
    **dict.fromkeys(("read_text", "read_bytes", "open", "iterdir", "glob", "rglob", "walk", "readlink"), "disk"),
    **dict.fromkeys(("exists", "is_file", "is_dir", "is_symlink", "stat", "lstat", "samefile", "cwd", "home"), "disk"),
    **dict.fromkeys(("write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "rmdir", "chmod"), "disk"),
    **dict.fromkeys(("now", "today", "utcnow"), "clock"),
}
NOT_OUTSIDE = {
    "pikepdf.open": "from bytes in memory",
    "Pdf.open": "from bytes in memory",
    "stream.read_bytes": "a stream of a PDF in memory",
    "font.ToUnicode.read_bytes": "the same",
    "page.Contents.read_bytes": "the same",
    "resources.read_text": "`resources` is listed",
    "resources.read_bytes": "`resources` is listed",
    "Workspace.open": "`workspace` is listed",
    "shared.now": "`cli` is listed",
    "shared.today": "`cli` is listed",
}


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of each import, `from a import b` as a.b; a relative one starts with a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{name.name}") for name in node.names)


def effects(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Yield line, sort and name of what reaches outside: a module, a call of `open`, a method of a path or a clock."""
    for line, name in imports(tree):
        if (module := name.split(".")[0]) in MODULES:
            yield line, MODULES[module], module
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS and ast.unparse(node) not in NOT_OUTSIDE:
            yield node.lineno, METHODS[node.attr], ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield node.lineno, "disk", "open"


def listed(parts: list[str]) -> str:
    """Return the entry of OUTSIDE that a module falls under, "" for none."""
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in OUTSIDE), "")


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
        allowed = OUTSIDE[listed(parts)][0] if listed(parts) else set()
        reached = effects(tree)
        found += [
            f"{where}:{line}: {room} reaches outside: {name}" for line, sort, name in reached if sort not in allowed
        ]
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


def test_each_that_may_reach_outside_does() -> None:
    """A right that nobody uses is taken out of the list."""
    found: dict[str, set[str]] = {name: set() for name in OUTSIDE}
    for path in (SOURCE / "formwright").rglob("*.py"):
        parts = list(path.relative_to(SOURCE / "formwright").with_suffix("").parts)
        if name := listed(parts):
            found[name] |= {sort for _, sort, _ in effects(ast.parse(path.read_text("utf-8")))}
    assert found == {name: sorts for name, (sorts, _) in OUTSIDE.items()}


def test_each_room_of_the_list_is_there() -> None:
    paths = (SOURCE / "formwright").rglob("*.py")
    rooms = {path.relative_to(SOURCE / "formwright").with_suffix("").parts[0] for path in paths}
    assert set(ROOMS) | TOP - {""} == rooms - {"__init__"}


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
        ("returns/merge.py", "from formwright.form import Form", "returns imports form"),
        ("layout.py", "from formwright.kinds import _base", "layout imports kinds"),
        ("ids.py", "from formwright.layout import Block", "ids imports layout"),
        ("lower.py", "from formwright.cli import main", "lower imports cli, which stands above it"),
        ("record.py", "from formwright.resolve import resolve", "record imports resolve"),
        ("form.py", "from .overlay import Overlay", "relative import .overlay.Overlay"),
        ("form.py", "import forms", "imports forms, which is data or tests"),
        ("form.py", "import subprocess", "form reaches outside: subprocess"),
        ("form.py", "from datetime import datetime\nNOW = datetime.now()", "form reaches outside: datetime.now"),
        ("form.py", "import datetime\nNOW = datetime.date.today()", "form reaches outside: datetime.date.today"),
        ("form.py", "TEXT = open('a').read()", "form reaches outside: open"),
        ("form.py", "def load(path): return path.read_text('utf-8')", "form reaches outside: path.read_text"),
        ("form.py", "def names(folder): return sorted(folder.iterdir())", "form reaches outside: folder.iterdir"),
        ("form.py", "def there(path): return path.exists()", "form reaches outside: path.exists"),
        ("form.py", "from pathlib import Path\nHERE = Path.cwd()", "form reaches outside: Path.cwd"),
        ("lower.py", "import os", "lower reaches outside: os"),
        ("lower.py", "from random import choice", "lower reaches outside: random"),
        ("issuing.py", "import time", "issuing reaches outside: time"),
        ("records/store.py", "import urllib.request", "records reaches outside: urllib"),
        ("keys.py", "from subprocess import run", "keys reaches outside: subprocess"),
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
        ("writers/_cache.py", "import tempfile"),
        ("cli/read.py", "import os\nfrom formwright.writers.pdf import stamp"),
        ("sources.py", "def read(path): return path.read_bytes()"),
        ("readers/_qpdf.py", "import pikepdf\ndef opened(data): return pikepdf.open(data)"),
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
        ("docx", "generator"),  # python-docx
        ("docxtpl", "generator"),
        ("click", "generator"),
        ("pytest", "tests"),
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
    """What is listed must be trusted and updated."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = {re.split(r"[\[=<>~ ]", line)[0] for line in project["dependencies"]}
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCE.rglob("*.py"))
    used = {name.split(".")[0].lower() for tree in trees for _, name in imports(tree)}
    named = {"pillow": "pil", "ruamel.yaml": "ruamel", "zxing-cpp": "zxingcpp", "python-docx": "docx"}
    assert sorted(name for name in listed if named.get(name, name) not in used) == []
