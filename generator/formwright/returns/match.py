"""Which issue a returned file belongs to: known from its signed token alone, never from its name or sender.

    tokens of all carriers -> one issue? -> key known? -> issue known? -> genuine? -> matched, or Refused

One carrier that survived is enough; all that did must agree. A withdrawn or superseded issue matches, with a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from formwright import token
from formwright.errors import Refused
from formwright.issue import Issue, IssuedFile
from formwright.raw import FoundToken, Identified, RawProblem
from formwright.returns.problems import quoted
from formwright.token import Token

_NAMED: Final = ("field", "info", "custom")
"""Carriers that hold a token and nothing else: what stands there and is none was altered."""
_TOLD: Final = 3
"""So many codes that can't be read are named."""
_WHERE: Final = {
    "field": "the hidden field",
    "info": "the document properties",
    "xmp": "the metadata",
    "attachment": "the attached file",
    "id": "the file identifier",
    "page_text": "the text",
    "qr": "the code",
    "custom": "the document properties",
    "identifier": "the document's identifier",
    "bookmark": "a bookmark",
    "header": "the head or foot",
    "alt": "the code's alternative text",
    "hidden": "the hidden text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What became of an issue since it went out. by: the issue that supersedes it; on: ISO date."""

    state: Literal["open", "withdrawn", "superseded"] = "open"
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The issue of a return, and what is to be told about how it was found."""

    issue: Issue
    problems: tuple[RawProblem, ...] = ()


def match(
    identified: Identified,
    find_issue: Callable[[str], Issue | None],
    find_secret: Callable[[str], bytes | None],
    status: Callable[[str], Status] = lambda _: Status(),
) -> Matched:
    """Return the issue that a file is a return of.

    `find_issue` takes an issue id, `find_secret` a key id, `status` an issue id. Raises Refused: foreign, forged,
    carriers_disagree, unknown_key, unknown_issue, not_a_form, flattened.
    """
    tokens = _parsed(identified)
    first = tokens[0][1]
    _agree(tokens)
    secret = find_secret(first.key)
    if secret is None:
        raise _unknown_key(first)
    issue = find_issue(first.issue)
    if issue is None:
        raise _unknown_issue(first)
    for found, one in tokens:
        genuine = one.key == issue.key_id and token.verify(
            one, secret, workspace=issue.workspace, account=issue.account, fingerprint=issue.form_fingerprint
        )
        if not genuine:
            raise _forged(found)
    if not issue.is_form:
        raise _not_a_form(issue)
    if not identified.fields:
        raise _flattened(issue)
    problems = (*_unread(identified), *_pages(tokens, identified, issue), *_events(issue, status(issue.id)))
    return Matched(issue=issue, problems=problems)


def _parsed(identified: Identified) -> list[tuple[FoundToken, Token]]:
    """Return the tokens of a file with their parts, at least one."""
    tokens = []
    for found in identified.tokens:
        one = token.parse(found.text)
        if one is not None:
            tokens.append((found, one))
        elif found.carrier in _NAMED:
            raise _forged(found)
    if not tokens:
        raise Refused(
            "foreign",
            "This is not one of our forms, or nothing in it says which: no carrier of its code is left.",
            "Ask the sender for the form that we sent, filled in and saved, not printed or scanned.",
        )
    return tokens


def _agree(tokens: list[tuple[FoundToken, Token]]) -> None:
    """Raise Refused where carriers name different issues: parts of two forms were put together. One issue is signed
    with one key: where it is named with two, one of them was put there by somebody else."""
    named = {one.issue: found for found, one in tokens}
    keys = {one.key: found for found, one in tokens}
    if len(named) == 1 and len(keys) > 1:
        told = "; ".join(f"{key} in {_place(found)}" for key, found in keys.items())
        raise Refused("forged", f"The form's code names {tokens[0][1].issue} with different keys: {told}.", _FORGED)
    if len(named) > 1:
        told = "; ".join(f"{issue} in {_place(found)}" for issue, found in named.items())
        raise Refused(
            "carriers_disagree",
            f"Parts of this file belong to different issues: {told}.",
            "Ask the sender to return each form in a file of its own, as it was saved.",
        )


def _unread(identified: Identified) -> tuple[RawProblem, ...]:
    """Return the problem of carriers with something in them that is no token, beside those that name the issue."""
    odd = [found for found in identified.tokens if token.parse(found.text) is None]
    if not odd:
        return ()
    told = ", ".join(f"{_place(found)} ({quoted(found.text)})" for found in odd[:_TOLD])
    more = f", and {len(odd) - _TOLD} more" if len(odd) > _TOLD else ""
    message = f"There is a code that is none of ours, or can't be read, in {told}{more}."
    fix = "See where it comes from. The issue is known by the codes that can be read."
    return (RawProblem(code="code_unread", message=message, fix=fix),)


def _pages(tokens: list[tuple[FoundToken, Token]], identified: Identified, issue: Issue) -> tuple[RawProblem, ...]:
    """Return the problem of pages that stand elsewhere than in the issued file, or twice: known by their codes, or else
    by what they draw (then in another order only: of pages that are lost or added another problem tells)."""
    pages = [(found.page, one.page) for found, one in tokens if found.page and one.page and found.carrier == "qr"]
    pages = pages or _by_prints(identified, issue)
    away = [f"page {issued} stands as page {here}" for here, issued in pages if here != issued]
    if not away:
        return ()
    told = ", ".join(away[:_TOLD]) + (f", and {len(away) - _TOLD} more" if len(away) > _TOLD else "")
    fix = "Nothing is to be done if all pages are there."
    problem = RawProblem(
        code="pages_moved", message=f"The pages are in another order: {told}.", fix=fix, severity="info"
    )
    return (problem,)


def _by_prints(identified: Identified, issue: Issue) -> list[tuple[int, int]]:
    """Return (page, issued page) of the pages that draw byte for byte what one of ours does, none if in our order."""
    known = {drawn: number for file in issue.files for number, drawn in enumerate(file.prints, 1)}
    pages = [(here, known[drawn]) for here, drawn in enumerate(identified.prints, 1) if drawn in known]
    issued = [number for _, number in pages]
    return pages if issued != sorted(issued) else []


def added_pages(pages: int, file: IssuedFile, told: Iterable[RawProblem]) -> tuple[RawProblem, ...]:
    """Return the problem of a file with more pages than were issued, where a reader has not told of them already."""
    issued = len(file.pages)
    if pages <= issued or any(problem.code == "pages_added" for problem in told):
        return ()
    message = f"The file has {pages} pages; {issued} {'was' if issued == 1 else 'were'} issued."
    fix = "See what stands on the others: comments, fields and words on them are reported, nothing else."
    return (RawProblem(code="pages_added", message=message, fix=fix),)


def as_issued(sha256: str, file: IssuedFile) -> tuple[RawProblem, ...]:
    """Return the problem of a return that is ours as it was sent, byte for byte.

    A file that lost all that was saved after us looks the same: its cut can't be seen in it.
    """
    if sha256 != file.sha256:
        return ()
    message = "This is our file just as it was sent: nothing was saved in it, or its end was lost on the way."
    return (RawProblem(code="as_issued", message=message, fix="Ask the sender whether anything was filled in."),)


def _events(issue: Issue, status: Status) -> tuple[RawProblem, ...]:
    """Return the problem of an issue that no longer counts."""
    on = f" on {status.on}" if status.on else ""
    if status.state == "withdrawn":
        message = f"The issue {issue.id} was withdrawn{on}; this return of it came all the same."
        fix = "Decide whether its answers are of use, and tell the sender."
        return (RawProblem(code="issue_withdrawn", message=message, fix=fix),)
    if status.state == "superseded":
        message = f"The issue {issue.id} was replaced{f' by {status.by}' if status.by else ''}{on}."
        fix = "Ask for a return of the newer one; these answers stay with the old one."
        return (RawProblem(code="issue_superseded", message=message, fix=fix),)
    return ()


def _place(found: FoundToken) -> str:
    words = _WHERE.get(found.carrier, found.carrier)
    return f"{words} on page {found.page}" if found.page else words


_FORGED: Final = (
    "Treat the file with care, and ask the account, by a known telephone number or address, for the form as it "
    "was sent."
)


def _forged(found: FoundToken) -> Refused:
    message = f"The form's code in {_place(found)} was altered: it does not fit the issue that it names."
    return Refused("forged", message, _FORGED)


def _unknown_key(one: Token) -> Refused:
    return Refused(
        "unknown_key",
        f"The form says that it is issue {one.issue}, signed with the key {one.key}, which is not in this workspace.",
        "Read it in the workspace that issued it, or restore its key from the backup.",
    )


def _unknown_issue(one: Token) -> Refused:
    return Refused(
        "unknown_issue",
        f"The form says that it is issue {one.issue}, which this workspace did not make.",
        "Read it in the workspace that issued it; if it was this one, restore its store from the backup.",
    )


def _not_a_form(issue: Issue) -> Refused:
    return Refused(
        "not_a_form",
        f"This is our {issue.document} {issue.id} to {issue.account_name}, not a form: there is nothing to fill in.",
        "Ask the sender what they meant to send; what is written on it, a person reads.",
    )


def _flattened(issue: Issue) -> Refused:
    return Refused(
        "flattened",
        f"This is a return of issue {issue.id} ({issue.account_name}), but it was printed or flattened: it has no "
        "fields any more, and this version reads fields only.",
        "Ask for the file as it was saved (Save, not Print to PDF), or enter the answers: "
        f"formwright answer {issue.id} KEY VALUE --by NAME --why TEXT (keys: formwright show {issue.id} --keys).",
    )
