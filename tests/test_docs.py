"""The documents say what the program does: links, verbs, kinds, examples, and the tutorial, which is run as it stands.

In docs/tutorial.md a block of `sh` is run line by line, the block of `text` behind it is its output ("..." stands for
any lines, or the rest of one), `yaml` is saved under the name in its first line, `json` is part of what was printed
last, and the table with keys is what a person does in a PDF program, here done by pypdf.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from formwright.cli import VERBS, main
from formwright.kinds import kinds
from formwright.kinds._base import At, Invalid, Lowering

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial.md"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), ROOT / "samples" / "README.md"])

FENCED = re.compile(r"^(?: *)```(?P<language>\w*)\n(?P<block>.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
DOING = re.compile(r"^\| \S+ \| `([^`]+)` \| (?:type `([^`]*)`|tick \*([^*]+)\*)", re.MULTILINE)
"""A row of the tutorial's table: key, and the text to type or the words beside the tick."""


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield language and text of each fenced block of a page."""
    for found in FENCED.finditer(page.read_text("utf-8")):
        yield found["language"], textwrap.dedent(found["block"])


def prose(page: Path) -> str:
    """Return a page without its code."""
    return re.sub(r"`[^`\n]*`", "", FENCED.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as code hosts make them."""
    heads = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for found in LINK.finditer(prose(page)):
        target = found[1] or found[2]
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        place = (page.parent / path).resolve() if path else page
        if not place.exists() or (anchor and anchor not in anchors(place)):
            lost.append(target)
    assert lost == []


def test_every_page_is_reached_from_the_readme() -> None:
    seen, queue = set(), [ROOT / "README.md"]
    while queue:
        page = queue.pop()
        if page in seen:
            continue
        seen.add(page)
        for found in LINK.finditer(prose(page)):
            place = (page.parent / (found[1] or "").partition("#")[0]).resolve()
            place = place / "README.md" if place.is_dir() else place
            if place.suffix == ".md" and place.is_file():
                queue.append(place)
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in seen and page.is_relative_to(DOCS)] == []


def test_no_page_names_a_folder_of_one_machine() -> None:
    pattern = re.compile(r"(?<![\w.<])/(?:home|work|root|Users|tmp)/")
    assert [page.name for page in PAGES if pattern.search(page.read_text("utf-8"))] == []


def test_every_verb_and_every_kind_is_in_the_reference() -> None:
    verbs = (DOCS / "reference" / "command-line.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"\n## {verb}" not in verbs] == []
    found = (DOCS / "reference" / "kinds.md").read_text("utf-8")
    assert [kind for kind in kinds() if f"\n## {kind}\n" not in found] == []


def test_commands_in_the_pages_are_commands() -> None:
    wrong = []
    for page in PAGES:
        for _, block in blocks(page):
            for line in block.splitlines():
                words = re.match(r"\s*(?:\./run )?formwright (?:-C \S+ |--\w+ )*([a-z]+)\b", line)
                if words and words[1] not in VERBS:
                    wrong.append(f"{page.name}: {line.strip()}")
    assert wrong == []


def test_examples_of_the_how_to_pages_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each block of yaml that names its file goes into one workspace, after those of the tutorial."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "workspace", "office", "--email", "a@office.example", "--address", "1 Example Road"]) == 0
    for page in (TUTORIAL, *sorted((DOCS / "how-to").glob("*.md"))):
        for language, block in blocks(page):
            if language == "yaml" and (name := named(block)):
                save(tmp_path / "office" / name, block)
    for words in (["check", "office"], *(["-C", "office", "show", id, "northwind"] for id in SHOWN)):
        assert main(words) == 0, capfd.readouterr().err
    shown = capfd.readouterr().out
    assert "A.2    bond " in shown
    assert "Describe what becomes of the imported products." in shown


SHOWN = ("site_visit", "account_management")


def test_the_example_of_a_kind_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = (block for language, block in blocks(DOCS / "how-to" / "add-a-kind.md") if language == "python")
    save(tmp_path / "postcode.py", source)
    spec = importlib.util.spec_from_file_location("postcode", tmp_path / "postcode.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "postcode", module)
    spec.loader.exec_module(module)
    kind = module.Postcode(id="zip", text="What is your postal code?", required=True)
    assert list(kind.faults()) == []
    out = Lowering(language="en")
    kind.lower(At(key="zip", item="zip", number="A.1", spoken="A.1", prefill="20229"), out)
    assert out.values == {"zip": "20229"}
    assert kind.parse(out.cells[0], "20229-0001").value == "20229-0001"
    with pytest.raises(Invalid, match="This is not a postal code"):
        kind.parse(out.cells[0], "2022")


def test_tests_that_are_named_are_there() -> None:
    told = {name for page in PAGES for name in re.findall(r"`(test_\w+)`", page.read_text("utf-8"))}
    made = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    }
    assert len(told) > 30
    assert told - made == set()


def test_pictures_are_small_and_all_are_shown() -> None:
    pages = "".join(page.read_text("utf-8") for page in PAGES)
    pictures = sorted((DOCS / "images").glob("*.png"))
    assert [path.name for path in pictures if f"images/{path.name}" not in pages] == []
    assert [path.name for path in pictures if path.stat().st_size > 150_000] == []


# ---- the tutorial -------------------------------------------------------------------------------


def named(block: str) -> str:
    """Return the file that a block of YAML is, "" for none."""
    found = re.match(r"# (\S+\.yaml)\n", block)
    return found[1] if found else ""


def save(path: Path, block: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block, "utf-8")


def steps() -> Iterator[tuple[str, str]]:
    """Yield what the tutorial has, in order: (language, block), and ("table", rows) for what a person does."""
    text = TUTORIAL.read_text("utf-8")
    found = [(match.start(), match["language"], match["block"]) for match in FENCED.finditer(text)]
    first = DOING.search(text)
    assert first is not None
    found.append((first.start(), "table", text))
    yield from ((language, block) for _, language, block in sorted(found))


def listed(capfd: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    """Return what `show --keys` lists of the first issue: key -> words of a tick in small letters -> its code."""
    assert main(["show", "Q-2027-0001", "--keys"]) == 0
    found = {}
    for line in capfd.readouterr().out.splitlines():
        takes = re.search(r" \((.*)\)$", line)
        codes = (one.partition(": ") for one in (takes[1].split(", ") if takes else ()))
        found[line.split()[0]] = {(words or code).casefold(): code for code, _, words in codes}
    return found


def fill(issued: Path, returned: Path, doing: list[tuple[str, str, str]], codes: dict[str, dict[str, str]]) -> None:
    """Do what the table says, and save the file by pypdf. A confirming tick has no code but "on"."""
    writer = PdfWriter(clone_from=issued)
    root: Any = writer.root_object
    fields = {str(field.get_object()["/T"]): field.get_object() for field in root["/AcroForm"]["/Fields"]}
    for key, typed, ticked in doing:
        name, code = key.replace(".", ":"), codes[key].get(ticked.casefold(), "on")
        if typed:
            fields[name][NameObject("/V")] = TextStringObject(typed)
        else:
            tick(fields.get(f"{name}#{code}") or fields[name], code)
    returned.parent.mkdir(exist_ok=True)
    writer.write(returned)


def tick(field: DictionaryObject, code: str) -> None:
    state = NameObject(f"/{code}")
    widgets = [kid.get_object() for kid in field.get("/Kids", ())] or [field]
    chosen = [widget for widget in widgets if state in widget["/AP"]["/N"]]
    assert len(chosen) == 1, f"{field['/T']} has no state {code}"
    field[NameObject("/V")] = state
    chosen[0][NameObject("/AS")] = state


def same(shown: str, printed: str) -> bool:
    """Return whether a block shows what was printed; "..." is any lines, or the rest of one."""
    parts = []
    for line in shown.splitlines():
        if line == "...":
            parts.append(r"(?:.*\n)*")
        elif line.endswith("..."):
            parts.append(re.escape(line.removesuffix("...")) + r".*\n")
        else:
            parts.append(re.escape(line) + r"\n")
    return re.fullmatch("".join(parts), printed) is not None


def lacking(shown: Any, printed: Any, place: str = "") -> Iterator[str]:
    """Yield where JSON that is shown is not part of what was printed."""
    if isinstance(shown, dict) and isinstance(printed, dict):
        for key, value in shown.items():
            yield from lacking(value, printed.get(key, "(not there)"), f"{place}.{key}")
    elif shown != printed:
        yield f"{place}: {shown!r} is shown, {printed!r} was printed"


def test_the_tutorial_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORMWRIGHT_WORKSPACE", raising=False)
    monkeypatch.setenv("FORMWRIGHT_CACHE", os.environ.get("FORMWRIGHT_CACHE") or str(ROOT / ".cache" / "formwright"))
    printed, done = "", set()
    for language, block in steps():
        done.add(language)
        if language == "sh":
            printed = run(block, tmp_path, monkeypatch, capfd)
        elif language == "text":
            assert same(block, printed), f"shown:\n{block}\nprinted:\n{printed}"
        elif language == "json":
            assert list(lacking(json.loads(block), json.loads(printed))) == []
        elif language == "yaml":
            save(Path.cwd() / named(block), block)
        elif language == "table":
            issued, returned = Path("out/northwind_Q-2027-0001.pdf"), Path("inbox/northwind.pdf")
            fill(issued, returned, DOING.findall(block), listed(capfd))
    assert done >= {"sh", "text", "json", "yaml", "table"}
    assert refused(capfd) == {"employees": "A.3 (employees): This is not a number."}


def refused(capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Enter by `answer` what the table says that the company does; return what is refused, with the reason."""
    found, keys = {}, listed(capfd)
    for key, typed, ticked in DOING.findall(TUTORIAL.read_text("utf-8")):
        assert key in keys
        value = typed or ("yes" if key.endswith("_confirm") else ticked)
        if main(["answer", "Q-2027-0001", key, value, "--by", "DW", "--why", "test"]) != 0:
            found[key] = re.sub(r"(?<=\.) .*\n", "", capfd.readouterr().err)
    return found


def run(block: str, home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> str:
    """Run the lines of a block; return what they print."""
    printed = ""
    for line in block.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["cd"]:
            monkeypatch.chdir(Path.cwd() / words[1])
            assert Path.cwd().is_relative_to(home)
        elif words:
            assert words[0] == "formwright", line
            code = main(words[1:])
            out, err = capfd.readouterr()
            assert (code, err) == (0, ""), f"{line}\n{err}"
            printed += out
    return printed


def test_a_wrong_output_is_found() -> None:
    assert same("a\n...\nlast\n", "a\nb\nc\nlast\n")
    assert same("known: [1, ...\n", "known: [1, 2, 3]\n")
    assert not same("a\nlast\n", "a\nb\nlast\n")
    assert not same("a b\n", "a c\n")
    assert list(lacking({"a": {"b": 1}}, {"a": {"b": 2}, "c": 3})) == [".a.b: 1 is shown, 2 was printed"]
