"""Forms: to JSON and back, and what is never in one."""

from __future__ import annotations

import itertools
import json

import pytest

from form_cases import resolved
from formwright import form

CHANGES = (
    "{drop: assists, reason: x}",
    "{reword: officers, text: Officers and directors.}",
    "{prefill: closing, value: Nothing.}",
    "{parameter: share, value: '15'}",
    "{add: {id: new, kind: choice, text: Which?, options: [{code: a, text: A}, {code: b, text: B}]}, after: exports}",
)


@pytest.mark.parametrize("lines", list(itertools.combinations(CHANGES, 2)))
def test_dump_and_restore_are_exact(lines: tuple[str, ...]) -> None:
    made = resolved(*lines)
    back = form.restore(json.loads(json.dumps(form.dump(made))))
    assert back == made
    assert form.dump(back) == form.dump(made)
    assert [type(question.kind) for question in back.questions()] == [type(one.kind) for one in made.questions()]


def test_nothing_internal_is_in_a_form() -> None:
    stored = json.dumps(form.dump(resolved()))
    for secret in ("SECRET-NOTE", "Author's own remark", "oi_", "refused"):
        assert secret not in stored
