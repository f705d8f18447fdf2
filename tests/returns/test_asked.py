"""The printed words of a place's codes, for conditions and for who lists the keys."""

from __future__ import annotations

from typing import Any

import pytest

from formwright.returns.asked import code_words
from formwright.returns.slots import lay_out
from record_cases import lower

OPTIONS = [{"code": "wire", "text": "Wire transfer"}, {"code": "check", "text": "Check"}]


@pytest.mark.parametrize(
    ("fields", "key", "words"),
    [
        ({"kind": "choice", "options": OPTIONS}, "q", {"wire": "Wire transfer", "check": "Check"}),
        (
            {"kind": "choices", "options": OPTIONS[:1], "none": {"code": "cash", "text": "None of these"}},
            "q",
            {"wire": "Wire transfer", "cash": "None of these"},
        ),
        (
            {
                "kind": "identifier",
                "style": "choose",
                "schemes": [{"code": "irs", "text": "IRS number", "pattern": "[0-9]{9}"}],
            },
            "q.type",
            {"irs": "IRS number"},
        ),
        ({"kind": "yes_no"}, "q", {"yes": "Yes", "no": "No"}),
    ],
)
def test_every_code_has_its_words(fields: dict[str, Any], key: str, words: dict[str, str]) -> None:
    issue, kinds = lower([{"id": "q", "text": "How?", **fields}], {}, {})
    assert code_words(lay_out(issue, kinds).by_key[key], "en") == words
