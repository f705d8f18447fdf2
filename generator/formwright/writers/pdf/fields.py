"""What writes one key's value into an update: a text, a list, one of several, ticks.

    value -> changed field + its appearance        (ISO 32000 12.7.5)

Each is prepared once for a layout; a text that does not fit comes back, for the continuation sheets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from formwright.layout import Value
from formwright.writers.pdf import measure
from formwright.writers.pdf.appearance import Look, Pen, number
from formwright.writers.pdf.fonts import Fonts, normal
from formwright.writers.pdf.plan import Compiled, FieldPlan
from formwright.writers.pdf.syntax import FORM, Job, drawn, head_of, name, text_string

ON: Final = "on"
"""Appearance state of a tick that is on, where its widget has no code."""


class MismatchError(Exception):
    """A value that its field cannot take: code, why, cure."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


class Writer(Protocol):
    """Writes one key's value; returns itself and the text where that is too long for the field."""

    def write(self, value: Value, pen: Pen, job: Job) -> tuple[Text, str] | None: ...


class Text:
    """A field of text, one line or several."""

    def __init__(self, plan: FieldPlan, fonts: Fonts, look: Look | None = None) -> None:
        widget = plan.widgets[0]
        self.key = plan.key
        self.room = measure.room_of(plan, fonts, look)
        self._limit = plan.max_length
        self._one_line = plan.kind == "line"
        self._numbers = (widget.object, widget.appearance)
        self._head = head_of(widget) + b"/AP<</N %d 0 R>>/V" % widget.appearance
        self._appearance_head = FORM % (widget.appearance, number(self.room.width), number(self.room.height))

    def write(self, value: Value, pen: Pen, job: Job) -> tuple[Text, str] | None:
        if not isinstance(value, str):
            raise MismatchError("wrong_value", f"a text is wanted, not {value!r}.", "Give a text.")
        text = normal(value)
        if self._limit is not None and len(text) > self._limit:
            message = f"the text has {len(text)} characters, {self._limit} are allowed."
            raise MismatchError("too_long", message, "Shorten it.")
        if self._one_line and "\n" in text:
            raise MismatchError("line_break", "the text has a line break, its field one line.", "Write it in one line.")
        content = self.room.draw(text, pen)
        if content is None:
            return self, text
        self.write_drawn(text, content, pen, job)
        return None

    def write_part(self, text: str, note: str, pen: Pen, job: Job) -> None:
        """Write the full text as value, and show what fits, ended by a note."""
        self.write_drawn(text, self.room.draw_part(text, pen, note), pen, job)

    def write_cut(self, text: str, pen: Pen, job: Job) -> None:
        """Write a title of ours, which may end in an ellipsis where it does not fit."""
        self.write_drawn(text, self.room.draw(text, pen) or self.room.draw_part(text, pen, ""), pen, job)

    def write_drawn(self, text: str, content: bytes, pen: Pen, job: Job) -> None:
        """Write a value with the content that shows it."""
        value = b"%b%b>>\nendobj\n" % (self._head, text_string(text))
        job.parts += (value, drawn(self._appearance_head, content, pen))
        job.numbers += self._numbers


class Choice(Text):
    """A list to choose from: the code is its value, the label what it shows."""

    def __init__(self, plan: FieldPlan, fonts: Fonts) -> None:
        super().__init__(plan, fonts)
        self._labels = dict(plan.labels)

    def label(self, value: Value | None) -> str:
        """Return the words of a code, or "" for what is none."""
        return self._labels.get(value, "") if isinstance(value, str) else ""

    def write(self, value: Value, pen: Pen, job: Job) -> tuple[Text, str] | None:
        code = _code(value, self._labels)
        label = normal(self._labels[code])
        content = self.room.draw(label, pen) or self.room.draw_part(label, pen, "")
        self.write_drawn(code, content, pen, job)
        return None


class _Radio:
    """A OneOf as ticks: the group has the value, the kid that is on its state."""

    def __init__(self, plan: FieldPlan) -> None:
        self._group = plan.group
        self._kids = {
            widget.code: (
                b"%d 0 obj\n%b/V%b>>\nendobj\n" % (plan.group, plan.group_head, name(widget.code)),
                widget.object,
                b"%b/AS%b>>\nendobj\n" % (head_of(widget), name(widget.code)),
            )
            for widget in plan.widgets
        }

    def write(self, value: Value, pen: Pen, job: Job) -> None:
        group, kid, body = self._kids[_code(value, self._kids)]
        job.add(self._group, group)
        job.add(kid, body)


class _Ticks:
    """A Tick, or all options of a ManyOf."""

    def __init__(self, plans: Sequence[FieldPlan]) -> None:
        self._bodies: dict[str, tuple[int, bytes]] = {}
        for plan in plans:
            (widget,) = plan.widgets
            state = name(widget.code or ON)
            self._bodies[widget.code] = (widget.object, b"%b/V%b/AS%b>>\nendobj\n" % (head_of(widget), state, state))

    def write(self, value: Value, pen: Pen, job: Job) -> None:
        if value is True and len(self._bodies) == 1:
            codes = tuple(self._bodies)
        elif isinstance(value, tuple):
            codes = value
        else:
            wanted = "yes or no (a tick)" if len(self._bodies) == 1 else "a list of codes"
            raise MismatchError("wrong_value", f"{wanted} is wanted, not {value!r}.", "Give that.")
        chosen = {_code(code, self._bodies) for code in codes}
        for code, (place, body) in self._bodies.items():
            if code in chosen:
                job.add(place, body)


def writers(compiled: Compiled, fonts: Fonts, own: frozenset[str]) -> dict[str, Writer]:
    """Return the writer of each key that values may have."""
    plans: dict[str, list[FieldPlan]] = {}
    for plan in compiled.fields:
        if plan.key not in own:
            plans.setdefault(plan.key, []).append(plan)
    return {key: _writer(same, fonts) for key, same in plans.items()}


def _writer(plans: Sequence[FieldPlan], fonts: Fonts) -> Writer:
    first = plans[0]
    if first.kind == "tick":
        return _Ticks(plans)
    if len(plans) > 1:
        raise ValueError(f"the key {first.key} has several fields")
    if first.kind == "radio":
        return _Radio(first)
    return Choice(first, fonts) if first.kind == "list" else Text(first, fonts)


def _code(value: Value, known: Mapping[str, object]) -> str:
    """Return a value that is one of the known codes."""
    if isinstance(value, str) and value in known:
        return value
    raise MismatchError("wrong_value", f"{value!r} is not one of {', '.join(known)}.", "Give one of these codes.")
