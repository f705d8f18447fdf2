"""The demo compares each record with what was expected of it; a difference is found, and said with its place."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[1] / "samples" / "demo.py"

RECORD: dict[str, Any] = {
    "issue": {"id": "Q-2027-0001"},
    "status": "partial",
    "review": True,
    "answers": {
        "company": {"state": "answered", "value": "Northwind", "needs": [], "cells": {}},
        "officers": {"state": "blank", "value": None, "needs": ["answer"], "cells": {}},
    },
    "problems": [{"code": "invalid", "item": "company", "key": "company", "message": "m", "fix": None}],
    "strays": [{"name": "extra", "value": "1", "page": 2, "kind": "field", "source": "ab"}],
    "attachments": [{"item": "proof", "key": "proof_enclosed", "for": "Proof", "enclosed": True, "note": None}],
}
EXPECTED: dict[str, Any] = {
    "made_by": "hand",
    "issue": "Q-2027-0001",
    "status": "partial",
    "review": True,
    "answers": {"company": {"state": "answered", "value": "Northwind"}},
    "unlisted": "blank",
    "needs": {"answer": ["officers"]},
    "attachments": [{"key": "proof_enclosed", "for": "Proof", "enclosed": True, "note": None}],
    "problems": [{"code": "invalid", "item": "company", "key": "company"}],
    "strays": [{"name": "extra", "value": "1"}],
}


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    spec = importlib.util.spec_from_file_location("formwright_demo", PATH)
    assert spec is not None
    assert spec.loader is not None
    demo = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(demo)
    return list(demo.differences(expected, found))


def test_what_is_as_expected_is_silent() -> None:
    assert differences(EXPECTED, RECORD) == []
    assert differences({"refused": {"code": "foreign"}}, {"refused": {"code": "foreign", "message": "m"}}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "complete"}, ['status: expected "complete", found "partial"']),
        (
            {"answers": {"company": {"state": "answered", "value": "N"}}},
            ['answers.company.value: expected "N", found "Northwind"'],
        ),
        (
            {"answers": {}},
            [
                'answers.company.state: expected "blank", found "answered"',
                'answers.company.value: expected null, found "Northwind"',
            ],
        ),
        ({"unlisted": "unchanged"}, ['answers.officers.state: expected "unchanged", found "blank"']),
        ({"problems": []}, ["problems: not expected invalid company company"]),
        (
            {"problems": [{"code": "invalid", "item": "officers", "key": "officers.r1.name"}]},
            [
                "problems: expected invalid officers officers.r1.name",
                "problems: not expected invalid company company",
            ],
        ),
        (
            {"problems": [{"code": "invalid", "item": "company", "key": None}]},
            ["problems: expected invalid company -", "problems: not expected invalid company company"],
        ),
        ({"review": False}, ["review: expected false, found true"]),
        ({"needs": {}}, ["needs answer: not expected officers"]),
        (
            {"needs": {"answer": ["officers", "company"], "review": ["company"]}},
            ["needs answer: expected company", "needs review: expected company"],
        ),
        (
            {"attachments": [{"key": "proof_enclosed", "for": "Proof", "enclosed": None, "note": None}]},
            ["attachments: expected proof_enclosed Proof - -", "attachments: not expected proof_enclosed Proof True -"],
        ),
        ({"attachments": []}, ["attachments: not expected proof_enclosed Proof True -"]),
        ({"strays": [{"name": "other", "value": "1"}]}, ["strays: expected other 1", "strays: not expected extra 1"]),
        ({"issue": "Q-2027-0002"}, ['issue: expected "Q-2027-0002", found "Q-2027-0001"']),
        ({"refused": {"code": "foreign"}}, ["expected foreign, found a record"]),
    ],
)
def test_a_difference_is_said_with_its_place(change: dict[str, Any], said: list[str]) -> None:
    assert differences({**EXPECTED, **change}, RECORD) == said
