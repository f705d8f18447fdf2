"""Make what of docs/ is made from the program: tables of the reference, and pictures of the sample questionnaires.

    .venv/bin/python tools/docs.py [tables] [pictures]      (both if none is named; `./run docs` calls it)

Same program, fonts, poppler and LibreOffice: same bytes. The page in poppler is left as it is where `pdftoppm` is not
installed, and so are the Word files where LibreOffice is not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator"), str(ROOT / "tests")]

import pypdfium2  # noqa: E402  # found through the path set above
from PIL import Image, ImageColor, ImageOps  # noqa: E402

from formwright import libreoffice, papers, sending  # noqa: E402
from formwright.issue import IssuedFile  # noqa: E402
from formwright.kinds import describe  # noqa: E402
from formwright.workspace import Workspace  # noqa: E402

DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
ISSUED_ON, ISSUED_AT = date(2027, 3, 1), "2027-03-01T09:00:00Z"
DEFINITION = "account_management"
CHECKLIST, PROJECTS = "Compliance Items", "Follow-up due"
"""Words that stand on two pages of a plan alone."""
DPI = 96
SHADES = 8
"""Steps from each ground to each colour on it; the palette is ours, so that the colours of the look stay true."""
GROUNDS = ("#ffffff", "#e8edf1")
INKS = ("#000000", "#1b1b1b", "#4d555c", "#6f777d", "#0b4a6f")
"""The colours of templates/html/document.css, and the black of codes and marks."""
LARGEST = 150_000
"""Bytes of a picture."""
EDGE = "#c6cacd"


# ---- tables --------------------------------------------------------------------------------------


def tables() -> None:
    """Write docs/reference/kinds.md, and the table of kinds and states."""
    write_text(DOCS / "reference" / "kinds.md", describe())
    from returns import test_states as states  # the cases that are counted are the tests'

    page = states.PAGE.read_text("utf-8")
    head, _, rest = page.partition(states.START)
    made = f"{head}{states.START}\n\n{states.table()}\n\n{states.END}{rest.partition(states.END)[2]}"
    write_text(states.PAGE, made)


def write_text(path: Path, text: str) -> None:
    """Write a page if it is another than before, and say so."""
    if path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)}: made anew")


# ---- pictures ------------------------------------------------------------------------------------


class Issue:
    """One issued sample: its PDF, on which page a key stands, and its Word file."""

    def __init__(self, paths: Sequence[Path], file: IssuedFile) -> None:
        self.path, self.word = paths
        self._pages = {place.key: place.page for place in reversed(file.fields)}
        self.last = len(file.pages)

    def page(self, key: str) -> int:
        """Return the page on which the first place of an item or key stands, from 1."""
        return next(page for name, page in reversed(self._pages.items()) if f"{name}.".startswith(f"{key}."))

    def drawn(self, page: int) -> Image.Image:
        """Return a page as pdfium draws it."""
        return drawn(self.path.read_bytes(), page)

    def drawn_by_poppler(self, page: int) -> Image.Image:
        """Return a page as poppler draws it."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "page"
            command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
            subprocess.run([*command, str(self.path), str(target)], check=True)
            return Image.open(target.with_suffix(".png")).convert("RGB")


def drawn(pdf: bytes, page: int) -> Image.Image:
    """Return a page as pdfium draws it."""
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        picture: Image.Image = document[page - 1].render(scale=DPI / 72).to_pil()
        return picture.convert("RGB")


def page_of(pdf: bytes, words: str) -> int:
    """Return the first page from the second on, that has these words, from 1."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [" ".join(document[page].get_textpage().get_text_range().split()) for page in range(len(document))]
    return next(page for page, text in enumerate(texts, start=1) if page > 1 and words in text)


def pictures() -> None:
    """Issue the sample accounts in a temporary folder and draw pages of them."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "workspace"
        copy_samples(home)
        (full,) = issued(home, ("lantern_loom",))
        table = full.page("major_suppliers")
        save("questionnaire", beside(full.drawn(1), full.drawn(table)), width=1200)
        save("page-1", framed(full.drawn(1)))
        save("table", framed(full.drawn(table)))
        save("matrix", framed(full.drawn(full.page("acquisition"))))
        save("certification", framed(full.drawn(full.page("certification"))))
        save("continuation-sheet", framed(full.drawn(full.last)))
        (letter,) = issued(home, ("lantern_loom",), "introduction")
        save("letter", framed(letter.drawn(1)))
        (plan,) = issued(home, ("harborlight",), "account_action_plan")
        projects = page_of(plan.path.read_bytes(), PROJECTS)
        save("plan", beside(plan.drawn(page_of(plan.path.read_bytes(), CHECKLIST)), plan.drawn(projects)))
        if libreoffice.installed():
            in_word(full, letter, plan)
        else:
            print("docs/images/word-*.png: left as they are, since LibreOffice is not installed", file=sys.stderr)
        known = full.page("general_information")
        if shutil.which("pdftoppm"):
            save("viewers", beside(full.drawn(known), full.drawn_by_poppler(known)), width=1200)
        else:
            print("docs/images/viewers.png: left as it is, since pdftoppm is not installed", file=sys.stderr)


def in_word(full: Issue, letter: Issue, plan: Issue) -> None:
    """Draw the Word files as LibreOffice prints them."""
    form, paper, project = (libreoffice.to_pdf(issue.word.read_bytes()) for issue in (full, letter, plan))
    known = page_of(form, "addresses of major foreign suppliers")
    save("word-questionnaire", beside(drawn(form, 1), drawn(form, known)), width=1200)
    save("word-letter", framed(drawn(paper, 1)))
    pages = (page_of(project, words) for words in (CHECKLIST, PROJECTS))
    save("word-plan", beside(*(drawn(project, page) for page in pages)))


def copy_samples(home: Path) -> None:
    """Copy the sample workspace, with keys that nobody else can read."""
    shutil.copytree(ROOT / "samples" / "workspace", home)
    for key in (home / "keys").iterdir():
        key.chmod(0o600)


def issued(home: Path, accounts: Iterable[str], definition: str = DEFINITION) -> list[Issue]:
    """Issue a definition to each account."""
    order = sending.Order(
        definition=definition,
        accounts=tuple(accounts),
        on=ISSUED_ON,
        at=ISSUED_AT,
        out=home / "out",
        cache=Path(os.environ.get("FORMWRIGHT_CACHE") or ROOT / ".cache" / "formwright"),
        fonts=Path(os.environ.get("FORMWRIGHT_FONTS") or ROOT / ".cache" / "fonts"),
        by="docs",
    )
    made = []
    with Workspace.open(home) as workspace:
        for outcome in papers.issue(workspace, order):
            if isinstance(outcome, sending.Failed):
                raise SystemExit(str(outcome.error))
            made.append(Issue(outcome.paths, outcome.issue.files[0]))
    return made


def framed(picture: Image.Image) -> Image.Image:
    """Return a page with a thin border: its own edge is as white as what is around it."""
    return ImageOps.expand(picture, border=1, fill=EDGE)


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return two pages side by side."""
    pair = [framed(left), framed(right)]
    gap = 24
    whole = Image.new("RGB", (sum(page.width for page in pair) + gap, max(page.height for page in pair)), "white")
    whole.paste(pair[0], (0, 0))
    whole.paste(pair[1], (pair[0].width + gap, 0))
    return whole


def palette() -> Image.Image:
    """Return a picture whose palette runs from each ground to each ink."""
    steps = [index / (SHADES - 1) for index in range(SHADES)]
    found = [
        round(a + (b - a) * step)
        for ground in map(ImageColor.getrgb, GROUNDS)
        for ink in map(ImageColor.getrgb, INKS)
        for step in steps
        for a, b in zip(ground, ink, strict=True)
    ]
    made = Image.new("P", (1, 1))
    made.putpalette(found)
    return made


def save(name: str, picture: Image.Image, width: int = 0) -> None:
    """Write a small PNG: few colours, no date."""
    if width and picture.width > width:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    path = IMAGES / f"{name}.png"
    few = picture.quantize(palette=palette(), dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {picture.width} x {picture.height}, {size // 1000} KB")
    if size > LARGEST:
        raise SystemExit(f"{path.name} is larger than {LARGEST // 1000} KB: draw less of it, or smaller")


JOBS: dict[str, Callable[[], None]] = {"tables": tables, "pictures": pictures}


def main(words: list[str]) -> int:
    """Do the jobs named, or all; return the exit code."""
    unknown = [word for word in words if word not in JOBS]
    if unknown:
        print(f"usage: tools/docs.py [{'] ['.join(JOBS)}]", file=sys.stderr)
        return 2
    for name in words or JOBS:
        JOBS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
