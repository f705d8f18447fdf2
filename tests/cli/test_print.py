"""What a record says on a terminal: which places lack an answer, by the keys that `answer` takes."""

from __future__ import annotations

from formwright.cli._print import lines
from record_cases import record_of

NAME = {"kind": "text", "id": "name", "text": "Who are you?"}
CONTACT = {"kind": "contact", "id": "head", "text": "Who leads it?", "fields": ["name", "title", "phone", "email"]}


def wanted(*also: dict[str, object]) -> list[str]:
    told = lines(record_of({"also": list(also), "question": NAME, "return": {}}))
    return told[told.index(next(line for line in told if line.startswith("  needs answer:"))) :]


def test_an_item_that_needs_an_answer_names_the_keys_that_lack_one() -> None:
    assert wanted() == ["  needs answer: A.1 [name]"]
    assert wanted(CONTACT) == ["  needs answer: A.1 [head.name, head.title, head.phone, head.email], A.2 [name]"]


def test_many_keys_of_one_item_are_counted() -> None:
    five = {**CONTACT, "fields": ["name", "title", "phone", "email", "address"]}
    assert wanted(five) == ["  needs answer: A.1 [head.name, head.title, head.phone, and 2 more], A.2 [name]"]


def test_each_item_gets_a_line_where_they_are_many() -> None:
    heads = [{**CONTACT, "id": id} for id in ("president", "treasurer", "secretary")]
    assert wanted(*heads) == [
        "  needs answer:",
        "    A.1 [president.name, president.title, president.phone, president.email]",
        "    A.2 [treasurer.name, treasurer.title, treasurer.phone, treasurer.email]",
        "    A.3 [secretary.name, secretary.title, secretary.phone, secretary.email]",
        "    A.4 [name]",
    ]


def test_where_many_items_need_an_answer_they_alone_are_named() -> None:
    texts = [{**NAME, "id": f"name_{letter}"} for letter in "abcd"]
    assert wanted(*texts) == [
        "  needs answer: A.1, A.2, A.3, A.4, A.5 (their keys: formwright show Q-2027-0001 --keys)",
    ]


def test_two_long_texts_are_shown_from_where_they_differ() -> None:
    long = "We export to Mexico, to Canada and now and then to Portugal, and some goods go back, {} cartons a month."
    made = record_of(
        {
            "question": {"kind": "paragraph", "id": "exports", "text": "What do you export?"},
            "prefill": long.format(25),
            "return": {"exports": long.format(40)},
        }
    )
    old, new = (f"“… goods go back, {number} cartons a month.”" for number in (25, 40))  # 16 characters before
    assert f"  A.1: {old} -> {new} [exports]" in lines(made)
