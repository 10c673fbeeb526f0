"""The environment of the program that tests data contracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.environments import python_of


@pytest.fixture(scope="session")
def contracts(pytestconfig: pytest.Config) -> Path:
    """Return the Python of the judge of contracts."""
    return python_of("contracts", pytestconfig)
