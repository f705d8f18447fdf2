"""Literal cases of the record: a question, what was issued, what came back, what was decided, and what must follow.

The cases are YAML (`tests/returns/cases/`) and can be read without the code; their README says how.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from formwright import conditions
from formwright.issue import Issue
from formwright.kinds import read_kind
from formwright.kinds._base import At, Kind, Lowering
from formwright.layout import Value
from formwright.raw import RawCell, RawReturn
from formwright.record import Decision, Received, Record, Source, compute
from formwright.returns.slots import Slots, lay_out

CASES = Path(__file__).parent / "returns" / "cases"
CONTACT = "Ana Ruiz"


@dataclass(frozen=True)
class Case:
    """One case of a file; `data` as the YAML has it, the file's own defaults filled in."""

    file: str
    name: str
    data: Mapping[str, Any]

    @property
    def asked(self) -> str:
        """The id of the question that the case is about."""
        return str(self.data["question"]["id"])


def cases() -> Iterator[Case]:
    """Yield every case of every file."""
    for path in sorted(CASES.glob("*.yaml")):
        if path.stem != "impossible":
            data = load(path)
            defaults = {name: value for name, value in data.items() if name != "cases"}
            for case in data["cases"]:
                yield Case(path.stem, case["case"], {**defaults, **case})


def load(path: Path) -> Any:
    """Return a YAML file as plain values."""
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def lower(
    questions: Sequence[Mapping[str, Any]], prefill: Mapping[str, Any], parameters: Mapping[str, Any]
) -> tuple[Issue, list[tuple[str, Kind]]]:
    """Return an issue of these questions, numbered A.1, A.2 ..., and the questions as kinds."""
    kinds: list[tuple[str, Kind]] = []
    out = Lowering(language="en", parameters=parameters)
    for question in questions:
        kind = read_kind(dict(question))
        counted = kind.datatype not in ("none", "certification")
        number = f"A.{sum(bool(name) for name, _ in kinds) + 1}" if counted else ""
        kinds.append((number, kind))
        if kind.show_when:
            conditions.parse(kind.show_when)
        kind.lower(
            At(
                key=kind.id,
                item=kind.id,
                number=number,
                spoken=number,
                required=kind.required,
                prefill=prefill.get(kind.id),
                when=(kind.show_when,) if kind.show_when else (),
            ),
            out,
        )
    return issue_of(tuple(out.cells)), kinds


def issue_of(cells: tuple[Any, ...], contact: str = CONTACT) -> Issue:
    """Return an issue with these cells and no files."""
    return Issue(
        id="Q-2027-0001",
        workspace="w",
        account="blue_harbor",
        account_name="Blue Harbor Imports",
        issued_on="2027-01-11",
        due_on="2027-02-26",
        key_id="K1",
        definition="sample",
        definition_version="1",
        definition_fingerprint="d" * 64,
        form_fingerprint="f" * 64,
        language="en",
        primary_contact=contact,
        form={},
        cells=cells,
        rows={},
        files=(),
    )


def seen(slots: Slots, told: Mapping[str, Any]) -> tuple[RawCell, ...]:
    """Return one return: what `told` says of a key; what it does not name is as it was issued, or as "*" says."""
    rest = told.get("*")
    cells = [_raw(slot.cell.key, told.get(slot.cell.key, rest), slot.issued, slot.cell.control) for slot in slots]
    known = {cell.key for cell in cells}
    cells += [_raw(key, value, None, "line") for key, value in told.items() if key not in known and key != "*"]
    return tuple(cells)


def _raw(key: str, told: Any, issued: Value | None, control: str) -> RawCell:
    if told is None:
        empty: Value = {"tick": False, "one_of": (), "many_of": ()}.get(control, "")
        told = issued if issued is not None else empty
    if isinstance(told, dict):
        values = tuple(_value(value) for value in told.get("values", ()))
        value = _value(told["value"]) if "value" in told else None
        return RawCell(
            key=key,
            state=told.get("is", "read"),
            value=value,
            values=values,
            raw=told.get("raw", ""),
            note=told.get("note", ""),
            page=1,
            method="acroform",
        )
    return RawCell(key=key, state="read", value=_value(told), page=1, method="acroform")


def _value(told: Any) -> Value:
    return tuple(str(code) for code in told) if isinstance(told, list | tuple) else told


def received(slots: Slots, told: Sequence[Mapping[str, Any]], senders: Sequence[str]) -> list[Received]:
    """Return the returns, the first one come in on 1 February 2027, the next a day later, and so on."""
    made = []
    for n, (one, sender) in enumerate(zip(told, senders, strict=True), 1):
        source = Source(
            name=f"return{n}.pdf",
            sha256=f"{n:064x}",
            format="pdf",
            method="acroform",
            producer="a viewer",
            received_at=f"2027-02-{n:02}T09:00:00Z",
        )
        raw = RawReturn(format="pdf", method="acroform", producer="a viewer", cells=seen(slots, one))
        made.append(Received(source=source, raw=raw, submitted_by=sender))
    return made


def record_of(data: Mapping[str, Any]) -> Record:
    """Return the record of a case."""
    questions = [*data.get("also", ()), data["question"]]
    prefill = {data["question"]["id"]: data.get("prefill"), **data.get("prefills", {})}
    issue, kinds = lower(questions, prefill, data.get("parameters", {}))
    slots = lay_out(issue, kinds)
    returns = data["returns"] if "returns" in data else [data["return"]]
    senders = data.get("sent_by", CONTACT)
    senders = [senders] * len(returns) if isinstance(senders, str) else senders
    decisions = [
        Decision(
            key=one["key"],
            value=str(one["value"]),
            by=one.get("by", "Lee Park"),
            why="said on the telephone",
            at=one.get("at", "2027-02-28T12:00:00Z"),
            sequence=one.get("event", 0),
        )
        for one in data.get("decisions", ())
    ]
    arrived = received(slots, returns, senders)
    if "events" in data:
        arrived = [replace(one, sequence=at) for one, at in zip(arrived, data["events"], strict=True)]
    return compute(issue, slots, arrived, decisions, revision=1)
