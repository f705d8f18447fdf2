"""Formwright: structured definitions go out as fillable forms, letters and plans, and come back as records.

out    YAML -> definition -> form (overlay, account) -> layout + values -> compiled (once) -> stamped -> issue
back   bytes -> intake -> identify: token -> stored issue -> extract: raw return -> record
"""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"
