"""All items there and back as Word files: every place filled in, saved by LibreOffice 7.4 and pandoc in every way, and
every value compared. What is typed and what it means is literal (everything.py).

LibreOffice 7.4 drops every tag, some titles, and in doc, rtf and pandoc's file no control is left: so the ways try all
tiers of the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import word_filling as filling
from formwright.intake.worker import InProcess, Worker
from formwright.readers.docx import DocxReader
from formwright.sending import Made
from programs.office import ACCOUNTS, Office
from programs.test_every_place import check, read
from programs.word_issue import by_tag, word_issue

NEEDS = {"libreoffice": "soffice", "odt": "soffice", "doc": "soffice", "rtf": "soffice", "again": "soffice"}
METHODS = {"word": "docx_tag", "pandoc": "docx_anchor"}
"""How most values of a way are found; all others by their region."""


class Returns:
    """What came back from one account, one file for each way; each is made when it is asked for."""

    def __init__(self, made: Made, folder: Path) -> None:
        self.made = made
        self.folder = folder
        self.typed = by_tag(made)
        self._filled = False

    def way(self, name: str) -> Path:
        """Return the file that came back in a way."""
        path = self.folder / f"{name}.docx"
        if not path.exists():
            self._make(name, path)
        return path

    def _make(self, name: str, path: Path) -> None:
        if name == "word":
            filling.word(self.made.paths[0], self.typed, path)
        elif name == "word_lo":
            filling.to_docx(self.way("word"), path, self.folder)
        elif name == "word_pandoc":
            filling.pandoc(self.way("word"), path)
        elif name == "pandoc":
            filling.pandoc(self.way("libreoffice"), path)
        elif name == "again":
            filling.to_docx(self.way("libreoffice"), path, self.folder)
        else:
            self._fill()
            if name != "libreoffice":
                filling.to_docx(self.folder / f"libreoffice.{name}", path, self.folder)

    def _fill(self) -> None:
        """Fill in the form through UNO, once, and save it in four formats."""
        if not filling.python_with_uno():
            pytest.skip("not installed: python3-uno")
        if self._filled:
            return
        targets = {ending: self.folder / f"libreoffice.{ending}" for ending in filling.FILTERS}
        places = self.made.issue.files[0].fields
        seen = filling.libreoffice(self.made.paths[0], places, self.typed, targets, self.folder)
        assert seen == sum(place.kind in filling.CONTROLS for place in places)
        self._filled = True


@pytest.fixture(scope="module", params=[*(pytest.param(name, marks=pytest.mark.slow) for name in ACCOUNTS[:2]), ACCOUNTS[2]])
def returns(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Returns]:
    yield Returns(word_issue(office, request.param), tmp_path_factory.mktemp("word"))


WAYS = [
    "word",
    *(
        pytest.param(way, marks=[pytest.mark.program("soffice"), *([pytest.mark.program("pandoc")] if "pandoc" in way else [])])
        for way in ("libreoffice", "again", "odt", "doc", "rtf", "word_lo", "pandoc")
    ),
    pytest.param("word_pandoc", marks=pytest.mark.program("pandoc")),
]


@pytest.mark.parametrize("way", WAYS)
def test_every_place_comes_back(returns: Returns, office: Office, way: str) -> None:
    check(read(office, returns.way(way)), returns.made)


@pytest.mark.program("soffice")
def test_nothing_typed_is_nothing_answered_though_it_was_saved_anew(returns: Returns, office: Office) -> None:
    source = returns.made.paths[0]
    for way, make in _savings(returns):
        target = returns.folder / f"untouched_{way}.docx"
        make(source, target)
        record = read(office, target)
        states = {cell.state for item in record.answers.values() for cell in item.cells.values()}
        assert states <= {"blank", "unchanged", "unasked"}, way
        assert record.strays == (), way


def _savings(returns: Returns) -> Iterator[tuple[str, Callable[[Path, Path], None]]]:
    yield "lo", lambda source, target: filling.to_docx(source, target, returns.folder)
    yield "pandoc", filling.pandoc


def test_the_worker_says_the_same(returns: Returns) -> None:
    data, places = returns.way("word").read_bytes(), returns.made.issue.files[0].fields
    with Worker() as worker:
        assert worker.identify("docx", data) == InProcess().identify("docx", data)
        assert worker.extract("docx", data, places) == DocxReader().extract(data, places)


@pytest.mark.parametrize("key", ["resale_price", "price_restrictions"])
def test_a_wrong_value_would_be_seen(returns: Returns, office: Office, key: str, tmp_path: Path) -> None:
    """The check itself: a file in which one answer is lacking, or is another, does not pass it."""
    typed = dict(returns.typed)
    for name in list(typed):
        if name.partition("#")[0] == key:
            typed[name] = "" if isinstance(typed[name], str) else not typed[name]
    filling.word(returns.made.paths[0], typed, tmp_path / "other.docx")
    with pytest.raises(AssertionError, match=key):
        check(read(office, tmp_path / "other.docx"), returns.made)
