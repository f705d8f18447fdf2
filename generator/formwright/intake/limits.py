"""What one file may cost, and how a child process is held to it.

Time is limited on every system (the parent kills); memory, file size and open files only where the `resource` module
is (not on Windows). Where it is, a limit that cannot be set is an error: foreign bytes are read within limits or not
at all. macOS alone may refuse the limit on memory, which it does not know.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment]


class UnlimitedError(Exception):
    """A limit could not be set; the text names it and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """seconds: wall clock for one file; memory: bytes of address space of the worker; files: after so many a worker
    is replaced, so that nothing which leaks or was spoilt lives long."""

    seconds: float = 20.0
    memory: int = 1 << 30
    files: int = 200
    open_files: int = 64


def apply(limits: Limits) -> None:
    """Hold this process to `limits` for the rest of its life; no file that it writes may have any length.

    Raises UnlimitedError where the system refuses one of them.
    """
    if resource is None:
        return
    for what, name, amount in (
        (resource.RLIMIT_AS, "memory", limits.memory),
        (resource.RLIMIT_FSIZE, "the size of files", 0),
        (resource.RLIMIT_NOFILE, "open files", limits.open_files),
        (resource.RLIMIT_CORE, "the size of core dumps", 0),
        (resource.RLIMIT_CPU, "processor time", int(limits.seconds * (limits.files + 1)) + 1),
    ):
        if what == resource.RLIMIT_AS and sys.platform == "darwin":
            continue
        _, hard = resource.getrlimit(what)
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        try:
            resource.setrlimit(what, (amount, amount))
        except (ValueError, OSError) as error:
            raise UnlimitedError(f"{name}: {error}") from error


def allow_seconds(seconds: float) -> None:
    """Let this process use `seconds` of processor time from now on: a second line behind the parent's clock.

    A system that refuses it leaves in force what `apply` has set."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
