"""Conditions in words, as a reader of paper needs them: "E.1 is Yes and E.2 is not No"."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from formwright.conditions import Condition, literal_of, name_of, steps_of
from formwright.text import say

Describe = Callable[[str], tuple[str, Mapping[str, str]]]
"""A name -> how it is printed ("E.1"), and the words of its codes."""


def in_words(condition: Condition, describe: Describe, language: str = "en") -> str:
    """Return a condition as it is printed."""
    return _Words(describe, language).say(condition.tree)


_SIGNS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "cond_is",
    ast.NotEq: "cond_is_not",
    ast.Lt: "cond_less",
    ast.Gt: "cond_more",
    ast.LtE: "cond_at_most",
    ast.GtE: "cond_at_least",
    ast.In: "cond_is",
    ast.NotIn: "cond_is_not",
}
_OPPOSITE: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_MIRROR: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
}


@dataclass(frozen=True, slots=True)
class _Words:
    describe: Describe
    language: str

    def say(self, node: ast.expr, negated: bool = False, inside: bool = False) -> str:
        """Return the words of a node; `not` is carried down to the comparisons."""
        if isinstance(node, ast.UnaryOp):
            return self.say(node.operand, not negated, inside)
        if isinstance(node, ast.BoolOp):
            both = isinstance(node.op, ast.And) != negated
            words = self._join([self.say(part, negated, True) for part in node.values], both)
            return say("cond_either", self.language, claim=words) if inside and not both else words
        if isinstance(node, ast.Call):
            subject, _ = self.describe(name_of(node.args[0]) or "")
            code = "cond_not_answered" if negated else "cond_answered"
            return say(code, self.language, subject=subject)
        assert isinstance(node, ast.Compare), "_check lets nothing else through"
        return self._join([self._step(*step, negated=negated) for step in steps_of(node)], not negated)

    def _join(self, claims: list[str], both: bool) -> str:
        return say("cond_and" if both else "cond_or", self.language).join(claims)

    def _step(self, left: ast.expr, sign: ast.cmpop, right: ast.expr, *, negated: bool) -> str:
        kind = _OPPOSITE[type(sign)] if negated else type(sign)
        if literal_of(left) is not None and isinstance(sign, ast.In | ast.NotIn):
            subject, codes = self._subject(right)
            code = "cond_includes" if kind is ast.In else "cond_includes_not"
            return say(code, self.language, subject=subject, value=self._value(left, codes))
        if literal_of(left) is not None:
            left, right, kind = right, left, _MIRROR.get(kind, kind)
        subject, codes = self._subject(left)
        return say(_SIGNS[kind], self.language, subject=subject, value=self._value(right, codes))

    def _subject(self, node: ast.expr) -> tuple[str, Mapping[str, str]]:
        if isinstance(node, ast.Call):
            subject, _ = self.describe(name_of(node.args[0]) or "")
            return say("cond_count", self.language, subject=subject), {}
        name = name_of(node)
        return self.describe(name) if name else (str(literal_of(node)), {})

    def _value(self, node: ast.expr, codes: Mapping[str, str]) -> str:
        if isinstance(node, ast.List | ast.Tuple):
            return say("cond_or", self.language).join(self._value(part, codes) for part in node.elts)
        literal = literal_of(node)
        if isinstance(literal, bool):
            return say("yes" if literal else "no", self.language)
        if literal is None:
            return self._subject(node)[0]
        return codes.get(str(literal), str(literal))
