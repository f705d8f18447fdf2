"""The record: its JSON, its line, and the shipped questionnaire from issue to record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from formwright import __version__, form, record
from formwright.errors import Refused
from formwright.raw import RawProblem, Stray
from formwright.record import Decision, Record, compute
from formwright.returns.slots import lay_out
from real_issue import issue
from record_cases import lower, received, record_of

QUESTION = {"kind": "integer", "id": "q", "text": "How many people?"}


def test_the_json_has_the_shape_of_the_design() -> None:
    made = record_of(
        {"question": QUESTION, "prefill": 40, "return": {"q": {"is": "read", "value": "1,200", "raw": "1,200"}}}
    )
    assert made.as_json() == {
        "issue": {"id": "Q-2027-0001", "account": "blue_harbor", "issued_on": "2027-01-11"},
        "form": {
            "id": "sample",
            "version": "1",
            "definition_fingerprint": "d" * 64,
            "form_fingerprint": "f" * 64,
        },
        "status": "complete",
        "review": False,
        "revision": 1,
        "submitted_by": {"names": ["Ana Ruiz"], "primary_contact": True},
        "reader_version": __version__,
        "sources": [
            {
                "name": "return1.pdf",
                "sha256": f"{1:064x}",
                "format": "pdf",
                "method": "acroform",
                "producer": "a viewer",
                "received_at": "2027-02-01T09:00:00Z",
            }
        ],
        "answers": {
            "q": {
                "state": "corrected",
                "value": 1200,
                "needs": [],
                "cells": {
                    "q": {
                        "value": 1200,
                        "state": "corrected",
                        "raw": "1,200",
                        "prefill": 40,
                        "method": "acroform",
                        "confidence": 1.0,
                        "page": 1,
                        "box": None,
                        "source": f"{1:064x}",
                    },
                    "q_confirm": {
                        "value": None,
                        "state": "blank",
                        "raw": "",
                        "prefill": None,
                        "method": "acroform",
                        "confidence": 1.0,
                        "page": 1,
                        "box": None,
                        "source": f"{1:064x}",
                    },
                },
            }
        },
        "attachments": [],
        "problems": [],
        "strays": [],
    }


def test_the_order_of_cell_fields_is_the_designs() -> None:
    made = record_of({"question": QUESTION, "return": {"q": "1"}}).as_json()
    cell = ["value", "state", "raw", "prefill", "method", "confidence", "page", "box", "source"]
    assert list(made["answers"]["q"]["cells"]["q"]) == cell


def test_nobody_is_named_where_nobody_is_known() -> None:
    made = record_of({"question": QUESTION, "return": {}, "sent_by": " "})
    assert made.as_json()["submitted_by"] is None


def test_papers_asked_for_are_listed_also_where_they_are_not_enclosed() -> None:
    question = {
        "kind": "attachments",
        "id": "proof",
        "text": "Provide proof.",
        "for_each": "invoices",
        "note_line": True,
    }
    made = record_of(
        {
            "question": question,
            "parameters": {"invoices": ["INV-1", "INV-2", "INV-3"]},
            "return": {"proof.r1_enclosed": True, "proof.r1.note": "by mail", "proof.r3_enclosed": {"is": "unread"}},
        }
    )
    assert made.as_json()["attachments"] == [
        {"item": "proof", "key": "proof.r1_enclosed", "for": "INV-1", "enclosed": True, "note": "by mail"},
        {"item": "proof", "key": "proof.r2_enclosed", "for": "INV-2", "enclosed": False, "note": None},
        {"item": "proof", "key": "proof.r3_enclosed", "for": "INV-3", "enclosed": None, "note": None},
    ]


def test_summary_counts_numbered_questions_and_problems() -> None:
    question = {"kind": "text", "id": "q", "text": "What?"}
    also = [
        {"kind": "integer", "id": "n", "text": "How many?"},
        {"kind": "certification", "id": "c", "text": "So it is."},
    ]
    one = record_of({"also": also, "question": question, "return": {"q": "Tea", "n": "many"}})
    assert record.summary(one) == (
        "Q-2027-0001 Blue Harbor Imports: partial · 2 items: 1 answered 1 invalid · 1 problem · review"
    )
    two = record_of({"question": question, "return": {"q": "Tea"}})
    assert record.summary(two) == "Q-2027-0001 Blue Harbor Imports: complete · 1 item: 1 answered · no problems"


def test_a_refused_file_makes_no_record() -> None:
    source = record.Source(name="a.pdf", sha256="a", format="", method="", producer="", received_at="2027-02-01")
    told = record.refusal(Refused("foreign", "This is not one of our forms.", "Send the form."), source)
    assert told["refused"] == {"code": "foreign", "message": "This is not one of our forms.", "fix": "Send the form."}
    assert told["source"]["name"] == "a.pdf"


# ---- who must look ------------------------------------------------------------------------------


def asked(told: dict[str, Any], decisions: Sequence[Decision] = (), **raw: Any) -> Record:
    """The record of one return of QUESTION; `raw`: its strays and problems."""
    issue, kinds = lower([QUESTION], {}, {})
    slots = lay_out(issue, kinds)
    (one,) = received(slots, [told], [""])
    return compute(issue, slots, [replace(one, raw=replace(one.raw, **raw))], decisions, revision=1)


def decision(value: str, at: str = "2027-02-28T12:00:00Z") -> Decision:
    return Decision(key="q", value=value, by="Lee Park", why="said on the telephone", at=at)


def test_nobody_must_look_at_what_is_clear() -> None:
    assert asked({"q": "1,200"}).as_json()["review"] is False
    assert asked({}).as_json()["review"] is False  # it lacks an answer, and that is no question of looking


@pytest.mark.parametrize(
    "state", [{"is": "unread"}, {"is": "missing"}, "many", {"is": "conflict", "values": ["1", "2"]}]
)
def test_an_operators_answer_ends_the_review_of_an_item(state: object) -> None:
    assert asked({"q": state}).as_json()["review"] is True
    after = asked({"q": state}, [decision("7")])
    assert (after.as_json()["review"], after.answers["q"].needs, after.problems) == (False, (), ())


@pytest.mark.parametrize(
    "whole",
    [
        {"strays": (Stray(name="note", value="See letter.", page=1, kind="comment"),)},
        {"problems": (RawProblem(code="issue_withdrawn", message="It was withdrawn."),)},
        {"problems": (RawProblem(code="issue_superseded", message="It was replaced."),)},
        {"problems": (RawProblem(code="code_unread", message="There is a code that is none of ours."),)},
        {"problems": (RawProblem(code="second_reader", message="It is damaged."),)},
    ],
    ids=["stray", "withdrawn", "superseded", "unread code", "damaged"],
)
def test_a_problem_of_the_whole_return_asks_for_review_for_good(whole: dict[str, Any]) -> None:
    assert asked({"q": "7"}, **whole).as_json()["review"] is True
    assert asked({"q": "7"}, [decision("7")], **whole).as_json()["review"] is True


def test_what_is_told_for_information_asks_for_no_review() -> None:
    told = RawProblem(code="appearance_left_open", message="It is left to the viewer.", severity="info")
    assert asked({"q": "7"}, problems=(told,)).review is False


def test_a_readers_problem_of_one_place_is_over_when_a_person_decided_it_afterwards() -> None:
    told = (RawProblem(code="readers_differ", key="q", message="Two programs read different answers here."),)
    after = asked({"q": "7"}, [decision("7")], problems=told)
    before = asked({"q": "7"}, [decision("7", at="2027-01-31T12:00:00Z")], problems=told)
    assert (after.review, [one.code for one in after.problems]) == (False, [])
    assert (before.review, [one.code for one in before.problems]) == (True, ["readers_differ"])


def test_what_was_typed_over_our_own_text_is_a_stray_and_told_once() -> None:
    typed = Stray(name="continuation sheet 1", value="Something else", page=4, kind="continuation sheet")
    told = RawProblem(code="altered_fixed", key="q", message="Changed.", severity="error")
    made = asked({"q": "7"}, strays=(typed,), problems=(told,))
    assert [(one.code, one.item, one.key) for one in made.problems] == [("altered_fixed", "q", "q")]
    (stray,) = made.as_json()["strays"]
    assert (stray["value"], stray["page"], stray["kind"]) == ("Something else", 4, "continuation sheet")
    assert made.review


# ---- the shipped questionnaire -------------------------------------------------------------------


def test_the_shipped_questionnaire_unanswered() -> None:
    sent = issue()
    slots = lay_out(sent, ((one.number, one.kind) for one in form.restore(dict(sent.form)).questions()))
    made = record.build(sent, received(slots, [{}], [""]), (), revision=1)
    assert [item.number for item in made.answers.values() if item.number][:2] == ["A.1", "A.2"]
    states = {cell.state for item in made.answers.values() for cell in item.cells.values()}
    assert states <= {"unchanged", "blank", "unasked"}
    assert {"unchanged", "blank"} <= {item.state for item in made.answers.values()}
    assert (made.status, made.problems) == ("partial", ())


def test_the_same_issue_gives_the_same_record_again() -> None:
    sent = issue()
    slots = lay_out(sent, ((one.number, one.kind) for one in form.restore(dict(sent.form)).questions()))
    returns = received(slots, [{"fiscal_year.from": "10/1"}, {}], ["", ""])
    first = json.dumps(record.build(sent, returns, (), revision=3).as_json())
    assert json.dumps(record.build(sent, list(reversed(returns)), (), revision=3).as_json()) == first


def test_an_altered_fact_of_page_one_is_a_problem_of_the_whole_return() -> None:
    sent = issue()
    slots = lay_out(sent, ((one.number, one.kind) for one in form.restore(dict(sent.form)).questions()))
    made = record.build(sent, received(slots, [{"form.return_by": "never"}], [""]), (), revision=1)
    assert [(one.code, one.item, one.key) for one in made.problems] == [("altered_fixed", "", "form.return_by")]
    assert made.review
