"""QST-3: the questionnaire explains its purpose: to find compliance problems, not to investigate or audit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from formwright.rules._base import Case, Found, Rule, Stage
from formwright.text import pick

_LINE: Final = re.compile(r"\bL445\b")


class Qst3(Rule):
    """Refuse a questionnaire of the SOP whose instructions have no paragraph that follows L445."""

    name: ClassVar[str] = "QST-3"
    source: ClassVar[str] = "SOP L445"
    stage: ClassVar[Stage] = "resolve"

    def check(self, case: Case) -> Iterator[Found]:
        definition = case.definition
        if definition.kind_of_document != "questionnaire" or "SOP" not in definition.source:
            return
        for entry in definition.opening:
            said = any(pick(text, definition.language).strip() for text in entry.text)
            if _LINE.search(entry.source) and said:
                return
        message = f"nothing in the opening explains the purpose {self.tag()}."
        fix = 'Add an entry with `source: "SOP L445"`: to find compliance problems, not to investigate or audit.'
        yield Found("refuse", definition.fault("", ("opening",), "qst3", message, fix))
