"""An amount of money.

1. One Line that names the currency; for `any` a Line for the amount and one for the currency.
2. Amounts with sign, code or nothing; kept with at least two decimals.
3. Another currency than the form's, and what may be read two ways, are invalid.
4. More than two decimals, marks from abroad, and a currency written at the amount of `any` are kept with a doubt.
5. Currencies by code, sign or name; signs that several currencies share are invalid.
6. An amount of `any` without currency is a finding.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kind_support import Lowered, attempt, doubted, findings, make, only, parse, refusal, there_and_back

ANY = make("money", currency="any")


def test_line() -> None:  # 1
    line = only(Lowered(make("money")))
    assert (line.label, line.name, line.width) == ("USD", "A.1, What is asked?, USD", 4)
    lowered = Lowered(ANY)
    assert lowered.names() == {"q.amount": "A.1, Amount", "q.currency": "A.1, Currency"}
    assert [control.label for control in lowered.controls.values()] == ["Amount", "Currency"]
    with pytest.raises(ValidationError, match="the currency 'dollar' is not known"):
        make("money", currency="dollar")


@pytest.mark.parametrize(
    "text",
    [
        "1250.5",
        "1,250.50",
        "$1,250.50",
        "$ 1,250.50",
        "USD 1,250.50",
        "usd 1250.50",
        "1,250.50 USD",
        "US$1,250.50",
        "1250.50$",
    ],
)
def test_is_read(text: str) -> None:  # 2
    assert parse(make("money"), text) == "1250.50"


@pytest.mark.parametrize("text", ["(12)", "($12.00)", "-$12", "$-12.00"])
def test_minus(text: str) -> None:  # 2
    assert parse(make("money"), text) == "-12.00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("EUR 5", "The amount is asked in USD, not in EUR. Write it in USD."),
        ("€5", "The amount is asked in USD, not in €."),
        ("5 CAD", "The amount is asked in USD, not in CAD."),
        ("CA$5", "The amount is asked in USD, not in CA$."),
        ("1.255", "the dot may stand before decimals or between thousands"),
        ("about $5", "This holds more than a number."),
        ("$", "This is not a number."),
        ("5 dollars and a bit", "This holds more than a number."),
        ("1,25,000", "The digits of “1,25,000” are not in groups of three."),
    ],
)
def test_is_invalid(text: str, said: str) -> None:  # 3
    assert said in refusal(make("money"), text)


def test_bounds() -> None:  # 3
    assert "less than 0" in refusal(make("money", min=0), "(5.00)")


def test_doubts() -> None:  # 4
    assert doubted(make("money"), "12,500.255") == ("12500.255", "The amount has more than two decimals.")
    assert doubted(make("money"), "1.250,50")[0] == "1250.50"
    assert doubted(ANY, "EUR 5", "amount")[0] == "5.00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("eur", "EUR"),
        ("€", "EUR"),
        ("Euro", "EUR"),
        ("US dollars", "USD"),
        ("U.S. dollars", "USD"),
        ("US$", "USD"),
        ("peso mexicano", "MXN"),
    ],
)
def test_currency(text: str, code: str) -> None:  # 5
    assert parse(ANY, text, "currency") == code


@pytest.mark.parametrize("text", ["$", "¥", "dollars", "beads"])
def test_unclear_currency(text: str) -> None:  # 5
    assert "such as USD" in refusal(ANY, text, "currency")


def test_currency_missing() -> None:  # 6
    assert findings(ANY, {"q.amount": "5.00"}) == [("currency_missing", "q.currency")]
    assert findings(ANY, {"q.amount": "5.00", "q.currency": "EUR"}) == []
    assert ANY.value("q", {"q.amount": "5.00"}) == {"amount": "5.00", "currency": None}
    assert make("money").value("q", {"q": "5.00"}) == {"amount": "5.00", "currency": "USD"}


@pytest.mark.parametrize(
    "value", [{"amount": "5"}, {"amount": "5", "currency": "EUR"}, {"amount": "x", "currency": "USD"}, -1]
)
def test_prefill_faults(value: Any) -> None:
    assert len(list(make("money", min=0).prefill_faults(value))) == 1


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["USD", "EUR", "JPY"]))
def test_there_and_back(amount: Decimal, currency: str) -> None:
    text = f"{amount:.2f}" if amount else "0.00"
    value = {"amount": text, "currency": currency}
    assert there_and_back(ANY, value) == value
    assert there_and_back(make("money", currency=currency), value) == value


@given(st.text() | st.text("0123456789.,$€ USDER()-"), st.sampled_from(["amount", "currency"]))
def test_never_fails_otherwise(text: str, field: str) -> None:
    answer = attempt(ANY, text, field)
    assert answer is None or answer.value
