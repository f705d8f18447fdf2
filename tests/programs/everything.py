"""Something to type into every place of an issued questionnaire, and what it means: literal, by kind.

Each text has a number of its own, so that an answer in the wrong place is seen. Nothing here comes from a kind's own
showing or parsing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from formwright import form as forms
from formwright.issue import Issue
from formwright.kinds._base import Cell

LINE: Final = "{n}: Þórunn & Søn “Ünïcode” <(Иван) 王小明\\> 50 %"
AREA: Final = "{n}: first line, ½ ton; it’s “so”\n\nÎñţérñâçïõñåł: Ωμέγα, Перевозки, 宁波样例灯饰\nlast (line) \\ here"
BY_KIND: Final[dict[str, tuple[tuple[str | tuple[str, ...], Any], ...]]] = {
    "integer": (("1,204", 1204), ("365", 365)),
    "percent": (("12.5 %", "12.5"), ("7", "7"), ("33.333", "33.333"), ("99 percent", "99"), ("0.5%", "0.5")),
    "identifier": (("12-3456789ab", {"type": "irs", "number": "12-3456789AB"}),),
    "duration.number": (("7.50", "7.5"),),
    "duration.unit": (("years", "years"),),
    "fiscal_year.from": (("October 1", "10-01"),),
    "fiscal_year.to": (("9/30", "09-30"),),
    "certification.date": (("Feb. 26, 2027", "2027-02-26"),),
    "contact.phone": (("+1 (202) 555-0142", "+1 (202) 555-0142"),),
    "yes_no": (("yes", "yes"), ("no", "no")),
    "relationship": (("sister", "sister"), ("joint_venture", "joint_venture"), ("parent", "parent")),
    "frequency": (("quarterly", "quarterly"),),
    "payments.methods": ((("letters_of_credit", "checks"), ["letters_of_credit", "checks"]),),
    "payments.currency": ((("usd", "other"), ["usd", "other"]),),
    "record_retention.mediums": ((("microfilm", "optical", "other"), ["microfilm", "optical", "other"]),),
}
"""What stands in a place: (typed, meant). By key, by last segment, by kind and piece, or by kind. Codes of a list or
of ticks are typed by choosing them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place, what is typed into it (text, code, codes, or True for a tick), and the value of its cell then."""

    cell: Cell
    typed: str | bool | tuple[str, ...]
    meant: Any

    def into(self, names: dict[str, str]) -> Iterator[tuple[str, str | bool]]:
        """Yield (field name, what is typed there); `names`: key -> field name."""
        if isinstance(self.typed, tuple):
            for code in self.cell.codes:
                yield f"{names[self.cell.key]}#{code}", code in self.typed
        else:
            yield names[self.cell.key], self.typed


def entries(issue: Issue) -> list[Entry]:
    """Return one entry for each place that an account can fill in."""
    kinds = {question.kind.id: question.kind for question in forms.restore(dict(issue.form)).questions()}
    used: dict[str, int] = {}
    numbers = count(1)
    found = []
    for cell in issue.cells:
        if cell.role == "given":
            continue
        kind = kinds[cell.item].leaf(cell.path).kind if cell.role == "answer" else cell.role
        typed, meant = _what(cell, kind, used, next(numbers))
        found.append(Entry(cell, typed, meant))
    return found


def _what(cell: Cell, kind: str, used: dict[str, int], number: int) -> tuple[Any, Any]:
    if cell.control == "tick":
        return True, True
    for name in (cell.key, cell.key.rpartition(".")[2], f"{kind}.{cell.field}", kind):
        if name in BY_KIND:
            at = used[name] = used.get(name, -1) + 1
            return BY_KIND[name][at % len(BY_KIND[name])]
    if cell.control not in ("line", "area", "blank"):
        raise KeyError(f"nothing to type into {cell.key} ({kind})")
    text = (AREA if cell.control == "area" else LINE).format(n=number)
    return text, text
