"""What a worker says is checked before it is believed."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from formwright.intake import wire
from formwright.raw import FoundToken, Identified, RawCell, RawProblem, RawReturn, Stray
from readers.handmade import PLACES, form, read

IDENTIFIED = Identified(
    tokens=(FoundToken(carrier="qr", text="Q-2027-0001:K1:001:AAAAAAAAAAAAAAAA", page=1),),
    producer="P",
    pages=2,
    fields=3,
    problems=(RawProblem(code="repaired", message="m"),),
)
RETURN = RawReturn(
    format="pdf",
    method="acroform",
    producer="P",
    cells=(
        RawCell(key="a", state="read", value="", method="acroform", page=1, box=(0.0, 1.0, 2.0, 3.0)),
        RawCell(key="b", state="read", value=False, raw="Off"),
        RawCell(key="c", state="read", value=("x", "y"), confidence=0.5, note="part_missing"),
        RawCell(key="d", state="conflict", values=(True, "\ud800", ()), raw="\x00"),
        RawCell(key="e", state="missing"),
    ),
    strays=(Stray(name="n", value="v", page=1, kind="comment"),),
    problems=(RawProblem(code="c", message="m", fix="f", key="k", severity="info"),),
)


def over(json_value: Any) -> Any:
    """Return a value after its way through JSON."""
    return json.loads(json.dumps(json_value))


def test_it_carries_values_unchanged() -> None:
    assert wire.load_return(over(wire.dump_return(RETURN))) == RETURN
    assert wire.load_identified(over(wire.dump_identified(IDENTIFIED))) == IDENTIFIED
    assert wire.load_places(over(wire.dump_places(PLACES))) == PLACES
    raw = read(form())
    assert wire.load_return(over(wire.dump_return(raw))) == raw


def test_it_carries_where_a_word_control_stands() -> None:
    """All that the Word reader goes by, but for what was issued in it."""
    place = wire.SentPlace(
        key="officers.r1.name",
        name="officers.r1.name",
        kind="line",
        page=0,
        box=(0.0, 0.0, 0.0, 0.0),
        alias="A.3, officer 1, Name",
        region="_Q_officers",
        words="Name",
        at=(0, 1, 0),
    )
    assert wire.load_places(over(wire.dump_places([place]))) == (place,)


def test_it_carries_frames() -> None:
    pipe = BytesIO()
    wire.send(pipe, {"a": "ß\ud800"}, b"\0data")
    wire.send(pipe, [])
    pipe.seek(0)
    assert wire.receive(pipe) == ({"a": "ß\ud800"}, b"\0data")
    assert wire.receive(pipe) == ([], b"")
    assert wire.receive(pipe) is None


@pytest.mark.parametrize(
    "frame", [b"\0", b"\0\0\0\4\0\0\0\0nul", b"\xff\xff\xff\xff\0\0\0\0", b"\0\0\0\1\0\0\0\0{", b"\0\0\0\1\0\0\0\x091"]
)
def test_it_refuses_bad_frames(frame: bytes) -> None:
    with pytest.raises(wire.MalformedError):
        wire.receive(BytesIO(frame))


@pytest.mark.parametrize(
    "change",
    [
        {"format": 1},
        {"producer": "x" * 2000},
        {"cells": None},
        {"cells": [{}]},
        {"cells": [{"key": "a", "state": "sure", "method": ""}]},
        {"cells": [{"key": "a", "state": "read", "method": ""}]},
        {"cells": [{"key": "a", "state": "missing", "value": "x", "method": ""}]},
        {"cells": [{"key": "a", "state": "read", "value": 7, "method": ""}]},
        {"cells": [{"key": "a", "state": "read", "value": [["x"]], "method": ""}]},
        {"cells": [{"key": "a", "state": "read", "value": "", "method": "", "page": -1}]},
        {"cells": [{"key": "a", "state": "read", "value": "", "method": "", "box": [1, 2]}]},
        {"cells": [{"key": "a", "state": "read", "value": "", "method": "", "confidence": 7}]},
        {"strays": [["n", "v", 1]]},
        {"strays": [["n", "v", True, "field"]]},
        {"problems": [["c", "m", "f", "k", "loud"]]},
    ],
)
def test_it_refuses_what_was_not_agreed(change: dict[str, Any]) -> None:
    with pytest.raises(wire.MalformedError):
        wire.load_return(over(wire.dump_return(RETURN) | change))
