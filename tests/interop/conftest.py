"""The environment of the buyers' tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.environments import python_of


@pytest.fixture(scope="session")
def tools(pytestconfig: pytest.Config) -> Path:
    """Return the Python of the buyers' tools."""
    return python_of("interop", pytestconfig)
