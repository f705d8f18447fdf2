"""The command, run in a fresh workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from formwright.cli import main
from workspaces import Tell, visit_folder


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Tell:
    """Run a verb in a fresh workspace; return exit code, standard output, standard error."""
    monkeypatch.chdir(visit_folder(tmp_path / "team"))
    monkeypatch.delenv("FORMWRIGHT_WORKSPACE", raising=False)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capfd.readouterr()
        return code, said.out, said.err

    return run
