"""Patterns of identifiers: plain enough to be matched quickly against anything.

Python's matcher tries every way to share out the text between variable repeats. So the number of ways is bounded
here, from the pattern alone: repeats inside repeats, and references back, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

TEXT_LIMIT: Final = 64
"""Characters of an identifier; longer ones are not matched."""
_WAYS: Final = 20_000


class _RefusedError(Exception):
    pass


def pattern_faults(pattern: str) -> Iterator[str]:
    """Yield what is wrong with a pattern, in words."""
    try:
        tree = _parser.parse(pattern)
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        yield f"the pattern {pattern!r} cannot be read: {error}\nWrite a regular expression of the whole number."
        return
    try:
        if _ways(tree) > _WAYS:
            yield f"the pattern {pattern!r} has too many open repeats\nGive each a number: {{2,9}}."
    except _RefusedError as refused:
        yield f"the pattern {pattern!r} {refused}\nWrite it without."


def _ways(tree: Any) -> int:
    """Return an upper bound of the ways in which a sequence can match. Raises _RefusedError."""
    total = 1
    for op, argument in tree:
        total *= _ways_of(op, argument)
        if total > _WAYS:
            return total
    return total


def _ways_of(op: Any, argument: Any) -> int:
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, inner = argument
        most = min(int(most), TEXT_LIMIT)
        ways = _ways(inner)
        if ways > 1 and most > 1:
            raise _RefusedError("repeats something that may itself match in several ways")
        return max(most - int(least), 0) + ways
    if op is ops.SUBPATTERN:
        return _ways(argument[-1])
    if op is ops.BRANCH:
        return sum(_ways(branch) for branch in argument[1])
    if op in (ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY, ops.AT):
        return 1
    raise _RefusedError("uses something that identifiers do not need (look-ahead, reference back)")
