"""From a layout and its values to a stamped file: the compiled layout with as many sheets as the values take.

What is compiled stays on disk (`cache`) and, for the layouts used last, in memory: a thousand accounts with the same
layout are a thousand stamps.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pikepdf

from formwright.fingerprint import fingerprint
from formwright.issue import Issued
from formwright.layout import Layout, Stamp, Value, Values, controls, filled
from formwright.writers.pdf import cache, faces, measure
from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.fonts import Fonts
from formwright.writers.pdf.plan import Compiled, FieldPlan
from formwright.writers.pdf.stamp import Stamper

KEPT: Final = 8
"""Layouts that stay in memory; a compiled one takes about a megabyte."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A layout that is ready for one account's values: enough sheets, a stamper."""

    fingerprint: str
    stamper: Stamper

    @property
    def pages(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page, in points."""
        return tuple((page.width, page.height) for page in self.stamper.compiled.pages)

    @property
    def prints(self) -> tuple[str, ...]:
        """A hash over what each page draws itself: the same for every account."""
        return tuple(page.print for page in self.stamper.compiled.pages)

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        """Return the file of one issue; `titles` by key heads the continuation sheets."""
        return self.stamper.stamp(stamp, titles)

    def fields(self, values: Values, token: str, data: bytes) -> tuple[Issued, ...]:
        """Return the manifest and the geometry of the stamped file `data`: one entry for each widget, with what is
        issued in it; `token` is that of page 000."""
        compiled = self.stamper.compiled
        values = {**values, compiled.token_field: token, **_on_sheets(compiled, data)}
        plans = (plan for plan in compiled.fields for _ in plan.widgets)
        return tuple(
            Issued(
                key=place.key,
                name=plan.name,
                kind=plan.kind,
                page=place.page,
                box=place.box,
                code=place.code,
                fixed=plan.fixed,
                labels=plan.labels,
                value=_issued(plan, place.code, values.get(place.key)),
            )
            for place, plan in zip(compiled.places(), plans, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Filled(Ready):
    """A layout whose values are in its text already."""

    def stamp(self, stamp: Stamp, titles: Mapping[str, str]) -> bytes:
        return Ready.stamp(self, replace(stamp, values={}), titles)


class Press:
    """Prints forms as PDF."""

    def __init__(self, folder: Path, fonts: Path | None) -> None:
        self._folder, self._fonts = folder, Fonts.packaged(fonts)
        self._kept: OrderedDict[tuple[str, int], Stamper] = OrderedDict()

    def ready(self, layout: Layout, values: Values) -> Ready:
        """Return the layout, compiled with the continuation sheets that the values take.

        Raises Faults for characters that no font has.
        """
        print_of = fingerprint(layout)
        sheets, titles = 0, {control.key: control.name for control in controls(layout.blocks)}
        while True:
            stamper = self._stamper(layout, print_of, sheets)
            needed = measure.sheets_needed(stamper.compiled, values, self._fonts, titles)
            if needed <= sheets:
                return Ready(print_of, stamper)
            sheets = needed

    def paper(self, layout: Layout, values: Values) -> Filled:
        """Return a letter or plan with its values in their places. It holds an account's words: no cache has it.

        Raises Faults.
        """
        whole = filled(layout, values)
        return Filled(fingerprint(layout), Stamper(compile(whole, 0, self._fonts), self._fonts))

    def check(self, layout: Layout) -> None:
        """Raise Faults for characters of the wording that no font has."""
        faces.extras(layout, self._fonts)

    def _stamper(self, layout: Layout, print_of: str, sheets: int) -> Stamper:
        kept = self._kept
        if (print_of, sheets) not in kept:
            compiled = cache.cached(layout, sheets, self._folder, self._fonts, print_of)
            kept[print_of, sheets] = Stamper(compiled, self._fonts)
            while len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end((print_of, sheets))
        return kept[print_of, sheets]


def _on_sheets(compiled: Compiled, data: bytes) -> dict[str, Value]:
    """Return what stands on the continuation sheets of a stamped file, as a reader will find it: the stamp shares
    out the texts, so it is looked up in what was written."""
    if not compiled.sheets:
        return {}
    wanted = {part for sheet in compiled.sheets for part in (sheet.title, sheet.text)}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            plan.key: str(pdf.get_object(plan.widgets[0].object, 0).get("/V", ""))
            for plan in compiled.fields
            if plan.key in wanted
        }


def _issued(plan: FieldPlan, code: str, value: Value | None) -> Value | None:
    """Return what one widget holds: a tick's own state, a choice's codes in every widget of its group."""
    if plan.kind == "tick" and isinstance(value, tuple):
        return code in value
    return value
