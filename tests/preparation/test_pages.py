"""Pages ask a fixed number of questions, however much there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.doors import compared, pictured
from tests.preparation.towns import CITY

pytestmark = pytest.mark.django_db

QUERIES = {
    "run_list": 8,
    "preparation_detail": 28,
    "policy_confirm": 20,
    "hierarchy_edit": 16,
    "tradeoff_detail": 18,
    "comparison_detail": 14,
    "risk_report_detail": 14,
}
"""With session, person and roles, which every page reads, and what the rules of its acts ask."""


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


def wider() -> str:
    """Return the table of people with more columns."""
    header, _end, rows = given.people().partition("\n")
    more = "".join(f",x{number}" for number in range(8))
    return "\n".join([header + more, *(row + ",1" * 8 for row in rows.splitlines()), ""])


def test_pages_of_columns(world: World, page_of: PageClients) -> None:
    client = page_of("officer")
    for table, title in (("", "People"), (wider(), "More of people")):
        version = given.classified_version(world, table=table, title=title)
        given.looking(world, version, column="city")
        for route, more in (("policy_confirm", {}), ("hierarchy_edit", {"position": CITY})):
            assert asked(client, route, pk=version.pk, **more) == QUERIES[route], route


def test_pages_of_studies(world: World, page_of: PageClients) -> None:
    client = page_of("officer")
    drawn, source = pictured(world)["pk"], compared(world)["pk"]
    assert asked(client, "tradeoff_detail", pk=drawn) == QUERIES["tradeoff_detail"]
    assert asked(client, "comparison_detail", pk=source) == QUERIES["comparison_detail"]
    given.masked(world, DatasetVersion.objects.get(pk=source))
    assert asked(client, "comparison_detail", pk=source) == QUERIES["comparison_detail"]


def test_page_of_a_report(world: World, page_of: PageClients) -> None:
    client = page_of("officer")
    for table, title in (("", "People"), (wider(), "More of people")):
        report = given.passed_report(world, table=table, title=title)
        assert asked(client, "risk_report_detail", pk=report.pk) == QUERIES["risk_report_detail"]
