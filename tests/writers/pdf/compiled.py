"""Looking into a compiled layout, and a small one to compile."""

from __future__ import annotations

import pikepdf

import layouts
from formwright.layout import Layout
from formwright.writers.pdf import Compiled
from formwright.writers.pdf.plan import FieldPlan


def field_named(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    (found,) = (field for field in pdf.Root.AcroForm.Fields if name == field.T)
    return found


def plan_of(compiled: Compiled, key: str) -> FieldPlan:
    (found,) = (plan for plan in compiled.fields if plan.key == key)
    return found


def one_question(*blocks: object, **more: object) -> Layout:
    return layouts.layout(layouts.section("A", "Section", layouts.item("A.1", "One question.", *blocks, **more)))
