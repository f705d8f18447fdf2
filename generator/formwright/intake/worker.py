"""Foreign files are read in a child process: a crash, a loop or a bomb costs one file, never the run.

    parent   keys, store           --- verb, format, manifest, bytes --->   child   pikepdf, no keys, no environment
             checks what comes     <-- JSON of plain values -----------              limits, replaced after 200 files

`Worker` is the parent's side, `main` the child's (`python -m formwright.intake.worker`). `InProcess` has the same
interface without a child: for benchmarks and tests, never for files from outside.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from threading import Timer
from types import TracebackType
from typing import Any, BinaryIO, Final, Protocol

from formwright.errors import Refused, Unusable
from formwright.intake import sniff, wire
from formwright.intake.limits import Limits, UnlimitedError, allow_seconds, apply
from formwright.raw import Compared, Identified, RawReturn
from formwright.readers import _base
from formwright.readers._base import Place, Reader

_START_SECONDS: Final = 60.0
_ASK_AGAIN: Final = "Ask the sender to save the form again, best with another program."


class Reading(Protocol):
    """Who reads foreign bytes: `Worker`, or `InProcess`. Both raise Refused, and nothing else for a file's sake."""

    def identify(self, format: str, data: bytes) -> Identified:
        """Return the tokens in a file, unverified."""

    def extract(self, format: str, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return one cell for each key of the manifest `places`."""

    def compare(self, format: str, data: bytes, issued: bytes, places: Sequence[Place]) -> Compared:
        """Return how what a file prints beside its fields differs from the issued file."""

    def close(self) -> None:
        """End what was started."""


class InProcess:
    """Reads in this process: as quick as can be, without limits."""

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}

    def identify(self, format: str, data: bytes) -> Identified:
        """Return the tokens in a file. Raises Refused."""
        return self._reader(format).identify(data)

    def extract(self, format: str, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return a file's cells. Raises Refused."""
        return self._reader(format).extract(data, places)

    def compare(self, format: str, data: bytes, issued: bytes, places: Sequence[Place]) -> Compared:
        """Return how a file's pages differ from the issued ones. Raises Refused."""
        return self._reader(format).compare(data, issued, places)

    def close(self) -> None:
        """Forget the last file."""
        self._readers.clear()

    def _reader(self, format: str) -> Reader:
        if format not in self._readers:
            self._readers[format] = _base.load(format)
        return self._readers[format]


class Worker:
    """A child process that reads many files, one after the other; a context manager."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._held: bytes | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def identify(self, format: str, data: bytes) -> Identified:
        """Return the tokens in a file. Raises Refused (also `crashed`, `too_slow`), Unusable if no child starts."""
        answer = self._ask({"verb": "identify", "format": format}, data)
        try:
            return wire.load_identified(answer)
        except wire.MalformedError:
            raise self._broken() from None

    def extract(self, format: str, data: bytes, places: Sequence[Place]) -> RawReturn:
        """Return a file's cells: every key of `places` once. Raises as `identify` does."""
        answer = self._ask({"verb": "extract", "format": format, "places": wire.dump_places(places)}, data)
        try:
            raw = wire.load_return(answer)
        except wire.MalformedError:
            raise self._broken() from None
        if not _complete(raw, places):
            raise self._broken()
        return raw

    def compare(self, format: str, data: bytes, issued: bytes, places: Sequence[Place]) -> Compared:
        """Return how a file's pages differ from the issued ones. Raises as `identify` does."""
        message = {"verb": "compare", "format": format, "at": len(data), "places": wire.dump_places(places)}
        try:
            return wire.load_compared(self._ask(message, data + issued))
        except wire.MalformedError:
            raise self._broken() from None

    def close(self) -> None:
        """End the child; a later question starts another."""
        process, self._process, self._held = self._process, None, None
        if process is None:
            return
        process.kill()
        process.communicate()

    def _ask(self, message: dict[str, Any], data: bytes) -> Any:
        """Return the child's answer within the time limit. Raises Refused."""
        if self._held is not data and self._files >= self._limits.files:
            self.close()
        process = self._process or self._start()
        held = self._held is data
        self._files += not held
        self._held = data
        clock = _Clock(process, self._limits.seconds)
        try:
            wire.send(_pipe(process.stdin), message | {"held": held}, b"" if held else data)
            frame = wire.receive(_pipe(process.stdout))
        except (OSError, wire.MalformedError):
            frame = None
        finally:
            clock.stop()
        if frame is None:
            raise self._died(process, late=clock.struck)
        answer = frame[0]
        if isinstance(answer, dict) and set(answer) == {"refused"}:
            raise self._refused(answer["refused"])
        if not isinstance(answer, dict) or set(answer) != {"said"}:
            raise self._broken()
        return answer["said"]

    def _start(self) -> subprocess.Popen[bytes]:
        """Return a new child that has said that it is ready. Raises Unusable if there is none."""
        process = _child(self._limits)
        self._process, self._files, self._held = process, 0, None
        clock = _Clock(process, _START_SECONDS)
        try:
            frame = wire.receive(_pipe(process.stdout))
        except wire.MalformedError:
            frame = None
        finally:
            clock.stop()
        if frame is None:
            self.close()
            message = "The process that reads returned files does not start."
            fix = "Run `python -m formwright.intake.worker` to see why; a lower limit on memory may be set for you."
            raise Unusable("no_worker", message, fix)
        if frame[0] != _READY:
            self.close()
            raise _unlimited(frame[0])
        return process

    def _died(self, process: subprocess.Popen[bytes], *, late: bool) -> Refused:
        """Return the refusal of the file that the child died of."""
        try:
            code = process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            code = 0
        self.close()
        if late or code == -getattr(signal, "SIGXCPU", signal.SIGTERM):
            return Refused(
                "too_slow", f"The file could not be read within {self._limits.seconds:g} seconds.", _ASK_AGAIN
            )
        return Refused("crashed", "The file made the program that reads it stop.", _ASK_AGAIN)

    def _refused(self, told: Any) -> Refused:
        if not isinstance(told, list) or len(told) != 3 or not all(isinstance(t, str) and len(t) < 2000 for t in told):
            return self._broken()
        if told[0] in _FATAL:
            self.close()
        return Refused(*told)

    def _broken(self) -> Refused:
        """Return the refusal of a file after which the child speaks nonsense."""
        self.close()
        return Refused("crashed", "The program that reads files gave no sensible answer for this one.", _ASK_AGAIN)


def _child(limits: Limits) -> subprocess.Popen[bytes]:
    """Start a child with as little of our environment as it can live with."""
    environment = {"PYTHONPATH": os.pathsep.join(os.path.abspath(path) for path in sys.path if path)}
    environment |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows needs it
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-s", "-m", __name__, str(limits.seconds), str(limits.memory)]
    return subprocess.Popen(
        [*command, str(limits.files), str(limits.open_files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=os.path.abspath(os.sep),
    )


def _unlimited(told: Any) -> Unusable:
    """Return what is told where a limit can't be set: what is read without it may stop the whole machine."""
    why = str(told.get("unlimited", "")) if isinstance(told, dict) else ""
    message = f"The process that reads returned files can't be held to its limits ({why}), so nothing is read."
    fix = "See `ulimit -a`; where a container or a service forbids limits, allow them or read on another machine."
    return Unusable("no_limits", message, fix)


class _Clock:
    """Kills a process after a time; `struck` tells whether it did."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.struck = False
        self._process = process
        self._timer = Timer(seconds, self._strike)
        self._timer.daemon = True
        self._timer.start()

    def _strike(self) -> None:
        self.struck = True
        self._process.kill()

    def stop(self) -> None:
        """Stop the clock."""
        self._timer.cancel()


def _complete(raw: RawReturn, places: Sequence[Place]) -> bool:
    """Tell whether a return has a cell for each issued key, in order, and behind them others at most once."""
    issued = list(dict.fromkeys(place.key for place in places))
    found = [cell.key for cell in raw.cells]
    return found[: len(issued)] == issued and len(set(found)) == len(found)


def _pipe(stream: Any) -> BinaryIO:
    return stream  # type: ignore[no-any-return]


# ---- the child ----------------------------------------------------------------------------------

_READY: Final = {"ready": True}
_FATAL: Final = ("too_large", "crashed")
"""After these the child's state is not to be trusted: it is replaced."""


def main(arguments: Sequence[str]) -> None:
    """Answer questions on standard input until it ends; `arguments`: seconds, memory, files, open files."""
    source = sys.stdin.buffer
    target = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (1, 2):  # what a library prints must not get between the frames
        os.dup2(nothing, handle)
    logging.disable(logging.CRITICAL)
    seconds, memory, files, open_files = (float(text) for text in arguments)
    limits = Limits(seconds=seconds, memory=int(memory), files=int(files), open_files=int(open_files))
    try:
        apply(limits)
    except UnlimitedError as error:
        wire.send(target, {"unlimited": str(error)})
        return
    reading = InProcess()
    for format in sniff.FORMATS:
        _base.load(format)  # the slow imports, before the clock runs
    gc.freeze()  # what is loaded stays: the collector need not look through it for each file
    wire.send(target, _READY)
    data = b""
    while (frame := wire.receive(source)) is not None:
        message, sent = frame
        data = data if message.get("held") else sent
        allow_seconds(limits.seconds)
        wire.send(target, answer(reading, message, data))


def answer(reading: Reading, message: Any, data: bytes) -> Any:
    """Return the answer to one question: what was said, or why the file is refused."""
    try:
        if message["verb"] == "identify":
            return {"said": wire.dump_identified(reading.identify(message["format"], data))}
        places = wire.load_places(message["places"])
        if message["verb"] == "compare":
            at = message["at"]
            return {"said": wire.dump_compared(reading.compare(message["format"], data[:at], data[at:], places))}
        return {"said": wire.dump_return(reading.extract(message["format"], data, places))}
    except Refused as refused:
        return {"refused": [refused.code, refused.message, refused.fix]}
    except MemoryError:
        return {"refused": ["too_large", "Reading the file takes more memory than a form ever needs.", _ASK_AGAIN]}
    except RecursionError:
        return {"refused": ["damaged", "The file is damaged: its parts are nested without end.", _ASK_AGAIN]}
    except BaseException as error:
        words = f"The file could not be read: the reader failed ({type(error).__name__})."
        return {"refused": ["crashed", words, _ASK_AGAIN]}


if __name__ == "__main__":
    main(sys.argv[1:])
