"""The environment of programs that judge what this library judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.environments import python_of


@pytest.fixture(scope="session")
def judges(pytestconfig: pytest.Config) -> Path:
    """Return the Python of the judges."""
    return python_of("judges", pytestconfig)
