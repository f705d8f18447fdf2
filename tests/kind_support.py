"""What the tests of kinds share: an item is lowered at A.1, a cell is parsed, a value goes out and comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formwright import layout
from formwright.kinds import read_kind
from formwright.kinds._base import Answer, At, Cell, Finding, Invalid, Kind, Lowering
from formwright.kinds._leaf import Leaf
from formwright.layout import Block, Control, Value


def make(kind: str, **fields: Any) -> Any:
    """Return an item of a kind as a definition would have it, id `q`."""
    return read_kind({"kind": kind, "id": "q", "text": "What is asked?", **fields})


class Lowered:
    """An item lowered at A.1: its blocks, controls and cells by key, prefilled values."""

    def __init__(self, kind: Kind, prefill: Any = None, out: Lowering | None = None, **at: Any) -> None:
        self.out = out or Lowering(language="en")
        at = {"key": kind.id, "item": kind.id, "number": "A.1", "spoken": "A.1", "required": True, **at}
        self.blocks: tuple[Block, ...] = kind.lower(At(prefill=prefill, **at), self.out)
        self.controls: dict[str, Any] = {control.key: control for control in layout.controls(self.blocks)}
        self.cells: dict[str, Cell] = {cell.key: cell for cell in self.out.cells}
        self.values: Mapping[str, Value] = self.out.values

    def names(self) -> dict[str, str]:
        return {key: control.name for key, control in self.controls.items()}


def cell(field: str = "") -> Cell:
    return Cell(key="q", item="q", role="answer", control="line", name="", field=field)


def parse(kind: Kind, raw: Value, field: str = "") -> Any:
    """Return what a text says; a doubt fails."""
    answer = kind.parse(cell(field), raw)
    assert answer.doubt == ""
    return answer.value


def doubted(kind: Kind, raw: Value, field: str = "") -> tuple[Any, str]:
    """Return what a text says, and the doubt, which there must be."""
    answer: Answer = kind.parse(cell(field), raw)
    assert answer.doubt
    return answer.value, answer.doubt


def attempt(kind: Kind, raw: Value, field: str = "") -> Answer | None:
    """Return what a text says, None if it is invalid, which must be said with a cure. Anything else fails."""
    try:
        return kind.parse(cell(field), raw)
    except Invalid as invalid:
        if not (invalid.message and invalid.fix):
            raise AssertionError(f"{raw!r} is invalid, and not said why") from invalid
        return None


def refusal(kind: Kind, raw: Value, field: str = "") -> str:
    """Return why a text is invalid, with its cure."""
    try:
        answer = kind.parse(cell(field), raw)
    except Invalid as invalid:
        return str(invalid)
    raise AssertionError(f"{raw!r} was read as {answer.value!r}")


def there_and_back(kind: Leaf, value: Any) -> Any:
    """Show a value in the controls, parse each, fold the answers: what the record makes of an untouched prefill."""
    lowered = Lowered(kind, prefill=value)
    answers = {}
    for key, shown in lowered.values.items():
        place = lowered.cells[key]
        if place.role in ("explain", "other"):
            answers[key] = shown
            continue
        raw = (shown,) if place.control == "one_of" and isinstance(shown, str) else shown
        answer = kind.parse(place, raw)
        assert answer.doubt == "", (value, shown, answer)
        answers[key] = answer.value
    return kind.value("q", answers)


def findings(kind: Kind, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return code and key of what is odd."""
    found: list[Finding] = list(kind.findings("q", answers))
    assert all(finding.message for finding in found)
    return [(finding.code, finding.key) for finding in found]


def only(lowered: Lowered) -> Control:
    (control,) = lowered.controls.values()
    return control  # type: ignore[no-any-return]
