"""All items there and back as Word files: every place filled in, saved by LibreOffice 7.4 and pandoc in every way, and
every value compared. What is typed and what it means is literal (everything.py).

LibreOffice 7.4 drops every tag, some titles, and in doc, rtf and pandoc's file no control is left: so the ways try all
tiers of the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import word_filling
from formwright import issuing
from formwright.cli._shared import cache_folder
from formwright.intake.worker import InProcess, Worker
from formwright.issue import IssuedFile
from formwright.readers import docx
from formwright.readers.docx import DocxReader
from formwright.sending import Made, Order
from programs.everything import entries
from programs.office import ACCOUNTS, Office
from programs.test_every_place import check, filled


class Returns:
    """What came back from one account, one file for each way; each is made when it is asked for."""

    def __init__(self, made: Made, folder: Path) -> None:
        self.made = made
        self.folder = folder
        self.file = word_file(made)
        self.sent = next(path for path in made.paths if path.suffix == ".docx")
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
            word_filling.word(self.sent, self.typed, path)
        elif name == "word_lo":
            word_filling.to_docx(self.way("word"), path, self.folder)
        elif name == "word_pandoc":
            word_filling.pandoc(self.way("word"), path)
        elif name == "pandoc":
            word_filling.pandoc(self.way("libreoffice"), path)
        elif name == "again":
            word_filling.to_docx(self.way("libreoffice"), path, self.folder)
        else:
            self._fill()
            if name != "libreoffice":
                word_filling.to_docx(self.folder / f"libreoffice.{name}", path, self.folder)

    def _fill(self) -> None:
        """Fill in the form through UNO, once, and save it in four formats."""
        if not word_filling.python_with_uno():
            pytest.skip("not installed: python3-uno")
        if self._filled:
            return
        targets = {ending: self.folder / f"libreoffice.{ending}" for ending in word_filling.FILTERS}
        places = self.file.fields
        seen = word_filling.libreoffice(self.sent, places, self.typed, targets, self.folder)
        assert seen == sum(place.kind in word_filling.CONTROLS for place in places)
        self._filled = True


PEOPLE = [*(pytest.param(name, marks=pytest.mark.slow) for name in ACCOUNTS[:2]), ACCOUNTS[2]]


@pytest.fixture(scope="module", params=PEOPLE)
def returns(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Returns:
    return Returns(issued(office, request.param), tmp_path_factory.mktemp("word"))


def issued(office: Office, account: str) -> Made:
    """Return the issue of a sample account as a Word file alone, for which no font for Chinese is needed."""
    order = Order(
        definition="account_management",
        accounts=(account,),
        on=date(2027, 1, 11),
        due=date(2027, 2, 26),
        at="2027-01-11T09:00:00Z",
        out=office.folder / "word",
        cache=cache_folder(),
        fonts=None,
        formats=("docx",),
    )
    order.cache.mkdir(parents=True, exist_ok=True)
    (made,) = issuing.issue(office.workspace, order)
    assert isinstance(made, Made), made
    return made


def word_file(made: Made) -> IssuedFile:
    """Return the Word file of an issue."""
    found = made.issue.file("docx")
    assert found is not None
    return found


def by_tag(made: Made) -> dict[str, str | bool]:
    """Return something to type into every place, by the tag of its control (everything.py)."""
    places = word_file(made).fields
    found: dict[str, str | bool] = {}
    for entry in entries(made.issue):
        for place in places:
            if place.key == entry.cell.key:
                found[place.name] = _typed(entry.typed, place.code, dict(place.labels))
    return found


def _typed(typed: str | bool | tuple[str, ...], code: str, labels: dict[str, str]) -> str | bool:
    if code:
        return code in ((typed,) if isinstance(typed, str) else typed or ())
    return labels.get(typed, typed) if isinstance(typed, str) else bool(typed)


WAYS = [
    "word",
    *(
        pytest.param(way, marks=pytest.mark.program("soffice"))
        for way in ("libreoffice", "again", "odt", "doc", "rtf", "word_lo")
    ),
    pytest.param("pandoc", marks=pytest.mark.program("soffice", "pandoc")),
    pytest.param("word_pandoc", marks=pytest.mark.program("pandoc")),
]


@pytest.mark.parametrize("way", WAYS)
def test_every_place_comes_back(returns: Returns, office: Office, way: str) -> None:
    check(office.read(returns.way(way)), returns.made)


@pytest.mark.program("soffice", "pandoc")
def test_nothing_typed_is_nothing_answered_though_it_was_saved_anew(returns: Returns, office: Office) -> None:
    source = returns.sent
    for way, make in _savings(returns):
        target = returns.folder / f"untouched_{way}.docx"
        make(source, target)
        record = office.read(target)
        states = {cell.state for item in record.answers.values() for cell in item.cells.values()}
        assert states <= {"blank", "unchanged", "unasked"}, way
        assert record.strays == (), way


def _savings(returns: Returns) -> Iterator[tuple[str, Callable[[Path, Path], None]]]:
    yield "lo", lambda source, target: word_filling.to_docx(source, target, returns.folder)
    yield "pandoc", word_filling.pandoc


def test_the_worker_says_the_same(returns: Returns) -> None:
    data, places = returns.way("word").read_bytes(), returns.file.fields
    with Worker() as worker:
        assert worker.identify("docx", data) == InProcess().identify("docx", data)
        assert worker.extract("docx", data, places) == DocxReader().extract(data, places)


def test_one_answer_set_gives_one_record_in_pdf_and_in_word(returns: Returns, office: Office, tmp_path: Path) -> None:
    """All that is the answers' own; how and where they were found differs."""
    by_word = office.read(returns.way("word")).as_json()
    by_pdf = office.read(filled(office.issue(returns.made.account), "pdfium", tmp_path)).as_json()
    for record in (by_word, by_pdf):
        for item in record["answers"].values():
            for cell in item["cells"].values():
                for name in ("method", "page", "box", "source", "raw"):
                    cell.pop(name, None)
    assert by_word["answers"] == by_pdf["answers"]
    assert by_word["status"] == by_pdf["status"]
    assert [one for one in by_word["problems"] if one["item"]] == [one for one in by_pdf["problems"] if one["item"]]


@pytest.mark.parametrize("way", ["word", "sent"])
def test_the_quick_look_and_the_thorough_one_say_the_same(
    returns: Returns, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = returns.sent if way == "sent" else returns.way(way)
    looked: list[bool] = []
    quick_look = docx.look

    def noted(*given: object) -> object:
        found = quick_look(*given)  # type: ignore[arg-type]
        looked.append(found is not None)
        return found

    monkeypatch.setattr(docx, "look", noted)
    quick = DocxReader().extract(path.read_bytes(), returns.file.fields)
    monkeypatch.setattr(docx, "look", lambda *_: None)
    assert looked == [True]
    assert DocxReader().extract(path.read_bytes(), returns.file.fields) == quick


@pytest.mark.parametrize("key", ["resale_price", "price_restrictions"])
def test_a_wrong_value_would_be_seen(returns: Returns, office: Office, key: str, tmp_path: Path) -> None:
    """The check itself: a file in which one answer is lacking, or is another, does not pass it."""
    typed = dict(returns.typed)
    for name in list(typed):
        if name.partition("#")[0] == key:
            typed[name] = "" if isinstance(typed[name], str) else not typed[name]
    word_filling.word(returns.sent, typed, tmp_path / "other.docx")
    with pytest.raises(AssertionError, match=key):
        check(office.read(tmp_path / "other.docx"), returns.made)
