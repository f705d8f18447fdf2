"""What does reading a Word return cost, against lxml parsing its main part? `./run bench read-word`

parse                lxml parses word/document.xml, which is unpacked already
... out of the zip   the same, unpacked by zipfile first
reader, all checks   in this process: container and XML checked, tokens of every carrier, every place, what else stands
                     in it; the manifest is that of the return before, as for every return of an issue but the first
first of its issue   the same, the manifest put in order anew
read, all checks     the file from the disk, sniffed, read, tokens verified, matched with its issue, record made
read by the worker   the same, the file being read in the child process
python-docx          the peer: opened, and a walk over the controls for their tags and texts, no checks at all

A return that Word saved has the names of all its places. One that LibreOffice 7.4 saved has none: its places are looked
for by question, table and row, which is no target. The bytes of two turns differ. What takes long is measured apart,
beside a parse of its own: it empties the processor's caches.
"""

from __future__ import annotations

import gc
import io
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import ground
from ground import RECEIVED, Ground
from lxml import etree
from ratios import Targets, medians, table

import word_filling
from formwright import issuing, reading, sending
from formwright.cli._shared import cache_folder
from formwright.intake.worker import InProcess, Reading, Worker
from formwright.issue import IssuedFile
from formwright.readers.docx import DocxReader

TURNS = 16
LIMIT = 3.0
"""Times lxml parsing the main part: issue 3, "Shown by" 5."""
MAIN = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def issued(made: Ground, account: str) -> tuple[IssuedFile, Path]:
    """Issue the questionnaire to an account as a Word file."""
    order = sending.Order(
        definition=ground.DEFINITION,
        accounts=(account,),
        on=ground.ISSUED_ON,
        at=ground.ISSUED_AT,
        out=made.folder / "out",
        cache=cache_folder(),
        fonts=None,
        formats=("docx",),
        by="bench",
    )
    (outcome,) = issuing.issue(made.workspace, order)
    if isinstance(outcome, sending.Failed):
        raise SystemExit(str(outcome.error))
    return outcome.issue.files[0], outcome.paths[0]


def typed(file: IssuedFile, turn: int) -> dict[str, str | bool]:
    """Return something for every place; each turn has texts of its own."""
    found: dict[str, str | bool] = {}
    for number, place in enumerate(one for one in file.fields if one.kind in word_filling.CONTROLS and not one.fixed):
        if place.kind == "tick":
            found[place.name] = number % 2 == 0
        elif place.kind == "list":
            found[place.name] = place.labels[number % len(place.labels)][1]
        else:
            found[place.name] = "02/26/2027" if place.kind == "date" else f"{turn}.{number}: words of an answer"
    return found


def filled(made: Ground, file: IssuedFile, source: Path) -> list[Path]:
    """Return two returns that Word would have saved."""
    paths = [made.folder / f"{source.stem}_{turn}.docx" for turn in (1, 2)]
    for turn, path in enumerate(paths):
        word_filling.word(source, typed(file, turn), path)
    return paths


def walked(data: bytes) -> dict[str, str]:
    """Return what python-docx says of each control: tag -> text."""
    body = docx.Document(io.BytesIO(data)).element.body
    found = {}
    for control in body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None:
            found[tag.get(f"{W}val")] = "".join(text.text or "" for text in control.iter(f"{W}t"))
    return found


def zipped(data: bytes) -> object:
    """Parse the main part out of the zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(MAIN))


def read(made: Ground, reader: Reading, path: Path) -> None:
    """Read one file through the whole pipeline, storing nothing."""
    (outcome,) = reading.read(made.workspace, [path], reader, at=RECEIVED, alone=True)
    if isinstance(outcome, reading.Rejected):
        raise SystemExit(f"{path.name}: {outcome.error}")


def compare(
    made: Ground, worker: Worker, name: str, file: IssuedFile, paths: list[Path], targets: Targets | None
) -> None:
    """Measure two returns in turn; print their table, and their target."""
    contents = [path.read_bytes() for path in paths]
    mains = [zipfile.ZipFile(path).read(MAIN) for path in paths]
    readers = DocxReader(), InProcess()

    def known(turn: int) -> None:
        readers[0].identify(contents[turn % 2])
        readers[0].extract(contents[turn % 2], file.fields)

    def first(turn: int) -> None:
        reader = DocxReader()
        reader.identify(contents[turn % 2])
        reader.extract(contents[turn % 2], file.fields)

    def parse(turn: int) -> object:
        return etree.fromstring(mains[turn % 2])

    quick: dict[str, Callable[[int], object]] = {
        "parse": parse,
        "  ... out of the zip": lambda turn: zipped(contents[turn % 2]),
        "reader, all checks": known,
        "first of its issue": first,
    }
    slow: dict[str, Callable[[int], object]] = {
        "parse": parse,
        "read, all checks": lambda turn: read(made, readers[1], paths[turn % 2]),
        "read by the worker": lambda turn: read(made, worker, paths[turn % 2]),
        "python-docx": lambda turn: walked(contents[turn % 2]),
    }
    times, others = medians(quick, TURNS), medians(slow, TURNS)
    tiers = {cell.method for cell in readers[0].extract(contents[0], file.fields).cells}
    print(f"\n{name}: {len(contents[0]) // 1000} kB, main part {len(mains[0]) // 1000} kB, {len(file.fields)} places")
    print(f"found by: {', '.join(sorted(tiers))}")
    print(table(times, "parse"))
    print(table(others, "parse"))
    if targets is not None:
        targets.at_most("reader, all checks", times["reader, all checks"] / times["parse"], LIMIT, "times parse", known)


def main() -> int:
    """Print the tables; return 1 where a target is missed."""
    targets = ground.targets(__doc__ or "")
    gc.freeze()  # as the worker does when it has loaded its readers
    with ground.opened() as made, Worker() as worker:
        for account in (ground.LATIN, ground.CHINESE):
            file, source = issued(made, account)
            paths = filled(made, file, source)
            compare(made, worker, f"{account}, every place filled in", file, paths, targets)
            if account == ground.LATIN and shutil.which("soffice") is not None:
                saved = [path.with_suffix(".lo.docx") for path in paths]
                for path, target in zip(paths, saved, strict=True):
                    word_filling.to_docx(path, target, made.folder)
                compare(made, worker, f"{account}, saved anew by LibreOffice", file, saved, None)
    return targets.exit_code


if __name__ == "__main__":
    sys.exit(main())
