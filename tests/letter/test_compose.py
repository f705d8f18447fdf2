"""A letter to one account: what it says, what it does not leave open, where it goes."""

import pytest

from formwright.layout import slots
from formwright.letter import address
from formwright.letter.lower import lower
from letter_cases import Changes, company, composed, places, refused

BRACED = '- text: "Call {manager.name} at {manager.phone}."'


def test_the_words_are_those_on_paper() -> None:
    assert composed().words() == (
        "{issue}\n\n"
        "January 11, 2027\n\n"
        "Ann Sample\nPresident\nExample Imports, Inc.\n1 Example Road\nSampleton, DC 00000\n\n"
        "Dear Ann Sample:\n"
        "We consider Example Imports, Inc. an account.\n"
        "We will call you by January 25, 2027.\n"
        "Call Dana Whitfield at 555-0134.\n\n"
        "Sincerely,\n\n"
        "Mona Solano\nDirector"
    )


def test_the_salutation_is_what_the_profile_says_else_the_full_name() -> None:
    said = (("name: Ann Sample", "name: Ann Sample, salutation: Ms. Sample"),)
    assert "Dear Ms. Sample:" in composed(account=said).words()
    assert "Dear Ann Sample:" in composed().words()


def test_the_head_is_the_signers_office_else_the_workspaces() -> None:
    assert composed().values["letterhead"] == "100 Specimen Avenue\n555-0100"
    own = (('name = "Mona Solano"', 'name = "Mona Solano"\naddress = "2 Specimen Avenue"\nphone = "555-0199"'),)
    assert composed(settings=own).values["letterhead"] == "2 Specimen Avenue\n555-0199"


def test_a_head_without_an_office_has_no_place_for_one() -> None:
    bare = (('[office]\naddress = "100 Specimen Avenue"\nphone = "555-0100"\n', ""),)
    layout, values = lower(composed(settings=bare))
    assert values.keys() <= slots(layout)  # a value without a place would be refused in Word
    assert "letterhead" not in values
    assert "letterhead" in lower(composed())[1]


# ---- places


@pytest.mark.parametrize(
    ("account", "place", "fix"),
    [
        ((("phone: 555-0134, ", ""),), ("unfilled_place", "example_co.yaml", 10), "Add `team.phone` to the profile."),
        ((("1 Example Road\n  Sampleton, DC 00000", ""),), ("unfilled_place", "example_co.yaml", 4), "Add `address:`"),
    ],
)
def test_no_letter_goes_out_with_an_unfilled_place(account: Changes, place: tuple[str, str, int], fix: str) -> None:
    (fault,) = refused(account=account)
    assert places((fault,)) == [place]
    assert fault.fix.startswith(fix)


def test_a_place_that_the_settings_fill_is_told_there() -> None:
    (fault,) = refused((("{manager.phone}", "{return.email}"),))
    assert (fault.code, fault.file, fault.fix) == (
        "unfilled_place", "formwright.toml", "Set return_to.email in formwright.toml.",
    )  # fmt: skip


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad = (("phone: 555-0134, ", ""), ("oi_clearance: approved", "oi_clearance: none"), ("kind: AM", "kind: PAT"))
    assert sorted(fault.code for fault in refused(account=bad)) == ["let2", "sel11", "unfilled_place"]


@pytest.mark.parametrize("written", ["[title]", "TBD", "<name>"])
def test_what_still_is_to_be_written_does_not_go_out(written: str) -> None:
    titled = (("title: Account Manager", f'title: "{written}"'),)
    (fault,) = refused((("{manager.phone}", "{manager.title}"),), titled)
    assert (fault.code, fault.line) == ("unfinished", 10)
    assert f'"{written}"' in fault.message


def test_a_value_is_no_markup_and_no_place() -> None:
    odd = (("name: Dana Whitfield", 'name: "**Dana** {signer.name}"'),)
    assert "Call **Dana** {signer.name} at" in composed(account=odd).words()


# ---- what is sent


def test_a_sentence_is_sent_where_its_condition_holds() -> None:
    change = (
        (
            BRACED,
            "- sentences:\n      - {text: You import., when: '\"importer\" in account.categories'}\n"
            "      - {text: You broker., when: '\"broker\" in account.categories'}\n      - Goodbye.",
        ),
    )
    assert "You import. Goodbye." in composed(change).words()
    broker = (("categories: [importer]", "categories: [broker]"),)
    assert "You broker. Goodbye." in composed(change, broker).words()


def test_what_the_profile_does_not_say_is_not_guessed() -> None:
    change = (("source: ours", "source: ours\n    when: '\"broker\" in account.categories'"),)
    (fault,) = refused(change, (("categories: [importer]", "categories: []"),))
    assert places((fault,)) == [("unknown_fact", "example_co.yaml", 9)]
    assert "line 14 of the letter asks" in fault.message
    assert fault.fix == "Add `categories: ...`."


# ---- address


def test_the_address_has_five_lines_at_most() -> None:
    long = (("  1 Example Road\n", "  Suite 5\n  1 Example Road\n"),)
    (fault,) = refused(account=long)
    assert (fault.code, fault.line) == ("address_lines", 4)
    assert "has 6 lines, and 5 fit" in fault.message


def test_a_contact_may_have_an_address_of_its_own() -> None:
    own = (("title: President", 'title: President, address: "P.O. Box 5\\nSampleton, DC 00000"'),)
    assert address.block(company(*own))[3:] == ("P.O. Box 5", "Sampleton, DC 00000")


def test_a_line_that_the_window_does_not_show_takes_two() -> None:
    name = "The Very Long Example Company of Imported Housewares, Inc."
    lines = address.block(company(("name: Example Imports, Inc.", f"name: {name}"), ("title: President, ", "")))
    assert lines == (
        "Ann Sample",
        "The Very Long Example Company of Imported",
        "  Housewares, Inc.",
        "1 Example Road",
        "Sampleton, DC 00000",
    )
    assert max(map(len, lines)) <= 45
