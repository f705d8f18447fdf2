"""An amount of money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Final, Literal

from pydantic import Field, field_validator

from formwright.kinds._base import Answer, At, Cell, Datatype, Finding, Invalid, Json, Lowering
from formwright.kinds._currency import codes, is_called, read_currency, split
from formwright.kinds._leaf import Leaf
from formwright.kinds._number import Bound
from formwright.kinds._numbers import LIMIT, bounds_fault, canonical_value, check_bounds, read_number, show_number
from formwright.kinds._raw import line_of
from formwright.layout import Control, Line, Value

ANY: Final = "any"
_AMOUNT, _CURRENCY = "amount", "currency"


class Money(Leaf):
    """An amount of money in one currency, or in `any`, which is then asked too.

    Controls: one Line; for `any` a Line `amount` and a Line `currency`.
    Value: `{amount, currency}`, the amount as text with at least two decimals: `1250.50`.
    Read: 1,250.50, $1,250.50, USD 1,250.50, 1250.5, (12.00) for minus. Another currency than the form's is invalid;
    more than two decimals are kept with a doubt. Currencies by code, sign or name ("euro"); a bare $ is invalid there.
    Findings: `currency_missing`.
    """

    datatype: ClassVar[Datatype] = "money"
    summary: ClassVar[str] = "An amount of money."
    weight: ClassVar[int] = 3
    twelfths: ClassVar[int] = 4

    kind: Literal["money"] = "money"
    currency: str = Field("USD", description="code of three letters, or `any`")
    min: Bound | None = Field(None, description="least amount")
    max: Bound | None = Field(None, description="greatest amount")

    @field_validator("currency")
    @classmethod
    def _known(cls, value: str) -> str:
        if value != ANY and value not in codes():
            raise ValueError(f"the currency {value!r} is not known\nWrite a code of three letters (USD), or any.")
        return value

    def controls(self, at: At, out: Lowering) -> tuple[Control, ...]:
        if self.currency != ANY:
            return (self.place(Line, at, out, hint="money"),)
        return (
            self.place(Line, at, out, piece=_AMOUNT, label=out.say("amount"), hint="money"),
            self.place(Line, at, out, piece=_CURRENCY, label=out.say("currency"), width=3),
        )

    def unit_words(self, language: str) -> str:
        return "" if self.currency == ANY else self.currency

    def parse(self, cell: Cell, raw: Value) -> Answer:
        text = line_of(raw, LIMIT + 20)
        if cell.field == _CURRENCY:
            return Answer(read_currency(text))
        rest, name = split(text)
        if name and self.currency != ANY and not is_called(name, self.currency):
            raise Invalid(f"The amount is asked in {self.currency}, not in {name}.", f"Write it in {self.currency}.")
        number, doubt = read_number(rest)
        check_bounds(number, self.min, self.max)
        if name and self.currency == ANY:
            doubt = doubt or f"“{name}” stands at the amount: compare it with the currency."
        if len(number.partition(".")[2]) > 2:
            doubt = doubt or "The amount has more than two decimals."
        return Answer(_two(number), doubt)

    def numbers(self, cell: Cell) -> bool:
        return cell.field != _CURRENCY

    def value(self, key: str, answers: Mapping[str, Json]) -> Json:
        if self.currency != ANY:
            amount = answers.get(key)
            return None if amount is None else {_AMOUNT: amount, _CURRENCY: self.currency}
        found = {piece: answers.get(f"{key}.{piece}") for piece in (_AMOUNT, _CURRENCY)}
        return found if any(found.values()) else None

    def show(self, value: Json) -> dict[str, Value]:
        if not isinstance(value, dict):
            value = {_AMOUNT: value, _CURRENCY: self.currency}
        if value.keys() != {_AMOUNT, _CURRENCY}:
            raise ValueError(f"{value!r} is not {{amount, currency}}")
        amount, currency = canonical_value(value[_AMOUNT]), value[_CURRENCY]
        if currency not in codes() or (self.currency not in (ANY, currency)):
            raise ValueError(f"the currency {currency!r} does not fit: {self.currency} is asked")
        try:
            check_bounds(amount, self.min, self.max)
        except Invalid as invalid:
            raise ValueError(f"{amount}: {invalid.message}") from None
        shown = show_number(_two(amount))
        return {"": shown} if self.currency != ANY else {_AMOUNT: shown, _CURRENCY: currency}

    def findings(self, key: str, answers: Mapping[str, Json]) -> Iterator[Finding]:
        if self.currency == ANY and f"{key}.{_AMOUNT}" in answers and not answers.get(f"{key}.{_CURRENCY}"):
            yield Finding("currency_missing", f"{key}.{_CURRENCY}", "The amount has no currency.", "Ask which it is.")

    def faults(self) -> Iterator[str]:
        yield from super().faults()
        yield from bounds_fault(self.min, self.max)


def _two(number: str) -> str:
    """Return a canonical number with at least two decimals."""
    whole, _, decimals = number.partition(".")
    found = f"{whole}.{decimals:0<2}"
    return found.removeprefix("-") if not Decimal(found) else found
