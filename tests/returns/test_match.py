"""A return belongs to the issue that its token names, and to no other (THREATS.md 2, rows 15, 17, 18)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from formwright.errors import Refused
from formwright.issue import Issue, IssuedFile
from formwright.raw import FoundToken, Identified
from formwright.returns.match import Matched, Status, added_pages, match
from readers.handmade import ACCOUNT, FINGERPRINT, ISSUE, SECRET, WORKSPACE, minted

OTHER_SECRET = bytes(32)


def issue(**changes: Any) -> Issue:
    facts: dict[str, Any] = {
        "id": ISSUE,
        "workspace": WORKSPACE,
        "account": ACCOUNT,
        "account_name": "Lantern & Loom",
        "issued_on": "2027-01-11",
        "due_on": "2027-02-26",
        "key_id": "K1",
        "definition": "account_management",
        "definition_version": "1998.8",
        "definition_fingerprint": "d" * 16,
        "form_fingerprint": FINGERPRINT,
        "language": "en",
        "primary_contact": "",
        "form": {},
        "cells": (),
        "rows": {},
        "files": (),
    }
    return Issue(**facts | changes)


def found(*tokens: tuple[str, str] | tuple[str, str, int], fields: int = 9) -> Identified:
    """Return what a reader found: (carrier, text[, page]) of each token."""
    made = tuple(FoundToken(carrier=t[0], text=t[1], page=t[2] if len(t) > 2 else 0) for t in tokens)
    return Identified(tokens=made, producer="Handmade 1.0", pages=2, fields=fields)


def matched(identified: Identified, *, known: Issue | None = None, status: Status | None = None) -> Matched:
    stored = {ISSUE: known or issue()}
    secrets = {"K1": SECRET}
    return match(identified, stored.get, secrets.get, lambda _: status or Status())


def refused(identified: Identified, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        matched(identified, **more)
    assert caught.value.fix
    return caught.value


@pytest.mark.parametrize("carrier", ["field", "info", "xmp", "attachment", "id"])
def test_one_carrier_is_enough(carrier: str) -> None:
    got = matched(found((carrier, minted())))
    assert got.issue.id == ISSUE
    assert got.problems == ()


def test_tokens_of_pages_belong_to_the_issue_too() -> None:
    assert matched(found(("qr", minted(1), 1), ("qr", minted(2), 2))).problems == ()


def test_moved_pages_are_told() -> None:
    [problem] = matched(found(("qr", minted(2), 1), ("qr", minted(1), 2))).problems
    assert (problem.code, problem.severity) == ("pages_moved", "info")
    assert "page 2 stands as page 1" in problem.message


def by_prints(*prints: str) -> list[str]:
    """Return what is told of a return whose pages draw `prints`; its form was issued with a, b, c, d, e, f."""
    file = IssuedFile(
        name="a.pdf",
        format="pdf",
        sha256="0" * 64,
        size=1,
        layout_fingerprint="l",
        pages=((612.0, 792.0),) * 6,
        fields=(),
        prints=tuple("abcdef"),
    )
    identified = replace(found(("field", minted())), prints=prints)
    problems = matched(identified, known=issue(files=(file,))).problems
    assert {(one.code, one.severity) for one in problems} <= {("pages_moved", "info")}
    return [one.message for one in problems]


def test_pages_without_codes_are_known_by_what_they_draw() -> None:
    [message] = by_prints("b", "a", "c", "d", "e", "f")
    assert message == "The pages are in another order: page 2 stands as page 1, page 1 stands as page 2."
    [message] = by_prints(*"fedcba")
    assert message.endswith("page 6 stands as page 1, page 5 stands as page 2, page 4 stands as page 3, and 3 more.")


@pytest.mark.parametrize("pages", ["abcdef", "acdef", "abxcdef", "aabcdef", "axxxxx", ""])
def test_pages_in_our_order_are_not_called_moved(pages: str) -> None:
    assert by_prints(*pages) == []


def test_a_code_that_is_none_of_ours_is_told_beside_those_that_are() -> None:
    [problem] = matched(found(("qr", minted(1), 1), ("qr", "https://shop.example", 2))).problems
    assert (problem.code, problem.severity) == ("code_unread", "warning")
    assert problem.message == (
        "There is a code that is none of ours, or can't be read, in the code on page 2 (“https://shop.example”)."
    )


def test_a_file_without_token_is_foreign() -> None:
    assert refused(found()).code == "foreign"


def test_a_chance_text_is_no_token() -> None:
    assert refused(found(("xmp", "12:34:567:89"))).code == "foreign"


@pytest.mark.parametrize("carrier", ["field", "info"])
def test_a_carrier_of_ours_that_holds_no_token_was_altered(carrier: str) -> None:
    assert refused(found((carrier, "Q-2027-0001"), ("id", minted()))).code == "forged"


@pytest.mark.parametrize(
    "change",
    [
        {"account": "other"},
        {"form_fingerprint": "0" * 16},
        {"workspace": "w2"},
        {"key_id": "K2"},
    ],
)
def test_a_token_of_another_account_form_workspace_or_key_is_forged(change: dict[str, str]) -> None:
    assert refused(found(("field", minted())), known=issue(**change)).code == "forged"


def test_a_token_signed_with_another_secret_is_forged() -> None:
    assert refused(found(("field", minted(secret=OTHER_SECRET)))).code == "forged"


def test_a_changed_page_number_is_forged() -> None:
    assert refused(found(("qr", minted(1).replace(":001:", ":002:"), 2))).code == "forged"


def test_one_forged_carrier_among_good_ones_is_told_by_its_place() -> None:
    error = refused(found(("field", minted()), ("qr", minted(1, secret=OTHER_SECRET), 1)))
    assert error.code == "forged"
    assert "the code on page 1" in error.message


def test_carriers_must_agree() -> None:
    error = refused(found(("field", minted()), ("info", minted(issue="Q-2027-0002"))))
    assert error.code == "carriers_disagree"
    for words in (ISSUE, "Q-2027-0002", "the hidden field", "the document properties"):
        assert words in error.message


def test_it_says_which_carrier_names_which_issue_in_whole_sentences() -> None:
    error = refused(found(("field", minted()), ("info", minted(issue="Q-2027-0002"))))
    told = "Q-2027-0001 in the hidden field; Q-2027-0002 in the document properties"
    assert error.message == f"Parts of this file belong to different issues: {told}."


def test_one_issue_under_two_keys_is_forged_and_both_are_named() -> None:
    error = refused(found(("field", minted()), ("qr", minted(1).replace(":K1:", ":K2:"), 3)))
    assert error.code == "forged"
    assert error.message == (
        f"The form's code names {ISSUE} with different keys: K1 in the hidden field; K2 in the code on page 3."
    )


def test_more_pages_than_were_issued_are_told_once() -> None:
    file = IssuedFile(
        name="a.pdf", format="pdf", sha256="", size=1, layout_fingerprint="", pages=((612, 792),) * 2, fields=()
    )
    assert added_pages(2, file, ()) == added_pages(1, file, ()) == ()
    [problem] = added_pages(3, file, ())
    assert (problem.code, problem.severity) == ("pages_added", "warning")
    assert problem.message == "The file has 3 pages; 2 were issued."
    assert added_pages(3, file, (problem,)) == ()


def test_an_unknown_key_is_named() -> None:
    error = refused(found(("field", minted().replace(":K1:", ":K9:"))))
    assert error.code == "unknown_key"
    assert "K9" in error.message


def test_an_unknown_issue_is_named() -> None:
    error = refused(found(("field", minted(issue="Q-2027-0999"))))
    assert error.code == "unknown_issue"
    assert "Q-2027-0999" in error.message


def test_a_flattened_form_is_refused_by_name_once_it_is_known_to_be_ours() -> None:
    error = refused(found(("qr", minted(1), 1), fields=0))
    assert error.code == "flattened"
    assert ISSUE in error.message
    assert "Lantern & Loom" in error.message
    assert refused(found(("qr", minted(1, secret=OTHER_SECRET), 1), fields=0)).code == "forged"


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (Status(state="withdrawn", on="2027-02-01"), "issue_withdrawn", "on 2027-02-01"),
        (Status(state="superseded", by="Q-2027-0007"), "issue_superseded", "by Q-2027-0007"),
    ],
)
def test_an_issue_that_no_longer_counts_is_a_problem_not_a_refusal(status: Status, code: str, words: str) -> None:
    [problem] = matched(found(("field", minted())), status=status).problems
    assert problem.code == code
    assert words in problem.message
    assert problem.fix
