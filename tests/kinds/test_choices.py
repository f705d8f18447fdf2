"""Any number of several answers.

1. One ManyOf, stacked; `other` adds an option and a Line, `none` a last option.
2. The value has the codes in the order of the form, and the words of "Other".
3. "None of them" beside another answer is invalid.
4. An unknown text is invalid; words of an option are its code.
5. "Other" without words, and words without "Other", are findings.
6. Prefill: codes and words of "Other"; what does not fit is a fault.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import layout
from kind_support import Lowered, findings, make, parse, refusal, there_and_back

OPTIONS = [{"code": "paper", "text": "Paper"}, {"code": "disc", "text": "Optical disc"}]
NONE = {"code": "none", "text": "None of these"}


def choices(**fields: Any) -> Any:
    return make("choices", **{"options": OPTIONS, **fields})


def test_many_of() -> None:  # 1
    lowered = Lowered(choices(other=True, none=NONE))
    many = lowered.controls["q"]
    assert isinstance(many, layout.ManyOf)
    assert [option.code for option in many.options] == ["paper", "disc", "other", "none"]
    assert many.stacked
    assert lowered.cells["q_other"].on == ("other",)
    assert lowered.cells["q"].codes == ("paper", "disc", "other", "none")


def test_value() -> None:  # 2
    kind = choices(other=True)
    assert parse(kind, ("disc", "paper")) == ["paper", "disc"]
    assert kind.value("q", {"q": ["paper"]}) == {"codes": ["paper"], "other": None}
    assert kind.value("q", {"q_other": "tape"}) == {"codes": [], "other": "tape"}
    assert kind.value("q", {}) is None


def test_none_excludes() -> None:  # 3
    kind = choices(none=NONE)
    assert parse(kind, ("none",)) == ["none"]
    assert refusal(kind, ("none", "paper")).startswith("“None of these” is ticked together with other answers.")


def test_words() -> None:  # 4
    assert parse(choices(), ("optical DISC",)) == ["disc"]
    assert "Choose one of: Paper, Optical disc." in refusal(choices(), ("tape",))
    assert "lone tick" in refusal(choices(), True)


def test_findings() -> None:  # 5
    kind = choices(other=True)
    assert findings(kind, {"q": ["paper", "other"]}) == [("other_unspecified", "q_other")]
    assert findings(kind, {"q": ["paper"], "q_other": "tape"}) == [("other_not_chosen", "q")]
    assert findings(kind, {"q": ["other"], "q_other": "tape"}) == []


@pytest.mark.parametrize(
    "value",
    ["paper", {"codes": ["tape"]}, {"codes": ["none", "paper"]}, {"codes": [], "other": "x"}, {"code": "paper"}],
)
def test_prefill_faults(value: Any) -> None:  # 6
    assert len(list(choices(none=NONE).prefill_faults(value))) == 1


@given(st.sets(st.sampled_from(["paper", "disc", "other"]), min_size=1))
def test_there_and_back(codes: set[str]) -> None:  # 6
    value = {"codes": [code for code in ("paper", "disc", "other") if code in codes], "other": None}
    if "other" in codes:
        value["other"] = "tape"
    assert there_and_back(choices(other=True), value) == value
