"""The reference of kinds, made from their classes: docs/reference/kinds.md."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Final

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from formwright.kinds import kinds
from formwright.kinds._base import Kind
from formwright.kinds._leaf import Leaf

_HEAD: Final = """\
# Kinds

The type of an item, of a part and of a column. `formwright kinds` lists them. Made from the classes in
`generator/formwright/kinds/` by `formwright.kinds.describe()`; a test compares.

All kinds have `kind`, `id`, `text`, `label`, `help`, `source`, `cites`, `lock`, `topics`, `required`, `prefill`,
`include_when`, `show_when`, `note`; those that may stand in a column also have `width` (in twelfths of the text column,
in a table the weight against the other columns).

Whatever the kind, an answer that can be read one way only is read. What may be read several ways, or not at all, is
`invalid`: the text is kept as it stands, with what is wrong and how to mend it. What is odd, and still clear, is read
with a *doubt*, and a person looks. Full-width characters, odd blanks and long dashes count as the plain ones in
numbers, dates, codes and identifiers. A text of more than 100,000 characters is invalid.

Dates are asked as month / day / year, and 3/4/2027 is March 4. But where one date of a return can only be written day
first, such as 25/3/2027, its writer does not keep to the printed order: then every date of that return that can be read
either way is invalid, and names the other. Dots and hyphens say no order, so 3.4.2027 and 3-4-2027 are always invalid.
A year that stands first (2027-03-04) and a month by name are always clear. Each return is judged by itself. What a
person enters with `answer` is read in the printed order. A day far from that of issue is read with a doubt: more than
two years away where a certification is signed; anywhere else before 1776, or more than 50 years after it.

Numbers go the same way: a point before decimals is asked, and 1,250 is read as 1250. But where one number of a return
can only be written with a decimal comma or with dots between thousands (3.250,50, 1.234.567, 12,5), every number of
that return that can be read either way (1,250, 1.250) is invalid, with both readings and the other number,
whatever its kind. That one keeps to the print (1,234.50) gives no reading to another: 1.250 stays invalid.

Answers that are each well-formed may not go together; that is a *finding*:

| finding | what is odd |
|---|---|
| `below_threshold` | a row stays below the value from which rows are asked for (information only) |
| `currency_missing` | an amount has no currency |
| `from_after_to` | a range ends before it begins |
| `na_but_answered` | a row is said not to apply, and has answers |
| `not_exactly_one` | half of a compound is missing: a number without its unit or type, or the other way round |
| `not_of_type` | a number does not have the form of the type that was chosen |
| `not_twelve_months` | a fiscal year is not twelve months |
| `other_not_chosen` | words stand at "Other", which is not chosen |
| `other_unspecified` | "Other" is chosen without saying what it is |
| `too_few_rows` | a table has fewer rows with something in them than are asked for |
"""
_LABELS: Final = ("Controls", "Value", "Read", "Shown", "Prefill", "Findings")


def describe() -> str:
    """Return the reference of all kinds as Markdown, in the order of their names."""
    return _HEAD + "".join(f"\n{_section(name, kind)}" for name, kind in kinds().items())


def _section(name: str, kind: type[Kind]) -> str:
    paragraphs = list(_paragraphs(inspect.getdoc(kind) or ""))
    where = "" if issubclass(kind, Leaf) else " It cannot be a column."
    lines = [f"## {name}", "", f"{paragraphs[0]}{where}", "", *(f"- {text}" for text in paragraphs[1:])]
    lines.append(f"- **Datatype:** `{kind.datatype}`")
    fields = list(_fields(kind))
    if fields:
        lines += ["", "| field | default | |", "|---|---|---|", *fields]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """Yield what the docstring says first, then each labelled paragraph."""
    found: list[str] = []
    for line in text.splitlines():
        label, colon, rest = line.partition(":")
        if colon and label in _LABELS:
            yield " ".join(found)
            found = [f"**{label}:**{rest}"]
        elif line:
            found.append(line.strip())
    yield " ".join(found)


def _fields(kind: type[Kind]) -> Iterator[str]:
    common = Leaf.model_fields if issubclass(kind, Leaf) else Kind.model_fields
    for name, field in kind.model_fields.items():
        if name not in common or (field.description and name != "kind"):
            yield f"| `{name}` | {_default(field)} | {(field.description or '').replace('|', '/')} |"


def _default(field: FieldInfo) -> str:
    value = field.default
    if value is PydanticUndefined:
        return "must be given"
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(value) if isinstance(value, tuple) else value}`"
