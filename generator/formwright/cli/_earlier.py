"""The issues that an account got before, and still has to answer, when it gets another of the same questionnaire."""

from __future__ import annotations

from formwright import reading
from formwright.issue import Issue
from formwright.records.store import IssueLine
from formwright.workspace import Workspace

CLOSED = {"withdrawn", "superseded"}
"""Events after which an issue is open no more."""


class Earlier:
    """What went out before a run of `issue`: by the time that its own issues are stored, they can't be told apart."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lines: dict[tuple[str, str], list[IssueLine]] = {}
        for line in workspace.store.issues():
            self._lines.setdefault((line.account, line.definition), []).append(line)

    def notice(self, made: Issue) -> str:
        """Return what a person should know of a new issue: which older ones of its questionnaire are open; "" for none.

        It stops nothing: to ask a company again next year is as it should be.
        """
        lines = self._lines.get((made.account, made.definition), [])
        told = [f"{line.id} of {line.issued_on} ({said})" for line in lines if (said := self._standing(line.id))]
        if not told:
            return ""
        many = len(told) > 1
        return (
            f"{', '.join(told)} {'ask' if many else 'asks'} the same, and {'are' if many else 'is'} still open. "
            "Each issue has a record of its own: tell the account which one to fill in."
        )

    def _standing(self, id: str) -> str:
        """Return what has come back of an open issue, in words; "" for one that is answered, withdrawn or replaced."""
        issue = reading.issue_of(self._workspace, id)
        if not issue.is_form:
            return ""
        kinds = {event.kind for event in self._workspace.store.events(id)}
        if kinds & CLOSED:
            return ""
        if not kinds & {"received", "answered"}:
            return "nothing has come back"
        record = reading.record_of(self._workspace, issue)
        return "" if record.status == "complete" else "answered in part"
