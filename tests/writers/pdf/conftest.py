"""Two compiled layouts, made once: the sample, and one of many pages."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

import layouts
from formwright.writers.pdf import Compiled, compile


@pytest.fixture(scope="session")
def sample() -> Compiled:
    return compile(layouts.sample(), sheets=1)


@pytest.fixture(scope="session")
def stress() -> Compiled:
    return compile(layouts.stress(), sheets=2)


@pytest.fixture
def pdf(sample: Compiled) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(sample.template)) as opened:
        yield opened
