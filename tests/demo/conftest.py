"""The story of the demo, which the tests of a session have told once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.given.told import Told, told_in
from tests.plugins.databases import shared_folder


@pytest.fixture(scope="session")
def told(pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: Any) -> Told:
    """Return the story as the command told it, killed once."""
    with django_db_blocker.unblock():
        return told_in(shared_folder(pytestconfig))
