"""TK001 text form · TK002 the MAC is HMAC-SHA-256 as documented · TK003 what carriers change is taken off ·
TK004 every signed part counts · TK005 limits are errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formwright import token
from formwright.errors import Unusable

SECRET = bytes(32)
PRINT = "ab" * 32
# openssl dgst -sha256 -mac HMAC -macopt hexkey:00.. -binary MESSAGE | head -c 10 | base32, MESSAGE being the bytes
# "formwright token 1", 00000004 ws-1, 0000000b Q-2027-0042, 00000004 acme, 00000040 abab.., 0007
PAGE_7 = "Q-2027-0042:K1:007:ZYLEPOK5Q3VK7TMC"


def mint(page: int = 7, **other: str) -> str:
    parts = {"workspace": "ws-1", "issue": "Q-2027-0042", "account": "acme", "fingerprint": PRINT, **other}
    return token.mint(SECRET, "K1", page=page, **parts)


def test_a_token_is_what_openssl_makes_of_the_documented_bytes() -> None:
    assert mint() == PAGE_7


def test_all_tokens_of_an_issue_begin_with_page_000() -> None:
    made = token.mint_all(SECRET, "K1", "ws-1", "Q-2027-0042", "acme", PRINT, 8)
    assert len(made) == 9
    assert made[0].startswith("Q-2027-0042:K1:000:")
    assert made[7] == PAGE_7


@pytest.mark.parametrize(
    "carried",
    [PAGE_7, f"  {PAGE_7}\r\n", PAGE_7.lower(), PAGE_7.ljust(38), f"{PAGE_7}\0\0", f"\ufeff{PAGE_7}"],
)
def test_what_carriers_do_to_a_token_is_taken_off(carried: str) -> None:
    assert token.parse(carried) == token.Token("Q-2027-0042", "K1", 7, "ZYLEPOK5Q3VK7TMC")


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "Q-2027-0042",
        "Q-2027-0042:K1:7:ZYLEPOK5Q3VK7TMC",
        "Q-2027-0042:K1:007:ZYLEPOK5Q3VK7TM",
        "Q-2027-0042:K1:007:ZYLEPOK5Q3VK7TM1",
        "Q_2027:K1:007:ZYLEPOK5Q3VK7TMC",
        "Q-2027-0042:K1:007:ZYLEPOK5Q3VK7TMC and more",
        "ABCDEFGHIJKLMNOPQ:K1:007:ZYLEPOK5Q3VK7TMC",
    ],
)
def test_anything_else_is_no_token(foreign: str) -> None:
    assert token.parse(foreign) is None


def genuine(text: str, **other: str) -> bool:
    parts = {"workspace": "ws-1", "account": "acme", "fingerprint": PRINT, **other}
    found = token.parse(text)
    return found is not None and token.verify(found, SECRET, **parts)


def test_a_genuine_token_is_verified() -> None:
    assert genuine(PAGE_7)
    assert genuine(PAGE_7.lower())


@pytest.mark.parametrize("other", [{"workspace": "ws-2"}, {"account": "other"}, {"fingerprint": "ba" * 32}])
def test_a_token_of_another_workspace_account_or_form_is_not_genuine(other: dict[str, str]) -> None:
    assert not genuine(PAGE_7, **other)


@pytest.mark.parametrize(("old", "new"), [("0042", "0043"), (":007:", ":008:"), ("ZYLE", "ZYLF")])
def test_an_altered_token_is_not_genuine(old: str, new: str) -> None:
    assert not genuine(PAGE_7.replace(old, new))


def test_another_secret_makes_another_token() -> None:
    found = token.parse(PAGE_7)
    assert found is not None
    assert not token.verify(found, b"other" * 8, workspace="ws-1", account="acme", fingerprint=PRINT)


def test_texts_that_run_together_alike_are_signed_apart() -> None:
    assert mint(workspace="ws-1a", account="cme") != mint(workspace="ws-1", account="acme")


@given(st.text(), st.text())
def test_the_mac_tells_accounts_apart(first: str, second: str) -> None:
    assert (mint(account=first) == mint(account=second)) is (first == second)


def test_ids_that_are_too_long_for_the_code_are_refused() -> None:
    assert len(mint(issue="Q-2027-0042-12")) == 38
    with pytest.raises(Unusable, match=r"have 17 characters together\. Shorten them to 16") as caught:
        mint(issue="Q-2027-0042-123")
    assert caught.value.code == "token_too_long"


@pytest.mark.parametrize("issue", ["q-2027-0001", "Q:1", "", " Q-1", "Q_1", "Ü-1"])
def test_ids_with_other_characters_are_refused(issue: str) -> None:
    with pytest.raises(Unusable, match="can't stand in a QR code"):
        mint(issue=issue)


def test_a_thousand_pages_are_refused() -> None:
    assert mint(999).startswith("Q-2027-0042:K1:999:")
    with pytest.raises(Unusable, match="at most 999 pages; this one has 1000"):
        mint(1000)
    with pytest.raises(Unusable, match="at most 999 pages"):
        token.mint_all(SECRET, "K1", "ws-1", "Q-2027-0042", "acme", PRINT, 1000)
