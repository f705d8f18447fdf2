"""The small questionnaire of tests/data, its account and overlay, and ways to change them line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from formwright import account, definition, overlay, resolve
from formwright.errors import Fault, Faults
from formwright.form import Form
from formwright.layout import Block, Group

DATA = Path(__file__).parent / "data"
DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"
ON = date(2027, 1, 11)
SETTINGS = {"return_email": "returns@office.example"}
PARAMETERS = "  - {parameter: invoices, value: [{invoice: INV-1}, {invoice: INV-2}]}\n"


def text(name: str) -> str:
    """Return a file of tests/data."""
    return (DATA / f"{name}.yaml").read_text("utf-8")


def changed(name: str, *changes: tuple[str, str]) -> str:
    """Return a file of tests/data with some of its text replaced; each must be there once."""
    made = text(name)
    for old, new in changes:
        assert made.count(old) == 1, f"{old!r} stands {made.count(old)} times in {name}"
        made = made.replace(old, new)
    return made


def small(*changes: tuple[str, str]) -> definition.Definition:
    return definition.load(changed("small", *changes), "small.yaml")


def company(*changes: tuple[str, str]) -> account.Account:
    return account.load(changed("small_account", *changes), "example_co.yaml")


def operations(*lines: str, parameters: bool = True, head: str = "") -> overlay.Overlay:
    """Return an overlay with these operations (YAML, one a line), and the invoices that the form needs."""
    body = "".join(f"  - {line}\n" for line in lines)
    given = PARAMETERS if parameters else ""
    made = f'id: test\nbase: {{id: small, version: "1.0"}}\n{head}operations:\n{given}{body}'
    return overlay.load(made, "test.yaml")


def resolved(*lines: str, head: str = "", **more: object) -> Form:
    """Return the small form for the small account with these operations."""
    of = more.get("of", small())
    assert isinstance(of, definition.Definition)
    to = more.get("to", company())
    assert isinstance(to, account.Account)
    return resolve.resolve(of, to, operations(*lines, head=head), issued_on=ON, settings=SETTINGS)


def faults_of(call: object, *args: object, **more: object) -> tuple[Fault, ...]:
    """Return the faults that a call raises."""
    assert callable(call)
    with pytest.raises(Faults) as caught:
        call(*args, **more)
    return caught.value.faults


def told(faults: tuple[Fault, ...]) -> list[tuple[str, int, str]]:
    """Return code, line and item of each fault."""
    return [(fault.code, fault.line, fault.item) for fault in faults]


def example(page: str) -> str:
    """Return the YAML that a page of the reference shows first."""
    return (DOCS / f"{page}.md").read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]


def groups(blocks: tuple[Block, ...]) -> Iterator[Group]:
    """Yield every group of a layout, outer first."""
    for block in blocks:
        if isinstance(block, Group):
            yield block
            yield from groups(block.blocks)
