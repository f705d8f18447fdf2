"""A paper: a letter or plan for one account, as it goes to the writers and into the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from formwright.account import Account
from formwright.layout import Layout, Value
from formwright.sending import Order
from formwright.unprintable import Written
from formwright.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter or plan for one account, ready for the writers.

    form: what it says, as JSON: kept with the issue for ever, and signed by its fingerprint; prefix: the letter that
    its ids begin with; due: the day that is printed as the last to answer, "" for none; told: what else the event
    `issued` records; files: those that its words come from, so that a fault in them can be told at its place;
    presses: by format, what prints it in place of our writers (a house's own Word template).
    """

    document: Literal["letter", "plan"]
    definition: str
    version: str
    definition_fingerprint: str
    prefix: str
    language: str
    form: Mapping[str, Any]
    layout: Layout
    values: Mapping[str, Value]
    warnings: tuple[str, ...] = ()
    due: str = ""
    told: Mapping[str, Any] | None = None
    files: tuple[Written, ...] = ()
    presses: Mapping[str, Any] = field(default_factory=dict)


Make = Callable[[Workspace, Order, Account], Paper]
"""Makes the paper of one account. Raises Faults, all at once."""
