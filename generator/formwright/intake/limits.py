"""What one file may cost, and how a child process is held to it.

Time is limited on every system (the parent kills); memory, file size and open files only where the `resource` module
is (not on Windows; macOS does not enforce the memory limit).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

try:
    import resource
except ModuleNotFoundError:  # Windows
    resource = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """seconds: wall clock for one file; memory: bytes of address space of the worker; files: after so many a worker
    is replaced, so that nothing which leaks or was spoilt lives long."""

    seconds: float = 20.0
    memory: int = 1 << 30
    files: int = 200
    open_files: int = 64


def apply(limits: Limits) -> None:
    """Hold this process to `limits` for the rest of its life; no file that it writes may have any length."""
    if resource is None:
        return
    for what, amount in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(limits.seconds * (limits.files + 1)) + 1),
    ):
        _, hard = resource.getrlimit(what)
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        with suppress(ValueError, OSError):  # macOS knows some limits by name only
            resource.setrlimit(what, (amount, amount))


def allow_seconds(seconds: float) -> None:
    """Let this process use `seconds` of processor time from now on: a second line behind the parent's clock."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
