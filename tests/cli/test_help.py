"""The command line as such: help, wrong use, exit codes, what is imported when."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from formwright import cli
from formwright.cli import VERBS, main

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "weasyprint",
    "pikepdf",
    "pypdf",
    "sqlalchemy",
    "alembic",
    "fontTools",
    "babel",
    "pydantic",
    "ruamel.yaml",
    "rich",
    "jinja2",
    "asyncio",
)


def all_commands() -> dict[str, click.Command]:
    context = click.Context(cli.group)
    found = {}
    for verb in VERBS:
        command = cli.group.get_command(context, verb)
        assert command is not None
        found[verb] = command
        for name, below in getattr(command, "commands", {}).items():
            found[f"{verb} {name}"] = below
    return found


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["nonsense"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom formwright.cli import main\n"
        f"code = main({words!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "generator", check=True
    )
    assert ran.stdout.splitlines()[-1] == f"[] {2 if words == ['nonsense'] else 0}"


def test_the_help_of_no_verb_loads_anything_heavy() -> None:
    """Each verb says what it does before it loads what it does it with."""
    words = [[*name.split(), "--help"] for name in all_commands()]
    code = (
        "import sys\nfrom formwright.cli import main\n"
        f"codes = [main(words) for words in {words!r}]\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], set(codes))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "generator", check=True
    )
    assert ran.stdout.splitlines()[-1] == "[] {0}"
    assert ran.stdout.count("Usage: formwright ") == len(words)


@pytest.mark.parametrize(("name", "command"), all_commands().items())
def test_each_verb_has_help_with_an_example_of_itself(name: str, command: click.Command) -> None:
    assert command.help
    assert command.epilog is not None
    assert "Examples:" in command.epilog
    examples = [line.strip() for line in command.epilog.splitlines() if line.strip().startswith("formwright")]
    assert examples
    assert all(name.split()[-1] in line for line in examples)


@pytest.mark.parametrize("command", all_commands().values(), ids=all_commands())
def test_each_option_has_help(command: click.Command) -> None:
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name


def test_the_list_of_verbs_says_what_each_verb_says_of_itself() -> None:
    for verb, line in VERBS.items():
        command = all_commands()[verb]
        if verb in {"new", "kinds", "formats"}:
            continue  # their first line is longer than the list's, or the list's own
        assert command.help is not None
        assert line


def test_the_reference_has_each_verb_and_each_option() -> None:
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    for name, command in all_commands().items():
        if name == "new":
            continue
        assert f"\n## {name}" in text, name
        part = text.split(f"\n## {name}", 1)[1].split("\n## ", 1)[0]
        for option in command.params:
            if isinstance(option, click.Option) and "--help" not in option.opts:
                assert option.opts[-1] in part or option.opts[-1] == "--workspace", f"{name} {option.opts[-1]}"


def test_a_verb_that_is_nearly_one_of_ours_is_offered(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["isue", "x"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "No such command 'isue'. Did you mean 'issue'?" in err


def test_where_no_verb_is_near_all_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["zzz"]) == 2
    assert f"No such command 'zzz'. There are: {', '.join(VERBS)}." in capfd.readouterr().err


def test_wrong_use_is_exit_code_2(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["issue"]) == 2
    assert main(["issue", "visit", "northwind", "--date", "01/02/2027"]) == 2
    assert main(["issue", "visit", "northwind", "--date", "2027-03-01", "--due", "2027-03-01"]) == 2
    err = capfd.readouterr().err
    assert "Missing argument 'DEFINITION'" in err
    assert "'01/02/2027' is not a date such as 2027-03-01." in err
    assert "2027-03-01 is not after the date of issue, 2027-03-01." in err


def test_where_there_is_no_workspace_the_cure_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORMWRIGHT_WORKSPACE", raising=False)
    assert main(["issue", "account_management", "northwind"]) == 1
    assert capfd.readouterr().err == (
        f"There is no formwright.toml in {tmp_path} or a folder above it. Make one with: formwright new workspace DIR. "
        "Or name one with -C DIR or FORMWRIGHT_WORKSPACE.\n"
    )


def test_a_fault_of_ours_is_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("some\nkey")

    monkeypatch.setattr(cli.group, "main", broken)
    assert main(["kinds"]) == 1
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("Something went wrong that should not: KeyError: 'some\\nkey'")
    assert main(["--debug", "kinds"]) == 1
    assert "Traceback" in capfd.readouterr().err


def test_new_workspace_says_what_to_do_next(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "team"
    assert main(["new", "workspace", str(folder), "--email", "returns@nasc.example"]) == 0
    out = capfd.readouterr().out
    assert out.startswith(f"Made the workspace {folder}, with a new key (K1).\nNext:\n")
    assert main(["new", "workspace", str(folder)]) == 1
    assert capfd.readouterr().err == f"{folder} is not empty. Name a new folder.\n"
    second = tmp_path / "other"
    main(["new", "workspace", str(second)])
    assert (folder / "keys" / "K1").read_bytes() != (second / "keys" / "K1").read_bytes()


def test_kinds_and_formats_are_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["kinds"]) == 0
    assert "\nmatrix " in capfd.readouterr().out
    assert main(["formats"]) == 0
    assert capfd.readouterr().out == "docx     issue, read\npdf      issue, read\n"
