"""From a layout and its values to a stamped Word file: the same steps as for a PDF, without continuation sheets.

What is compiled stays on disk (`cache`) and, for the layouts used last, in memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from formwright import ids
from formwright.fingerprint import fingerprint
from formwright.issue import Issued
from formwright.layout import Layout, Stamp, Value, Values
from formwright.writers.docx import cache, wording
from formwright.writers.docx.plan import FieldPlan
from formwright.writers.docx.stamp import TOKEN_PROPERTY, Stamper
from formwright.writers.docx.values import is_on

SUFFIX: Final = ".docx"
KEPT: Final = 8
"""Layouts that stay in memory; one takes some megabytes with the sets of places that were filled in it."""
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Ready:
    """A layout that is ready for any account's values."""

    fingerprint: str
    stamper: Stamper

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """None: where pages end is up to the program that shows the file."""
        return ()

    @property
    def prints(self) -> tuple[str, ...]:
        """None, as there are no pages."""
        return ()

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        """Return the file of one issue; `titles` are for formats with continuation sheets."""
        return self.stamper.stamp(stamp, titles)

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        """Return the manifest: one entry for each control and each question's heading, in the order of the document,
        one for all that is printed between them and one for the token, with what is issued in each. `data` is for
        formats whose files say more than the plan."""
        entries = [_issued(plan, values.get(plan.key)) for plan in self.stamper.compiled.fields]
        key = ids.join(ids.FORM, "token")
        hidden = Issued(key=key, name=TOKEN_PROPERTY, kind="property", page=0, box=_NOWHERE, fixed=True, value=token)
        lines = Issued(key=ids.join(ids.FORM, "text"), name="text", kind="text", page=0, box=_NOWHERE, fixed=True)
        return (*entries, replace(lines, words=self.stamper.compiled.printed), hidden)


def _issued(plan: FieldPlan, value: Value | None) -> Issued:
    return Issued(
        key=plan.key,
        name=plan.name,
        kind=plan.kind,
        page=0,
        box=_NOWHERE,
        code=plan.code,
        fixed=plan.fixed,
        labels=plan.labels,
        value=_value(plan, value),
        alias=plan.alias,
        region=plan.region,
        words=plan.words,
        at=plan.at,
    )


def _value(plan: FieldPlan, value: Value | None) -> Value | None:
    """Return what one control holds: a tick's own state, a heading's words."""
    if plan.kind == "heading":
        return plan.given
    return is_on(plan, value) if plan.kind == "tick" and value is not None else value


class Press:
    """Makes forms as Word files."""

    def __init__(self, folder: Path, fonts: Path | None) -> None:
        """`fonts` is for formats that draw every character themselves; Word takes its own for other scripts."""
        self._folder = folder
        self._kept: OrderedDict[str, Stamper] = OrderedDict()

    def check(self, layout: Layout) -> None:
        """Raise Faults for text that XML cannot hold."""
        wording.check(layout)

    def paper(self, layout: Layout, values: Values) -> Ready:
        """Return a letter or plan: its values stand in the wording, and are stamped there. Raises Faults."""
        if layout.private:
            from formwright.writers.docx.compile import compile  # python-docx is slow to load

            return Ready(fingerprint(layout), Stamper(compile(layout), once=True))
        return self.ready(layout, values)

    def ready(self, layout: Layout, values: Values) -> Ready:
        """Return the layout, compiled. Raises Faults for wording that XML cannot hold."""
        print_of, kept = fingerprint(layout), self._kept
        if print_of not in kept:
            kept[print_of] = Stamper(cache.cached(layout, self._folder))
            while len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end(print_of)
        return Ready(print_of, kept[print_of])
