"""The questionnaire as issued to the three sample accounts, made once for all tests with other programs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from formwright.sending import Made
from programs.office import ACCOUNTS, Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("office"))
    yield office
    office.workspace.close()


@pytest.fixture
def harborlight(office: Office) -> Made:
    return office.issue("harborlight")


@pytest.fixture(scope="session", params=ACCOUNTS)
def made(request: pytest.FixtureRequest, office: Office) -> Made:
    """One issue after the other: Lantern & Loom (Chinese names), Harborlight, Tidewater."""
    return office.issue(request.param)
