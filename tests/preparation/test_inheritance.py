"""What was decided for earlier data is proposed for newer data, as far as it still fits."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.inheritance import inherited_of
from marketplace.preparation.column.models import ColumnHierarchy
from marketplace.preparation.column.selectors import (
    earlier_hierarchies,
    hierarchy_of,
    inheritable_columns,
)
from marketplace.preparation.column.services import inherit_hierarchies, set_hierarchy
from marketplace.preparation.policy.proposals import policy_to_decide
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.towns import CITY, TOWNS

pytestmark = pytest.mark.django_db

SEXES = [["F", "*"], ["M", "*"]]


def newer(world: World, *, table: str) -> DatasetVersion:
    """Return newer data of a dataset for which levels of towns and sexes were decided."""
    first = given.classified_version(world)
    set_hierarchy(first.pk, column="city", rows=TOWNS, by=world.actor("officer"))
    set_hierarchy(first.pk, column="sex", rows=SEXES, by=world.actor("officer"))
    return given.next_version(world, first, table=table)


def with_new_town() -> str:
    """Return the table of people with a town that was not in it before."""
    return given.people().replace("Xiamen", "Zhangzhou", 1)


def test_what_names_every_value_is_taken_over(world: World) -> None:
    version = newer(world, table=given.people(48))
    assert ColumnHierarchy.objects.filter(version=version).count() == 0, "only proposed"
    assert [one.covers for one in inherited_of(version)] == [True, True]
    assert inheritable_columns(version) == ["city", "sex"]
    inherit_hierarchies(version.pk, by=world.actor("officer"))
    kept = hierarchy_of(version, "city")
    assert kept is not None
    assert kept.rows == TOWNS
    rules = {one["name"]: one for one in policy_to_decide(version).policy.to_dict()["columns"]}
    assert rules["city"]["options"] == {"hierarchy": TOWNS}
    assert earlier_hierarchies(version) == []
    assert inheritable_columns(version) == []
    assert inherit_hierarchies(version.pk, by=world.actor("officer")) == []


def test_new_values_are_named_and_their_column_is_left(world: World) -> None:
    version = newer(world, table=with_new_town())
    found = {
        one.finding.name: one for one in inherit_hierarchies(version.pk, by=world.actor("officer"))
    }
    assert found["city"].new_values == ("Zhangzhou",)
    assert (found["city"].covers, found["sex"].covers) == (False, True)
    assert hierarchy_of(version, "city") is None
    assert hierarchy_of(version, "sex") is not None


def test_columns_that_are_gone_or_decided_are_left_out(world: World) -> None:
    renamed = given.people().replace("city", "town", 1)
    version = newer(world, table=renamed)
    assert [one.finding.name for one in inherited_of(version)] == ["sex"]
    set_hierarchy(
        version.pk, column="sex", rows=[["F", "x"], ["M", "x"]], by=world.actor("officer")
    )
    assert inherited_of(version) == []


def test_newest_earlier_version_counts(world: World) -> None:
    second = newer(world, table=given.people(48))
    coarser = [[town, "Fujian"] for town in ("Fuzhou", "Quanzhou", "Xiamen")]
    set_hierarchy(second.pk, column="city", rows=coarser, by=world.actor("officer"))
    third = given.next_version(world, second, table=given.people(36))
    numbers = {one.finding.name: one.number for one in inherited_of(third)}
    assert numbers["city"] == second.number
    assert numbers["sex"] < second.number


def test_pages_lead_from_the_policy_to_the_new_values(world: World, page_of: PageClients) -> None:
    version = newer(world, table=with_new_town())
    given.looking(world, version, column="city")
    client = page_of("officer")
    policy = reverse("policy_confirm", kwargs={"pk": version.pk})
    page = reverse("hierarchies_inherit", kwargs={"pk": version.pk})
    assert page in client.get(policy).content.decode()
    shown = client.get(page).content.decode()
    assert "1 new value" in shown
    assert "Zhangzhou" not in shown, "values are shown on the column's own page"
    edit = reverse("hierarchy_edit", kwargs={"pk": version.pk, "position": CITY})
    assert f"{edit}?earlier=1" in shown
    assert f"{edit}?earlier=1" in client.get(edit).content.decode()
    started: Any = client.get(edit, {"earlier": "1"})
    assert started.context["form"]["rows"].value().startswith("Fuzhou;north;*")
    assert started.context["unnamed"] == ("Zhangzhou",)
    answer = client.post(page, follow=True)
    assert "1 hierarchy was taken over" in answer.content.decode()
    assert page in answer.content.decode(), "the column with the new town is still open"


def test_the_policy_page_reads_the_rows_of_hierarchies_once(
    world: World, page_of: PageClients
) -> None:
    """They may be a hundred thousand; those of earlier versions are only counted."""
    version = newer(world, table=given.people(48))
    set_hierarchy(version.pk, column="city", rows=TOWNS, by=world.actor("officer"))
    client, page = page_of("officer"), reverse("policy_confirm", kwargs={"pk": version.pk})
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    reads = [one for one in captured if '"preparation_columnhierarchy"."rows"' in one["sql"]]
    assert len(reads) == 1
