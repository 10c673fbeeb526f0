"""Fixtures of the journeys."""

from __future__ import annotations

import logging

import pytest

from tests.conftest import ApiClients, PageClients
from tests.given.junk import Wild


@pytest.fixture
def wildly(page_of: PageClients, api_of: ApiClients) -> Wild:
    """Return the sender of wild values."""
    return Wild(page_of, api_of)


@pytest.fixture(autouse=True)
def _no_line_for_each_refusal(caplog: pytest.LogCaptureFixture) -> None:
    """Note no line for each of thousands of refusals; what breaks is raised to the test."""
    caplog.set_level(logging.CRITICAL, logger="django.request")
