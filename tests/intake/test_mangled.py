"""No byte string gets more out of the worker than a return or a refusal (THREATS.md 3): cut, mangled, foreign."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from formwright.errors import Refused
from formwright.intake import sniff
from formwright.intake.worker import Worker
from formwright.issue import IssuedFile
from formwright.issuing import issue
from formwright.sending import Made
from test_issuing import order
from workspaces import visit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits need the resource module")

SAID = {
    "read", "empty", "not_a_form", "not_read_yet", "damaged", "truncated", "too_large", "needs_password",
}  # fmt: skip
"""All that may come of any bytes; `crashed` and `too_slow` are what a fault of ours would look like."""

pieces = some.one_of(
    some.binary(min_size=1, max_size=8),
    some.sampled_from(
        [b"endobj", b"stream\n", b"/Kids[1 0 R]", b"/Parent 1 0 R", b"<<", b">>", b"[" * 600, b"/Length 99999999"]
    ),
)
changes = some.lists(some.tuples(some.floats(0.004, 0.9999), some.integers(0, 400), pieces), max_size=5)
"""(place from just behind the header to 1, bytes that go, bytes that come)"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, IssuedFile]:
    """A small form as it was issued."""
    with visit(tmp_path_factory.mktemp("mangled") / "team") as workspace:
        (outcome,) = issue(workspace, order(workspace))
        assert isinstance(outcome, Made)
        return Path(outcome.paths[0]).read_bytes(), outcome.issue.files[0]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as made:
        yield made


def said(worker: Worker, data: bytes, file: IssuedFile) -> str:
    """Return what becomes of `data`: "read", or the code of the refusal."""
    try:
        format = sniff.format_of(data)
        worker.identify(format, data)
        raw = worker.extract(format, data, file.fields)
    except Refused as refused:
        return refused.code if refused.message and refused.fix else "wordless"
    assert len(raw.cells) == len({place.key for place in file.fields})
    return "read"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(end=some.floats(0, 1), done=changes, tail=some.sampled_from([b"", b"\n%%EOF\n", b"startxref\n0\n%%EOF\n"]))
def test_a_mangled_issue_is_read_or_refused(
    worker: Worker, sent: tuple[bytes, IssuedFile], end: float, done: list[tuple[float, int, bytes]], tail: bytes
) -> None:
    data, file = sent
    made = bytearray(data if end > 0.5 else data[: int(2 * end * len(data))])  # half of them whole, half of them cut
    for place, gone, piece in done:
        at = int(place * len(made))
        made[at : at + gone] = piece
    assert said(worker, bytes(made) + tail, file) in SAID


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(head=some.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]), rest=some.binary(max_size=300))
def test_foreign_bytes_are_refused(worker: Worker, sent: tuple[bytes, IssuedFile], head: bytes, rest: bytes) -> None:
    assert said(worker, head + rest, sent[1]) in SAID - {"read"}


def test_the_issue_itself_is_read(worker: Worker, sent: tuple[bytes, IssuedFile]) -> None:
    assert said(worker, *sent) == "read"
