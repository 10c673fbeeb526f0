"""Pages ask a fixed number of questions, however much there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World

pytestmark = pytest.mark.django_db

QUERIES = {"run_list": 6, "preparation_detail": 13}
"""With session, person and roles, which every page reads."""


def asked(client: Client, route: str, **arguments: Any) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(route, kwargs=arguments)).status_code == 200
    return len(captured)


def test_list_of_runs(world: World, page_of: PageClients) -> None:
    given.queued_profile(world)
    client = page_of("officer")
    assert asked(client, "run_list") == QUERIES["run_list"]
    for number in range(3):
        given.queued_profile(world, title=f"Table {number}")
    assert asked(client, "run_list") == QUERIES["run_list"]


def test_page_of_a_version(world: World, page_of: PageClients) -> None:
    version = given.passed_report(world).version.parent
    assert version is not None
    client = page_of("officer")
    assert asked(client, "preparation_detail", pk=version.pk) == QUERIES["preparation_detail"]
    given.masked(world, version)
    assert asked(client, "preparation_detail", pk=version.pk) == QUERIES["preparation_detail"]
