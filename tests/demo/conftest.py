"""The story of the demo, which the tests of a session have told once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import redis

from marketplace.demo.story.stage import Stage
from marketplace.embedded.address import address_of, port_of
from tests.given.pictured import WHOLE
from tests.given.told import Told, copy_world, database_of, reading, told_in
from tests.plugins.databases import shared_folder


@pytest.fixture(scope="session")
def told(pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: Any) -> Told:
    """Return the story as the command told it, killed once."""
    with django_db_blocker.unblock():
        return told_in(shared_folder(pytestconfig))


@pytest.fixture(scope="module")
def played(
    told: Told,
    django_db_blocker: Any,
    valkey: redis.Redis,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """Have a copy of the world to which the command has come that told the story in small.

    Valkey takes the tasks that the reactions start; here nobody but the test works them off.
    """
    var = told.copy(tmp_path_factory.mktemp("story") / "var").var
    with django_db_blocker.unblock(), reading(var, told.port) as stage:
        yield stage


@pytest.fixture(scope="module")
def whole(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Have a copy of the world of the whole demo."""
    if not database_of(WHOLE).exists():
        pytest.skip("Nobody told the whole demo here: .ci/run and `make docs-images` do.")
    var = tmp_path_factory.mktemp("whole") / "var"
    copy_world(WHOLE, var)
    with django_db_blocker.unblock(), reading(var, port_of(address_of(var)), rows=None) as stage:
        yield stage
