"""Wrong input: each class of error states its place, the problem and the cure. `tools/errors.py` prints them all."""

from pathlib import Path

import pytest

from errors.running import Case, cases, run


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_wrong_input_is_told_with_its_place_and_its_cure(case: Case, tmp_path: Path) -> None:
    assert run(case, tmp_path / "case") == (case.code, case.says)


def test_each_name_is_given_once() -> None:
    names = [case.name for case in cases()]
    assert sorted(set(names)) == sorted(names)
