"""The command line: one module for each verb, imported when it is used.

`formwright --help` loads none of the heavy packages (a test holds it). Errors are told once, on standard error, in
plain words. Exit codes: 0 done; 1 something was refused or failed, the rest was done; 2 wrong use.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from formwright import __version__
from formwright.errors import FormwrightError
from formwright.hidden import shown

VERBS = {
    "new": "Start a workspace; make a key.",
    "issue": "Make questionnaires for accounts and record them.",
    "read": "Read returned files into records.",
    "answer": "Record what was said on the telephone or read by a person.",
    "records": "Show what is known of each issue by now.",
    "plan": "Start the action plan of an account; find what it lacks.",
    "check": "Find what is wrong in definitions, accounts and overlays.",
    "show": "Show what a definition asks, or what an account is asked.",
    "forms": "List the definitions.",
    "kinds": "List the kinds of items.",
    "formats": "List the formats of files.",
}
"""Verb -> the one line of its help; `cli/<verb>.py` has the command."""

EPILOG = """\b
Examples:
  formwright new workspace accounts-2027
  formwright issue account_management northwind --date 2027-03-01
  formwright read returns/
Every verb has --help with examples of its own.
"""


@dataclass(slots=True)
class Given:
    """What was said before the verb: the workspace's folder, and whether to show tracebacks."""

    workspace: Path | None = None
    debug: bool = False


class Verbs(click.Group):
    """A group whose commands are imported by name when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"formwright.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            error = click.exceptions.NoSuchCommand(args[0], possibilities=VERBS, ctx=ctx)
            if not error.possibilities:
                message = f"No such command {args[0]!r}. There are: {', '.join(VERBS)}."
                error = click.exceptions.NoSuchCommand(args[0], message, ctx=ctx)
            raise error
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="formwright")
@click.option(
    "-C",
    "--workspace",
    type=click.Path(path_type=Path),
    envvar="FORMWRIGHT_WORKSPACE",
    show_envvar=True,
    help="The workspace's folder. [default: the first folder from here upwards that has a formwright.toml]",
)
@click.option("--debug", is_flag=True, help="Show where an unexpected error comes from.")
@click.pass_context
def group(context: click.Context, workspace: Path | None, debug: bool) -> None:
    """Structured definitions go out as fillable forms and come back as records."""
    context.obj = Given(workspace, debug)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = group.main(words, prog_name="formwright", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except FormwrightError as error:
        click.echo(shown(str(error)), err=True)
        return 1
    except PermissionError as error:
        told = f"{error.filename} can't be used: you may not. Check its rights and those of the folders above it."
        click.echo(shown(told), err=True)
        return 1
    except Exception as error:
        return _unexpected(error, words)
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception, words: Sequence[str]) -> int:
    """Tell an error of ours in one line (with --debug in full): what happened, and what to send to whom."""
    if "--debug" in words:
        traceback.print_exc()
    said = " ".join(str(error).split())[:300]
    click.echo(
        f"Something went wrong that should not: {type(error).__name__}: {said} "
        "This is a fault of Formwright. Run the command again as formwright --debug ..., and report what it prints.",
        err=True,
    )
    return 1
