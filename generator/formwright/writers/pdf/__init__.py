"""Fillable, tagged PDF: `compile` a layout once, then stamp it for each issue (`stamp`)."""

from __future__ import annotations

from formwright.writers.pdf.compile import compile
from formwright.writers.pdf.plan import Compiled

__all__ = ["Compiled", "compile"]
