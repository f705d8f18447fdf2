"""Merging: no order, no doubling changes anything, and every place ends in exactly one state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright.errors import FormwrightError
from formwright.kinds._base import Invalid
from formwright.record import compute
from formwright.returns.received import Decision, Received, distinct, same_person
from formwright.returns.slots import Slots, lay_out
from formwright.returns.states import STATES
from record_cases import issue_of, lower, received

QUESTIONS = [
    {"kind": "yes_no", "id": "gate", "text": "Do you import?", "explain_on": "no"},
    {"kind": "integer", "id": "people", "text": "How many people?", "show_when": 'gate == "yes"'},
    {
        "kind": "choices",
        "id": "pay",
        "text": "How?",
        "options": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}],
    },
    {"kind": "tick", "id": "copy", "text": "Copy attached"},
    {
        "kind": "table",
        "id": "officers",
        "text": "Officers",
        "spare": 1,
        "columns": [{"kind": "text", "id": "name", "text": "Name"}],
    },
    {"kind": "date_range", "id": "force", "text": "When?"},
]
PREFILL = {"people": 1000, "officers": [{"name": "Bo Lind"}]}
ISSUE, KINDS = lower(QUESTIONS, PREFILL, {})
SLOTS = lay_out(ISSUE, KINDS)

TEXTS = ["", "1,000", "1000", "2,000", "some", "Bo Lind", "2/1/2027", "26/2/2027"]
ODD: list[Mapping[str, Any]] = [
    {"is": "missing"},
    {"is": "unread", "note": "type_changed"},
    {"is": "unread"},
]


def told(control: str) -> st.SearchStrategy[Any]:
    """What a return may hold in a place with this control."""
    plain: st.SearchStrategy[Any]
    if control == "tick":
        plain = st.booleans()
    elif control in ("one_of", "many_of"):
        plain = st.lists(st.sampled_from(["yes", "no", "a", "b", "Yes", "gold"]), max_size=2)
    else:
        plain = st.sampled_from(TEXTS)
    doubled = st.lists(plain, min_size=2, max_size=2).map(lambda values: {"is": "conflict", "values": values})
    return st.one_of(plain, plain, plain, st.sampled_from(ODD), doubled)


RETURN = st.fixed_dictionaries({}, optional={slot.cell.key: told(slot.cell.control) for slot in SLOTS})
SENDERS = st.sampled_from(["Ana Ruiz", "Lee Park", ""])


def as_text(slots: Slots, returns: list[Received], decisions: list[Decision]) -> str:
    return json.dumps(compute(ISSUE, slots, returns, decisions, revision=1).as_json(), sort_keys=True)


@given(st.lists(st.tuples(RETURN, SENDERS), min_size=1, max_size=4), st.randoms(use_true_random=False), st.booleans())
def test_order_and_doubles_change_nothing(made: list[tuple[dict[str, Any], str]], random: Any, decide: bool) -> None:
    returns = received(SLOTS, [one for one, _ in made], [sender for _, sender in made])
    decisions = (
        [Decision(key="people", value="3000", by="Lee Park", why="", at="2027-02-02T00:00:00Z")] if decide else []
    )
    first = as_text(SLOTS, returns, decisions)
    again = [*returns, *random.sample(returns, k=random.randint(0, len(returns)))]
    random.shuffle(again)
    assert as_text(SLOTS, again, decisions) == first


@given(st.lists(RETURN, max_size=3))
def test_every_issued_key_ends_in_exactly_one_state(made: list[dict[str, Any]]) -> None:
    record = compute(ISSUE, SLOTS, received(SLOTS, made, [""] * len(made)), [], revision=1)
    keys = [key for item in record.answers.values() for key in item.cells]
    assert sorted(keys) == sorted(cell.key for cell in ISSUE.cells)
    assert {cell.state for item in record.answers.values() for cell in item.cells.values()} <= set(STATES)
    assert {item.state for item in record.answers.values()} <= set(STATES)


@given(st.lists(RETURN, min_size=1, max_size=3))
def test_nothing_is_made_up(made: list[dict[str, Any]]) -> None:
    """A value comes from one of the returns, or is what was issued."""
    returns = received(SLOTS, made, [""] * len(made))
    record = compute(ISSUE, SLOTS, returns, [], revision=1)
    stood = {
        (cell.key, json.dumps(value))
        for one in returns
        for cell in one.raw.cells
        for value in (cell.value, *cell.values)
    }
    for item in record.answers.values():
        for key, cell in item.cells.items():
            if cell.state in ("answered", "corrected", "confirmed"):
                assert cell.seen.value in read_from(key, [json.loads(text) for name, text in stood if name == key])


def read_from(key: str, values: list[Any]) -> list[Any]:
    """What the kind reads from each of these values; two codes of a choice may be two spellings of one."""
    slot = SLOTS.by_key[key]
    found = []
    for value in values:
        single = slot.cell.control == "one_of" and isinstance(value, list)
        for one in [(code,) for code in value] if single else [tuple(value) if isinstance(value, list) else value]:
            with suppress(Invalid):  # what can't be read is no source of a value
                found.append(slot.parse(one)[0] if one else None)
    return found


def test_the_same_bytes_are_one_return() -> None:
    one, two = received(SLOTS, [{}, {}], ["", ""])
    assert distinct([two, one, one, two]) == (one, two)


@pytest.mark.parametrize(
    ("name", "compared"),
    [("Ana Ruiz", "ana ruiz"), (" RUIZ,  Ana ", "ana ruiz"), ("O'Neil-Vance, Jo", "jo o neil vance"), ("", "")],
)
def test_names_are_compared_without_case_marks_and_order(name: str, compared: str) -> None:
    assert same_person(name) == compared


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("people", "some", "A.2 (people): This is not a number. Write a whole number in plain digits, such as 1250."),
        ("peopel", "3", "Q-2027-0001 has no place 'peopel'. Did you mean people?"),
        (
            "copy",
            "perhaps",
            "A.4 (copy): “perhaps” says neither that the tick is on nor that it is off. Write yes or no.",
        ),
        ("gate", "gold", "A.1 (gate): “gold” is not one of the answers. Choose one of: Yes, No."),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(key: str, value: str, message: str) -> None:
    decision = Decision(key=key, value=value, by="Lee Park", why="", at="2027-02-02T00:00:00Z")
    with pytest.raises(FormwrightError) as told_:
        compute(ISSUE, SLOTS, [], [decision], revision=1)
    assert str(told_.value).startswith(message)


def test_a_choice_that_is_not_offered_names_the_place_for_its_words() -> None:
    question = {**QUESTIONS[2], "other": True}
    issue, kinds = lower([question], {}, {})
    decision = Decision(key="pay", value="A; Bitcoin", by="Lee Park", why="", at="2027-02-02T00:00:00Z")
    with pytest.raises(FormwrightError) as told_:
        compute(issue, lay_out(issue, kinds), [], [decision], revision=1)
    assert str(told_.value).startswith("A.1 (pay): “Bitcoin” is not one of the answers.")
    assert str(told_.value).endswith("For anything else answer “other” here, and its words at pay_other.")


@pytest.mark.parametrize(
    "key", ["officers.r0.name", "officers.r07.name", "officers.r9.age", "people.r2", "officers.r9"]
)
def test_a_row_that_cannot_be_takes_no_decision(key: str) -> None:
    decision = Decision(key=key, value="Bo", by="Lee Park", why="", at="2027-02-02T00:00:00Z")
    with pytest.raises(FormwrightError, match="has no place"):
        compute(ISSUE, SLOTS, [], [decision], revision=1)


def test_what_is_ours_takes_no_decision() -> None:
    attached = {"kind": "attachments", "id": "proof", "text": "Provide proof.", "for_each": "invoices"}
    issue, kinds = lower([attached], {}, {"invoices": ["INV-1"]})
    decision = Decision(key="proof.r1.for", value="INV-2", by="Lee Park", why="", at="2027-02-02T00:00:00Z")
    with pytest.raises(FormwrightError, match="is ours to state"):
        compute(issue, lay_out(issue, kinds), [], [decision], revision=1)


def test_a_conflict_shows_every_value_with_its_source_and_a_decision_keeps_them() -> None:
    returns = received(SLOTS, [{"people": "2,000"}, {"people": "3,000"}], ["Ana Ruiz", "Lee Park"])
    cell = compute(ISSUE, SLOTS, returns, [], revision=1).answers["people"].cells["people"].as_json()
    assert (cell["state"], cell["value"], cell["raw"]) == ("conflict", None, None)
    values = [(one["value"], one["raw"], one["source"]) for one in cell["values"]]
    assert values == [(2000, "2,000", f"{1:064x}"), (3000, "3,000", f"{2:064x}")]
    decision = Decision(key="people", value="3000", by="Kim Doe", why="she called", at="2027-03-01T00:00:00Z")
    cell = compute(ISSUE, SLOTS, returns, [decision], revision=1).answers["people"].cells["people"].as_json()
    assert (cell["state"], cell["value"], cell["method"], cell["source"]) == ("corrected", 3000, "operator", None)
    assert cell["decided"] == {"by": "Kim Doe", "why": "she called", "at": "2027-03-01T00:00:00Z"}
    assert [(one["value"], one["source"]) for one in cell["history"]] == [(2000, f"{1:064x}")]


def test_an_issue_without_contact_has_every_correction_confirmed() -> None:
    slots = lay_out(issue_of(ISSUE.cells, contact=""), KINDS)
    returns = received(slots, [{"people": "2000"}], [""])
    record = compute(issue_of(ISSUE.cells, contact=""), slots, returns, [], revision=1)
    assert record.answers["people"].needs == ("confirm", "review")  # review: nobody knows whether it was asked
