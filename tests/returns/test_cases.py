"""Every literal case gives what it says: states of cells and item, value, needs, problems, status."""

from __future__ import annotations

import pytest

from record_cases import Case, cases, record_of

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_case(case: Case) -> None:
    record = record_of(case.data)
    item = record.answers[case.asked]
    expect = dict(case.data["expect"])
    told = expect.pop("cells")
    rest = told.get("*", "blank")
    given = {key: cell.state for key, cell in item.cells.items() if cell.slot.cell.role == "given"}
    states = {key: told.get(key, given.get(key, rest)) for key in item.cells}
    assert {key: cell.state for key, cell in item.cells.items()} == states
    assert set(told) - {"*"} <= set(item.cells), "the case names places that the question does not have"
    found = [problem.code for problem in record.problems if problem.item in (case.asked, "")]
    assert {
        "item": item.state,
        "value": item.value,
        "needs": list(item.needs),
        "problems": sorted(found),
        "status": record.status,
    } == {
        "item": expect["item"],
        "value": expect.get("value"),
        "needs": expect.get("needs", []),
        "problems": sorted(expect.get("problems", [])),
        "status": expect.get("status", record.status),
    }
