"""The office of the tests with other programs: a copy of the sample workspace, which issues when it is asked, and
reads."""

from __future__ import annotations

import fcntl
import shutil
from datetime import date
from pathlib import Path

import pytest

from formwright import issuing, reading
from formwright.cli._shared import cache_folder, fonts_folder
from formwright.intake.worker import InProcess, Reading
from formwright.reading import Taken
from formwright.record import Record
from formwright.sending import Failed, Made, Order
from formwright.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ACCOUNTS = ("lantern_loom", "harborlight", "tidewater_brokers")


class Office:
    """A copy of the sample workspace; issues a questionnaire when it is first asked for, and reads what comes back."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(SAMPLES / "workspace", folder / "workspace")
        for key in (folder / "workspace" / "keys").iterdir():
            key.chmod(0o600)
        self.folder = folder
        self.workspace = Workspace.open(folder / "workspace")
        self._made: dict[str, Made] = {}

    def issue(self, account: str) -> Made:
        """Return the issue of a sample account. Skips the test where its fonts are not installed."""
        if account not in self._made:
            self._made[account] = self._issue(account)
        return self._made[account]

    def read(self, path: Path, reader: Reading | None = None) -> Record:
        """Return the record of one file, read by itself."""
        reader = reader or InProcess()
        (outcome,) = reading.read(self.workspace, [path], reader, at="2027-02-15T10:00:00Z", alone=True)
        assert isinstance(outcome, Taken), outcome
        return outcome.record

    def _issue(self, account: str) -> Made:
        order = Order(
            definition="account_management",
            accounts=(account,),
            on=date(2027, 1, 11),
            due=date(2027, 2, 26),
            at="2027-01-11T09:00:00Z",
            out=self.folder / "out",
            cache=cache_folder(),
            fonts=fonts_folder(),
        )
        order.cache.mkdir(parents=True, exist_ok=True)
        with (order.cache / "tests.lock").open("w") as lock:  # what one worker compiles, the others find in the cache
            fcntl.flock(lock, fcntl.LOCK_EX)
            (made,) = issuing.issue(self.workspace, order)
        if isinstance(made, Failed):
            if fonts_folder() is None:
                pytest.skip("the fonts for Chinese are not installed")
            raise made.error
        return made
