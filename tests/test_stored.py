"""A stored form is the form's JSON, and its questions are those of the whole form, made once for all accounts."""

from __future__ import annotations

import json

from formwright import stored
from formwright.form import restore
from formwright.records.documents import dump_issue, restore_issue
from real_issue import issue


def test_an_issue_keeps_its_form_exactly_and_each_item_on_a_line() -> None:
    made = issue("lantern_loom")
    text = dump_issue(made)
    head, *items = text.split("\n")
    assert len(items) == sum(len(section["items"]) for section in made.form["sections"]) + 1  # the certification
    assert {json.loads(item)["id"] for item in items} >= {"officers", "certification"}
    assert '"text":' not in json.dumps(json.loads(head)["form"]["sections"][0]["items"])
    back = restore_issue(text + "\n")  # as a file has it
    assert isinstance(back.form, stored.StoredForm)
    assert back == made
    assert json.dumps(dict(back.form)) == json.dumps(dict(made.form))  # also the order
    assert dump_issue(back) == text


def test_the_questions_are_those_of_the_whole_form() -> None:
    made = issue("lantern_loom")
    whole = [(question.number, question.kind) for question in restore(dict(made.form)).questions()]
    assert list(stored.questions(made.form)) == whole
    assert list(stored.questions(restore_issue(dump_issue(made)).form)) == whole
    assert ("A.3", "officers") in [(number, kind.id) for number, kind in whole]
    assert whole[-1][0] == ""


def test_two_accounts_share_the_items_that_are_the_same() -> None:
    stored._kind.cache_clear()
    first = {kind.id: kind for _, kind in stored.questions(issue("lantern_loom").form)}
    second = {kind.id: kind for _, kind in stored.questions(issue("harborlight").form)}
    same = [id for id in first.keys() & second.keys() if first[id] == second[id]]
    assert len(same) > 30
    assert all(first[id] is second[id] for id in same)
    assert stored._kind.cache_info().hits == len(same)
