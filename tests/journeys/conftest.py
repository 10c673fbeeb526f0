"""Fixtures of the journeys."""

from __future__ import annotations

import pytest

from tests.conftest import ApiClients, PageClients
from tests.given.junk import Wild


@pytest.fixture
def wildly(page_of: PageClients, api_of: ApiClients) -> Wild:
    """Return the sender of wild values."""
    return Wild(page_of, api_of)
