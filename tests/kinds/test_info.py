"""Words without an answer.

1. No controls, no cells, no value.
2. It needs words, and cannot be prefilled.
"""

from __future__ import annotations

from kind_support import Lowered, make, refusal


def test_nothing_to_answer() -> None:  # 1
    lowered = Lowered(make("info"))
    assert (lowered.blocks, lowered.cells) == ((), {})
    assert make("info").value("q", {"q": "x"}) is None
    assert refusal(make("info"), "x") == "There is nothing to answer here."


def test_faults() -> None:  # 2
    assert list(make("info", text="", prefill="name").faults()) == [
        "an info needs a `text`\nWrite one.",
        "an info cannot be prefilled\nTake it out.",
    ]
