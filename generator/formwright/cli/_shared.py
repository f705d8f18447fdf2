"""What several verbs need: the workspace, the clock, lines and a bar on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from formwright import hidden
from formwright.cli import Given

if TYPE_CHECKING:
    from formwright.workspace import Workspace

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def workspace_option(command: F) -> F:
    """Let a verb take -C too, as the group does."""

    def note(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.ensure_object(Given).workspace = value

    return click.option(
        "-C",
        "--workspace",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=note,
        help="The workspace's folder.",
    )(command)


def given() -> Given:
    """Return what was said before the verb."""
    return click.get_current_context().ensure_object(Given)


def opened() -> Workspace:
    """Return the workspace that the command is about, open; raises Unusable where there is none."""
    from formwright.workspace import Workspace, find

    return Workspace.open(find(given().workspace, Path.cwd()))


def perhaps_opened() -> Workspace | None:
    """Return the workspace, or None where none was named and none is around."""
    from formwright.workspace import NoWorkspace

    try:
        return opened()
    except NoWorkspace:
        if given().workspace is not None:
            raise
        return None


def now() -> str:
    """Return this moment, UTC, as events carry it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Return the local day: what a person would write on a letter."""
    return datetime.now().astimezone().date()


def user() -> str:
    """Return the name of who runs the command, "" where the system does not say."""
    return os.environ.get("USER") or os.environ.get("LOGNAME") or ""


def tracked(things: Iterable[T], words: str, total: int) -> Iterator[T]:
    """Yield `things`, with a bar on standard error while it is a terminal and there is something to wait for."""
    if total < 3 or not sys.stderr.isatty():
        yield from things
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(things, words, total=total, console=Console(stderr=True), transient=True)


YEARS = range(1990, 2201)
"""Years of issue; another one is a slip of the finger, and a number given out for it is never given out again."""
INDENT = 4
"""Columns by which what a line goes on with stands further in, on a terminal."""


def columns() -> int:
    """Return the width of the terminal that standard output is, 0 where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def tell(text: str, *, err: bool = False) -> None:
    """Print lines, whole into a pipe or a file, folded between words on a terminal that is narrower.

    What came from outside and would not be seen, or would steer the terminal, is escaped.
    """
    lines = [hidden.shown(line) for line in text.split("\n")]
    click.echo("\n".join(lines if err else (folded(line, columns()) for line in lines)), err=err)


def folded(line: str, width: int) -> str:
    """Return a line in several of at most `width` columns, the further ones indented; as it is for a width of 0."""
    if not width or len(line) <= width:
        return line
    margin = " " * (len(line) - len(line.lstrip()) + INDENT)
    parts = textwrap.wrap(line, width, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)
    return "\n".join(parts)


class Words(click.ParamType[str]):
    """What a person says in words: without characters that nobody writes, on one line unless `lines`.

    missing: what to write, where the words may not be left empty; "" where they may.
    """

    name = "text"

    def __init__(self, missing: str = "", *, lines: bool = False) -> None:
        self._missing, self._lines = missing, lines

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text as it is."""
        text = str(value)
        if self._missing and not text.strip():
            self.fail(f"it is empty. {self._missing}", param, ctx)
        if found := hidden.odd(text):
            self.fail(f"it has {found}. Write it without.", param, ctx)
        if not self._lines and hidden.breaks(text):
            self.fail("it has several lines. Write it on one line.", param, ctx)
        return text


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD, in a year in which somebody may issue a form."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date of a text."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2027-03-01.", param, ctx)
        if day.year not in YEARS:
            self.fail(f"{day} lies outside the years {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        return day


def examples(*lines: str) -> str:
    """Return the end of a verb's help: lines that can be typed as they stand."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def cache_folder() -> Path:
    """Return the folder of compiled layouts: FORMWRIGHT_CACHE, else the user's cache folder."""
    named = os.environ.get("FORMWRIGHT_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("formwright")


def fonts_folder() -> Path | None:
    """Return the folder of fonts that the package does not carry: FORMWRIGHT_FONTS, else a checkout's .cache/fonts."""
    named = os.environ.get("FORMWRIGHT_FONTS")
    if named:
        return Path(named)
    own = Path(__file__).resolve().parents[3] / ".cache" / "fonts"
    return own if own.is_dir() else None
