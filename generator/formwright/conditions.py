"""The closed language of conditions: `related == "yes" and count(media) >= 2`.

Only these: names (`item`, `item.part`, `account.kind`), texts, numbers, true/false as `True`/`False`, lists of them,
`== != < > <= >= in`, `not in`, `and or not`, and `answered(name)`, `count(name)`. The tree is the standard library's
`ast`, walked by this module alone; nothing is ever called, looked up or computed (no arithmetic: `related-suppliers`
would be a subtraction), so a condition cannot run for long or reach anything (DEPENDENCIES.md b).

Three values (Kleene): a name that is absent from the values, or blank, makes a comparison unknown (None), and unknown
goes on through `and`, `or`, `not` only where the other side does not decide.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

LENGTH_LIMIT: Final = 500
DEPTH_LIMIT: Final = 20
Literal = str | Decimal | bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A literal that is compared with a name; column from 1.

    ordered: by `<` or `>`; equal: by `==` or `!=`, which hold of a single answer, never of a list.
    """

    name: str
    literal: Literal
    ordered: bool
    column: int
    equal: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was found well-formed.

    names: every name it asks, in the order of the text, each once; text: as written.
    """

    text: str
    names: tuple[str, ...]
    tree: ast.expr

    def evaluate(self, values: Mapping[str, Any]) -> bool | None:
        """Return whether it holds for `values` (JSON values by name), None where that is not known."""
        return _truth(self.tree, values)

    def compared(self) -> tuple[Compared, ...]:
        """Return each literal with the name it is compared with, so that codes can be checked."""
        return tuple(_compared(self.tree))


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Return the condition in `text`. Raises ValueError in words, with the column, for what the language lacks."""
    if len(text) > LENGTH_LIMIT:
        raise ValueError(f"the condition has {len(text)} characters, {LENGTH_LIMIT} are allowed\nAsk less at once.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        column = getattr(error, "offset", None) or 1
        raise ValueError(f"the condition cannot be read at column {column}\n{_hint(text)}") from None
    _check(tree, 0)
    if not _is_claim(tree):
        raise ValueError('the condition says nothing that can be true or false\nWrite, for example, q == "yes".')
    names = dict.fromkeys(_names(tree))
    if not names:
        raise ValueError("the condition asks nothing: it holds always or never\nName an item, or take it out.")
    return Condition(text.strip(), tuple(names), tree)


def _hint(text: str) -> str:
    if "&&" in text or "||" in text or "!" in text.replace("!=", ""):
        return "Write and, or, not."
    if "=" in text and "==" not in text and not any(sign in text for sign in ("!=", "<=", ">=")):
        return 'Equality is written ==, as in q == "yes".'
    return 'Write, for example, q == "yes" and count(media) >= 2.'


# ---- what is allowed ----------------------------------------------------------------------------

_COMPARE: Final[dict[type[ast.cmpop], Callable[[Any, Any], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
    ast.LtE: operator.le,
    ast.GtE: operator.ge,
}
_FUNCTIONS: Final = ("answered", "count")
_THERE: Final = "There are answered(q) and count(q)."


def _outside(node: ast.expr, what: str) -> ValueError:
    there = "== != < > <= >= in, not in, and, or, not, answered(q), count(q)"
    return ValueError(
        f"{what} at column {node.col_offset + 1} is not part of the condition language\nThere are {there}."
    )


def _check(node: ast.expr, depth: int) -> None:
    """Raise ValueError for the first thing that the language does not have."""
    if depth > DEPTH_LIMIT:
        raise ValueError(f"the condition is nested more than {DEPTH_LIMIT} deep\nWrite it flatter.")
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            if not _is_claim(part):
                raise ValueError(
                    f'the part at column {part.col_offset + 1} is neither true nor false\nCompare it, as in q == "yes".'
                )
            _check(part, depth + 1)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        if not _is_claim(node.operand):
            raise ValueError(
                f'not at column {node.col_offset + 1} needs a comparison or answered(...)\nWrite, as in not q == "yes".'
            )
        _check(node.operand, depth + 1)
    elif isinstance(node, ast.Compare):
        _check_compare(node, depth)
    elif isinstance(node, ast.Call):
        _check_call(node)
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            if literal_of(part) is None:
                raise _outside(part, "what stands in the list")
    elif name_of(node) is None and literal_of(node) is None:
        raise _outside(node, "what stands")


def _check_compare(node: ast.Compare, depth: int) -> None:
    for sign, right in zip(node.ops, node.comparators, strict=True):
        if not isinstance(sign, (*_COMPARE, ast.In, ast.NotIn)):
            raise _outside(node, "the comparison with `is`")
        if isinstance(right, ast.List | ast.Tuple) and not isinstance(sign, ast.In | ast.NotIn):
            raise ValueError(
                f"a list at column {right.col_offset + 1} can only stand after in or not in\nWrite q in [...]."
            )
    for part in (node.left, *node.comparators):
        if _is_claim(part):
            raise _outside(part, "a comparison inside a comparison")
        _check(part, depth + 1)


def _check_call(node: ast.Call) -> None:
    known = isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS
    if not known:
        what = f'"{node.func.id}"' if isinstance(node.func, ast.Name) else f"at column {node.col_offset + 1}"
        raise ValueError(f"there is no function {what}\n{_THERE}")
    if len(node.args) != 1 or node.keywords or name_of(node.args[0]) is None:
        raise ValueError(f"the function at column {node.col_offset + 1} takes one name\n{_THERE}")


def _is_claim(node: ast.expr) -> bool:
    """Say whether a node is true or false by itself."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id != "count"
    return isinstance(node, ast.BoolOp | ast.Compare) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


def name_of(node: ast.expr) -> str | None:
    """Return the dotted name of a node, or None."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def literal_of(node: ast.expr) -> Literal | None:
    """Return the text, number or truth of a literal, or None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = literal_of(node.operand)
        return -inner if isinstance(inner, Decimal) else None
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str | int | float):
        return None
    return node.value if isinstance(node.value, str | bool) else Decimal(str(node.value))


def _names(node: ast.expr) -> Iterator[str]:
    name = name_of(node)
    if name is not None:
        yield name
    elif isinstance(node, ast.Call):
        yield from _names(node.args[0])
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _names(part)
    elif isinstance(node, ast.UnaryOp):
        yield from _names(node.operand)
    elif isinstance(node, ast.Compare):
        for part in (node.left, *node.comparators):
            yield from _names(part)


def steps_of(node: ast.Compare) -> Iterator[tuple[ast.expr, ast.cmpop, ast.expr]]:
    """Yield the steps of a comparison: `1 < n < 5` is two."""
    left = node.left
    for sign, right in zip(node.ops, node.comparators, strict=True):
        yield left, sign, right
        left = right


def _compared(node: ast.expr) -> Iterator[Compared]:
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _compared(part)
    elif isinstance(node, ast.UnaryOp):
        yield from _compared(node.operand)
    elif isinstance(node, ast.Compare):
        for left, sign, right in steps_of(node):
            ordered = isinstance(sign, ast.Lt | ast.Gt | ast.LtE | ast.GtE)
            equal = isinstance(sign, ast.Eq | ast.NotEq)
            for one, other in ((left, right), (right, left)):
                name = name_of(one)
                for part in other.elts if isinstance(other, ast.List | ast.Tuple) else (other,):
                    literal = literal_of(part)
                    if name is not None and literal is not None:
                        yield Compared(name, literal, ordered, part.col_offset + 1, equal)


# ---- truth --------------------------------------------------------------------------------------


def _truth(node: ast.expr, values: Mapping[str, Any]) -> bool | None:
    if isinstance(node, ast.BoolOp):
        deciding = isinstance(node.op, ast.Or)
        found = [_truth(part, values) for part in node.values]
        if deciding in found:
            return deciding
        return None if None in found else not deciding
    if isinstance(node, ast.UnaryOp):
        inner = _truth(node.operand, values)
        return None if inner is None else not inner
    if isinstance(node, ast.Call):
        name = name_of(node.args[0]) or ""
        return not _blank(values[name]) if name in values else None
    assert isinstance(node, ast.Compare), "_check lets nothing else through"
    return _all(_step(left, sign, right, values) for left, sign, right in steps_of(node))


def _all(found: Iterator[bool | None]) -> bool | None:
    steps = list(found)
    if False in steps:
        return False
    return None if None in steps else True


def _blank(value: Any) -> bool:
    return _plain(value) in (None, "", [], {}, ())


def _plain(value: Any) -> Any:
    """Return what a condition compares: the codes of choices, the code of a choice with a specified other."""
    if isinstance(value, dict):
        if "codes" in value:
            return value["codes"]
        if "code" in value:
            return value["code"]
    return value


def _step(left: ast.expr, sign: ast.cmpop, right: ast.expr, values: Mapping[str, Any]) -> bool | None:
    one, other = _operand(left, values), _operand(right, values)
    if one is None or other is None:
        return None
    if isinstance(sign, ast.In | ast.NotIn):
        found = _within(one, other)
        return found if isinstance(sign, ast.In) or found is None else not found
    return _compare(sign, one, other)


def _operand(node: ast.expr, values: Mapping[str, Any]) -> Any:
    """Return the value of an operand, None for unknown or blank."""
    if isinstance(node, ast.List | ast.Tuple):
        return [literal_of(part) for part in node.elts]
    if isinstance(node, ast.Call):
        name = name_of(node.args[0]) or ""
        if name not in values:
            return None
        value = _plain(values[name])
        return Decimal(0 if _blank(value) else len(value) if isinstance(value, list | dict) else 1)
    name = name_of(node) or ""
    if not name:
        return literal_of(node)
    value = values.get(name)
    return None if _blank(value) else _plain(value)


def _within(one: Any, other: Any) -> bool | None:
    """`code in choices`, `answer in ["a", "b"]`; any of several codes in the list when both sides are lists."""
    if not isinstance(other, list):
        return _compare(ast.Eq(), one, other)
    if isinstance(one, list):
        return any(_within(part, other) for part in one)
    return any(_compare(ast.Eq(), one, part) for part in other)


def _compare(sign: ast.cmpop, one: Any, other: Any) -> bool | None:
    """Compare as numbers where either side is one, else as texts (ISO dates sort as texts). None: not comparable."""
    if isinstance(one, bool) or isinstance(other, bool):
        if not isinstance(sign, ast.Eq | ast.NotEq):
            return None
        return _COMPARE[type(sign)](one, other)
    if isinstance(one, int | float | Decimal) or isinstance(other, int | float | Decimal):
        first, second = _number(one), _number(other)
        return None if first is None or second is None else _COMPARE[type(sign)](first, second)
    if isinstance(one, str) and isinstance(other, str):
        return _COMPARE[type(sign)](one, other)
    if isinstance(sign, ast.Eq | ast.NotEq):
        return _COMPARE[type(sign)](one, other)
    return None


def _number(value: Any) -> Decimal | None:
    """Return a number, also one written as text (decimals are text in a record) or an amount of money."""
    if isinstance(value, dict):
        value = value.get("amount", value.get("number"))
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
