"""Every problem that a record can name: one table of codes, their severity, what is said and how it is mended.

`docs/reference/record.md` shows this table; a test keeps the two equal. Problems that a kind finds between several
answers, and those of a reader, come with words of their own and pass through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from formwright.hidden import shown

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of problem: how bad it is, when it arises (for the docs), its message and its cure (templates)."""

    severity: Severity
    when: str
    message: str
    fix: str = ""


SORTS: Final[Mapping[str, Sort]] = {
    "conflict": Sort(
        "error",
        "Several values came back for one place.",
        "{place}: several values came back: {values}.",
        "Ask the account which one holds, then enter it: formwright answer {issue} {key} VALUE --by NAME --why TEXT",
    ),
    "invalid": Sort(
        "error",
        "What stands in a place is not an answer to its question; the text is kept.",
        "{place}: {reason}",
        "{cure}",
    ),
    "altered_fixed": Sort(
        "error",
        "A text that is ours to state was changed; ours stands.",
        "{place}: our own text came back changed, as {raw}. Ours stands: {issued}.",
        "See whether the account meant to correct something, and ask.",
    ),
    "unread": Sort(
        "warning",
        "Something stands in a place, and a machine can't read it.",
        "{place}: there is something here that can't be read by a machine{because}.",
        "Read it in the file, then enter it with: formwright answer {issue} {key} VALUE --by NAME --why TEXT",
    ),
    "also_unread": Sort(
        "warning",
        "One return answers, and in another the same place can't be read.",
        "{place}: answered in one return; in another there is something here that can't be read by a machine.",
        "Compare the two, then enter what holds with: formwright answer {issue} {key} VALUE --by NAME --why TEXT",
    ),
    "missing": Sort(
        "warning",
        "Places of an item are not in the return: a lost page, a deleted field. One problem for each item.",
        "{place}: {lost} in the return.",
        "Ask the account for the missing page, or for the answer.",
    ),
    "pages_missing": Sort(
        "warning",
        "Whole pages with more than three items are not in the return; these have no problem `missing` of their own.",
        "{pages} not in the return.",
        "Ask the account for what is missing, or for the answers there.",
    ),
    "no_return": Sort(
        "info",
        "Nothing has come back yet; the record holds only what was decided.",
        "No return has been read for this issue.",
        "",
    ),
    "not_asked": Sort(
        "warning",
        "An answer to something that was not asked; it is kept.",
        "{place}: answered, though it is asked only if {condition}.",
        "See which of the two answers is meant.",
    ),
    "condition_unknown": Sort(
        "info",
        "An answer where nobody knows whether it was asked, since the asking answer is not known.",
        "{place}: answered, but it is not known whether {condition}.",
        "Ask for the answer on which this one hangs.",
    ),
    "row_cleared": Sort(
        "warning",
        "All that we knew in a row was taken out; its places have no problems of their own for that.",
        "{place}: all that stood in this row was taken out{ticked}.",
        "Ask whether the row is to be struck from the profile.",
    ),
    "required_cleared": Sort(
        "warning",
        "A value that we knew, and that is needed, was taken out and nothing put in its place. Where it is also ticked "
        "as correct, `confirmed_and_changed` says it.",
        "{place}: what we knew ({issued}) was taken out, and nothing stands in its place.",
        "Ask the account for the right answer.",
    ),
    "confirmed_and_changed": Sort(
        "warning",
        "“Correct as shown” is ticked, and the value was changed all the same.",
        "{place}: ticked as correct, but changed from {issued} to {raw}.",
        "Ask which of the two is meant.",
    ),
    "doubtful": Sort(
        "warning",
        "An answer that can be read, with something odd about it.",
        "{place}: {reason}",
        "If it is right, say so with: formwright answer {issue} {key} VALUE --by NAME --why TEXT",
    ),
    "doubled_field": Sort(
        "warning",
        "A place stands several times in the file, and one value can be read; one that is empty says nothing against "
        "it, and one whose sort was changed cannot be read.",
        "{place}: this field is in the file more than once; read as {raw}.",
        "Look at each of them in the file: a page may be doubled, or one of them changed.",
    ),
    "kid_and_group_differ": Sort(
        "warning",
        "A choice and its ticks say different things in the file.",
        "{place}: the file's own entries for this choice differ; read as {raw}.",
        "Look at the page itself.",
    ),
    "readers_differ": Sort(
        "warning",
        "Two readers of the same file see different values.",
        "{place}: two ways to read the file differ here; read as {raw}.",
        "Look at the page itself.",
    ),
    "control_characters": Sort(
        "warning",
        "There are characters that no writing uses, or that can't be decoded; each is read as a space.",
        "{place}: this came as {raw}, with characters that no writing uses; it is read as {read}.",
        "Look at the page itself.",
    ),
    "hidden_characters": Sort(
        "warning",
        "There are characters that nobody sees, or that show a text in another order; they are named.",
        "{place}: there are characters here that nobody sees ({names}): {raw}.",
        "Look at the page itself, and see whether the text says what it seems to say.",
    ),
    "hidden_field": Sort(
        "warning",
        "A value stands in a field that is hidden or on no page, though it was issued to be seen; the value is kept.",
        "{place}: {raw} stands here in a field that no page shows.",
        "Ask the account whether that is its answer.",
    ),
    "odd_field": Sort(
        "warning",
        "A reader found something else odd about a place that holds something.",
        "{place}: read as {raw}, but {note}.",
        "Look at the page itself.",
    ),
    "decided_otherwise": Sort(
        "warning",
        "A return that came in after a person decided says something else; the decision stands.",
        "{place}: decided as {decided} by {by}; a later return says {values}.",
        "Decide anew if the return is right: formwright answer {issue} {key} VALUE --by NAME --why TEXT",
    ),
    "stray": Sort(
        "warning",
        "Something in the return that was not issued: an extra field, a comment, text over a page. Never an answer.",
        "Not from our form{page}: {name}{value}.",
        "Read it, and enter what answers a question with: formwright answer {issue} KEY VALUE --by NAME --why TEXT",
    ),
}

FINDINGS: Final[Mapping[str, Severity]] = {
    "below_threshold": "info",
    "currency_missing": "warning",
    "from_after_to": "warning",
    "na_but_answered": "warning",
    "not_exactly_one": "warning",
    "not_of_type": "warning",
    "not_twelve_months": "warning",
    "other_not_chosen": "warning",
    "other_unspecified": "warning",
    "too_few_rows": "warning",
}
"""What kinds find between several answers of one question; their words are the kinds' own."""

REVIEW: Final = frozenset({"error", "warning"})
"""Severities of passed-on problems for which a person looks at the item; all of `SORTS` ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to see to; `item` and `key` are "" where it concerns the return as a whole."""

    code: str
    severity: Severity
    item: str
    key: str
    message: str
    fix: str = ""

    def as_json(self) -> dict[str, str | None]:
        """Return the problem as the record holds it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "item": self.item or None,
            "key": self.key or None,
            "message": self.message,
            "fix": self.fix or None,
        }


@dataclass(slots=True)
class Problems:
    """Collects the problems of one record and the items that they ask a person to look at."""

    issue: str
    found: dict[Problem, None] = field(default_factory=dict)
    review: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    """Code and key of what is noted already."""

    def add(self, code: str, /, *, item: str = "", key: str = "", review: bool = True, **facts: object) -> None:
        """Note a problem of our own table; `review`: a person is to look at its item."""
        sort = SORTS[code]
        words = {"issue": self.issue, "key": key, **facts}
        message = sort.message.format_map(words)
        problem = Problem(
            code=code,
            severity=sort.severity,
            item=item,
            key=key,
            message=message,
            fix=sort.fix.format_map(words),
        )
        self._note(problem, review)

    def pass_on(self, problem: Problem) -> None:
        """Note a problem that brings its own words (from a reader or a kind); one said twice is one."""
        self._note(problem, problem.severity in REVIEW)

    def _note(self, problem: Problem, review: bool) -> None:
        self.found.setdefault(problem)
        self.told.add((problem.code, problem.key))
        if review and problem.item:
            self.review.add(problem.item)


def quoted(value: object, limit: int = 60) -> str:
    """Return a value as it stands in a message: on one line, in quotes, cut in the middle of a long one."""
    text = shown(" ".join(str(value).split()))
    if len(text) > limit:
        text = f"{text[: limit * 2 // 3]} … {text[-limit // 4 :]}"
    return f"“{text}”" if text else "nothing"
