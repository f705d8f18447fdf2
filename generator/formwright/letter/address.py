"""The address block of a letter: five lines at most, in the window of an envelope (Forest Service FSH 6209.12, ch. 30).

contact, title / company / street / city        each line at most 45 characters; a longer one takes two
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from formwright.account import Account
from formwright.errors import Fault

LINES: Final = 5
WIDTH: Final = 45
"""Characters of a line: at 10 pt what a No. 10 envelope's window shows, 3 inches."""
_FROM: Final = "(letters, FSH 6209.12 ch. 30)"


def block(account: Account) -> tuple[str, ...]:
    """Return the lines of the address block: whom, their title, the company, where."""
    person = account.primary
    where = (person.address or account.address).strip().splitlines()
    lines = (person.name, person.title, account.name, *where)
    return tuple(part for line in lines if line.strip() for part in _wrapped(line.strip()))


def _wrapped(line: str) -> list[str]:
    """Return a line in as many as it needs; what goes on is set in."""
    return textwrap.wrap(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def faults(account: Account) -> Iterator[Fault]:
    """Yield what is wrong with the address: none, or too long for the window."""
    person = account.primary
    index = account.contacts.index(person)
    if not (person.address or account.address).strip():
        message = f"{account.name} has no address to write to {_FROM}."
        yield account.fault(
            ("address",), "unfilled_place", message, "Add `address:` to the profile, or to the contact."
        )
        return
    lines = block(account)
    if len(lines) > LINES:
        place = ("contacts", index, "address") if person.address else ("address",)
        told = " / ".join(line.strip() for line in lines)
        message = f"the address has {len(lines)} lines, and {LINES} fit in an envelope's window {_FROM}: {told}."
        fix = f"Join lines of the address, or shorten those of more than {WIDTH} characters."
        yield account.fault(place, "address_lines", message, fix)
