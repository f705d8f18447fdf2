"""The questionnaire's words are the source's, item by item (docs/source/questionnaire-items.tsv; RULES.md 1.4).

WM001 each of the 46 items, the seven sub-items of E.3 and its tail has exactly the source's words
WM002 nothing stands there as a question that the source does not have
WM003 section leads and titles are the source's
WM004 source lines point to the line that holds the words
WM005 the instruction "(List several ...)" is never printed
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
DEFINITION: dict[str, Any] = YAML(typ="safe", pure=True).load(
    (ROOT / "forms/questionnaires/account_management.yaml").read_text("utf-8")
)
SOURCE = list(
    csv.DictReader((ROOT / "docs/source/questionnaire-items.tsv").read_text("utf-8").splitlines(), delimiter="\t")
)
ITEMS = {(section["letter"], item["label"]): item for section in DEFINITION["sections"] for item in section["items"]}
PARAMETERS = {"{param:major_share}": "10", "{ref:record_keeping}": "C"}


def plain(text: str) -> str:
    """The words without typography: straight apostrophes, single spaces, parameters filled in, marks taken away."""
    for mark, words in PARAMETERS.items():
        text = text.replace(mark, words)
    text = re.sub(r"\{ref:[a-z_]+\|([^}]*)\}", r"\1", text)
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("**", "")).strip()


def words(item: dict[str, Any]) -> str:
    """An item's words: its own, else those of its parts (with their explain), without labels of ours."""
    if item.get("text"):
        return plain(item["text"])
    pieces = []
    for part in item["parts"]:
        if part.get("source") != "ours":
            pieces += [part["text"], part.get("explain", "")]
    return plain(" ".join(pieces))


def source_words(section: str, number: str) -> str:
    """The source's words of an item: its row, then its sub-items, then its tail."""
    rows = [row for row in SOURCE if row["section"] == section and re.fullmatch(rf"{number}[a-h]?", row["number"])]
    return plain(
        " ".join(row["text"] for row in rows if row["role"] in ("item", "sub-item") or row["role"].startswith("tail"))
    )


NUMBERS = [(row["section"], row["number"]) for row in SOURCE if row["role"] == "item"]


def test_the_source_has_46_items_in_five_sections() -> None:
    assert len(NUMBERS) == 46
    assert [sum(1 for s, _ in NUMBERS if s == letter) for letter in "ABCDE"] == [8, 9, 8, 4, 17]
    assert list(ITEMS) == NUMBERS


@pytest.mark.parametrize(("section", "number"), NUMBERS, ids=lambda value: value)
def test_words_are_the_sources(section: str, number: str) -> None:
    assert words(ITEMS[section, number]) == source_words(section, number)


def test_sub_items_of_e3_keep_the_sources_letters() -> None:
    parts = [part for part in ITEMS["E", "3"]["parts"] if part.get("label")]
    rows = [row for row in SOURCE if row["role"] == "sub-item"]
    assert [part["label"] for part in parts] == ["a", "b", "c", "e", "f", "g", "h"]
    assert [plain(part["text"]) for part in parts] == [plain(row["text"]) for row in rows]


def test_areas_of_c3_are_the_sources() -> None:
    row = next(row for row in SOURCE if row["role"].startswith("part of C.3"))
    areas = [area.strip() for area in row["text"].rstrip(".").split(";")]
    assert [r["text"][0].lower() + r["text"][1:] for r in ITEMS["C", "3"]["rows"]] == areas
    assert [r["text"] for r in ITEMS["C", "4"]["rows"]] == [r["text"] for r in ITEMS["C", "3"]["rows"]]


@pytest.mark.parametrize("section", DEFINITION["sections"], ids=lambda section: section["letter"])
def test_section_heads_are_the_sources(section: dict[str, Any]) -> None:
    row = next(row for row in SOURCE if row["role"] == "section" and row["section"] == section["letter"])
    title, _, lead = plain(row["text"]).partition(": ")
    assert section["title"] == title.rstrip(":")
    assert plain(section.get("lead", "")) == lead


def _lines(source: str) -> range:
    first, _, last = source.removeprefix("SOP L").partition("-")
    return range(int(first), int(last or first) + 1)


@pytest.mark.parametrize(("section", "number"), NUMBERS, ids=lambda value: value)
def test_source_lines_hold_the_words(section: str, number: str) -> None:
    seed = next((ROOT / "docs/source").glob("000_*.txt")).read_text("utf-8").splitlines()
    cited = plain(" ".join(seed[line - 1] for line in _lines(ITEMS[section, number]["source"])))
    row = next(row for row in SOURCE if row["section"] == section and row["number"] == number)
    assert plain(row["text"]) in cited


def test_the_instruction_is_never_printed() -> None:
    text = (ROOT / "forms/questionnaires/account_management.yaml").read_text("utf-8")
    printed = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    assert "List several" not in printed
