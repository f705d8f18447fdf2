"""What holds for all kinds.

1. The kinds are those of the design, each declared once, with a line to list it and a datatype of the closed list.
2. A mapping becomes the kind that it names; an unknown kind says what was meant, or what there is.
3. An error inside a part keeps its place.
4. A kind goes out as JSON and comes back equal, with all that stands below it.
5. The shipped questionnaire has no faults; every control's name starts with its number, and is unique.
6. A kind knows its dates: they stand in the lines that ask for one, and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML

from formwright import ids, layout
from formwright.kinds import AnyKind, describe, kinds, read_kind
from formwright.kinds._base import At, Datatype, Kind, Lowering

QUESTIONNAIRE = Path(__file__).parents[2] / "forms/questionnaires/account_management.yaml"


class Holder(BaseModel):
    items: tuple[AnyKind, ...]


def test_all_kinds() -> None:  # 1
    assert set(kinds()) == {
        "text", "paragraph", "yes_no", "yes_no_na", "choice", "choices", "date", "date_range", "fiscal_year",
        "duration", "integer", "decimal", "money", "percent", "identifier", "contact", "tick", "table", "matrix",
        "composite", "attachments", "info", "certification",
    }  # fmt: skip
    for name, kind in kinds().items():
        assert kind.datatype in get_args(Datatype)
        assert kind.summary.endswith(".")
        assert kind.__doc__
        assert kind.model_fields["kind"].default == name


def test_unknown_kind() -> None:  # 2
    with pytest.raises(ValidationError, match='there is no kind "paragrph"\nDid you mean "paragraph"'):
        Holder(items=[{"kind": "paragrph", "id": "a"}])  # type: ignore[list-item]
    with pytest.raises(ValidationError, match='there is no kind "sonnet"\nThere are: attachments, certification'):
        Holder(items=[{"kind": "sonnet", "id": "a"}])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("item", "said"),
    [({"id": "a"}, "`kind` is missing"), ("text", "a mapping of fields"), ({"kind": ["text"]}, "no kind")],
)
def test_no_kind(item: Any, said: str) -> None:  # 2
    with pytest.raises(ValidationError, match=said):
        Holder(items=[item])


def test_place_of_an_error() -> None:  # 3
    table = {"kind": "table", "id": "t", "columns": [{"kind": "text", "id": "a", "max_lenth": 4}]}
    with pytest.raises(ValidationError) as caught:
        Holder(items=[{"kind": "composite", "id": "c", "parts": [table]}])  # type: ignore[list-item]
    (error,) = caught.value.errors()
    assert error["loc"] == ("items", 0, "parts", 0, "columns", 0, "max_lenth")
    assert error["type"] == "extra_forbidden"


@pytest.mark.parametrize("id", ["Name", "r7", "form", "a_confirm", "a.b", "", "a" * 33])
def test_bad_ids(id: str) -> None:  # 3
    with pytest.raises(ValidationError, match="the id"):
        read_kind({"kind": "text", "id": id})


def _items() -> list[tuple[str, Kind]]:
    data = YAML(typ="safe").load(QUESTIONNAIRE.read_text("utf-8"))
    numbered = [
        (f"{part['letter']}.{item['label']}", read_kind(item)) for part in data["sections"] for item in part["items"]
    ]
    return [*numbered, ("", read_kind(data["certification"]["item"]))]


def test_json_and_back() -> None:  # 4
    for _, item in _items():
        dumped = Holder(items=(item,)).model_dump(mode="json")
        assert Holder.model_validate(dumped).items == (item,)


def _below(kind: Kind) -> list[Kind]:
    return [kind, *(found for child in kind.children() for found in _below(child))]


def test_shipped_questionnaire() -> None:  # 5
    entries = [{"invoice": "YL-26-00417", "entry": "000-0000417-2"}]
    out = Lowering(language="en", parameters={"import_invoices": entries})
    names: list[str] = []
    for number, item in _items():
        assert [fault for kind in _below(item) for fault in kind.faults()] == []
        blocks = item.lower(At(key=item.id, item=item.id, number=number, spoken=number, required=True), out)
        made = list(layout.controls(blocks))
        assert all(control.name.startswith(number or "Certification") for control in made)
        names += [control.name for control in made]
    assert len(names) == len(set(names)) == len(out.cells)
    assert not any(name.endswith(")") and name[-3] == "(" for name in names)  # none needed a number to be unique
    assert max(len(cell.key) for cell in out.cells) <= ids.KEY_LIMIT


def test_dates_stand_in_lines_that_ask_for_one() -> None:  # 6
    more = [read_kind({"kind": kind, "id": f"its_{kind}", "text": "When?"}) for kind in ("date", "date_range")]
    seen = set()
    for item in [*more, *(item for _, item in _items())]:
        out = Lowering(language="en")
        blocks = item.lower(At(key=item.id, item=item.id, number="", spoken=""), out)
        hints = {control.key: getattr(control, "hint", "") for control in layout.controls(blocks)}
        for cell in out.cells:
            if cell.role == "answer":
                kind = item.leaf(cell.path)
                assert kind.dates(cell) == (hints[cell.key] in ("date", "day")), cell.key
                seen |= {kind.kind} if kind.dates(cell) else set()
    assert seen == {"date", "date_range", "fiscal_year", "certification"}


def test_reference() -> None:
    """`python -c "from formwright.kinds import describe; print(describe(), end='')"` writes it anew."""
    assert (Path(__file__).parents[2] / "docs/reference/kinds.md").read_text("utf-8") == describe()
