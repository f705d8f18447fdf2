"""`run` from elsewhere: the verb formwright works in the folder of its caller."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workspaces import visit_folder

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def ready() -> None:
    """Skip where `run` would first set something up: a test installs nothing."""
    script = [sys.executable, "-I", "-S", "tools/ready.py"]
    lacks = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    if lacks.returncode or lacks.stdout.strip():
        pytest.skip(f"not set up: {lacks.stdout.strip()}")


@pytest.mark.usefixtures("ready")
def test_the_verb_formwright_works_where_it_is_called(tmp_path: Path) -> None:
    visit_folder(tmp_path / "team")
    env = {name: value for name, value in os.environ.items() if name != "FORMWRIGHT_WORKSPACE"}
    words = [str(ROOT / "run"), "formwright", "check", "team"]
    ran = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "3 files: nothing is wrong.\n", "")
