"""The environment of the program that judges lineage events."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.environments import python_of


@pytest.fixture(scope="session")
def lineage(pytestconfig: pytest.Config) -> Path:
    """Return the Python of the judge of lineage."""
    return python_of("lineage", pytestconfig)
