"""Columns are graded by themselves, and the dataset at least as high as the highest of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from marketplace.catalog.dataset.grading import (
    LOWEST_FIRST,
    Grade,
    HarmDegree,
    HarmedObject,
)
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.selectors import columns_of, graded_columns
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import Invalid
from marketplace.ledger.models import Entry
from tests.catalog.test_grading import PUBLISHED, impact_of
from tests.conftest import ApiClients, PageClients
from tests.given import catalog as given
from tests.given.catalog import SLIGHT
from tests.given.world import World

pytestmark = pytest.mark.django_db

NAMES = ("day", "line", "boardings", "delay_minutes")


def graded(world: World, dataset: Dataset, **harms: tuple[str, str]) -> Dataset:
    """Grade columns of a dataset, and read it anew."""
    annotations = [
        ColumnAnnotation(name, label=name, harmed=harmed, degree=degree)
        for name, (harmed, degree) in harms.items()
    ]
    version = given.source_version(dataset)
    annotate_columns(version.pk, columns=annotations, by=world.actor("officer"))
    dataset.refresh_from_db()
    return dataset


@pytest.mark.parametrize("case", PUBLISHED["cases"])
def test_highest_column_wins(world: World, case: dict[str, Any]) -> None:
    impacts = [impact_of(impact) for impact in case["impacts"]]
    dataset = given.ready_dataset(world, impacts=())
    assert dataset.grade == Grade.GENERAL_1
    harms = dict(
        zip(NAMES, [(impact.object.value, impact.degree.value) for impact in impacts], strict=False)
    )
    assert len(harms) == len(impacts)
    assert graded(world, dataset, **harms).grade.partition("-")[0] == case["expected"]
    highest = graded_columns(dataset)[0].grade if impacts else Grade.GENERAL_1
    assert dataset.grade == highest


def test_grade_of_the_whole_is_never_below_a_column(world: World) -> None:
    dataset = graded(world, given.ready_dataset(world), line=("individual", "especially_serious"))
    assert dataset.grade == Grade.GENERAL_4
    assert Entry.objects.filter(kind="catalog.dataset_graded").count() == 2
    again = grade_dataset(dataset.pk, impacts=SLIGHT, negative_list=(), by=world.actor("officer"))
    assert again.grade == Grade.GENERAL_4
    lower = graded(world, dataset, line=("", ""))
    assert lower.grade == Grade.GENERAL_2
    for grade in (Grade.GENERAL_4, Grade.GENERAL_2):
        assert LOWEST_FIRST.index(grade) >= LOWEST_FIRST.index(Grade.GENERAL_1)


def test_ungraded_dataset_is_not_graded_by_its_columns(world: World) -> None:
    dataset = given.draft_dataset(world)
    given.uploaded_version(world, dataset)
    assert graded(world, dataset, day=("economy", "serious")).grade == ""


@pytest.mark.parametrize(
    ("harmed", "degree"),
    [("individual", ""), ("", "serious"), ("nobody", "serious"), ("individual", "slight")],
)
def test_half_a_harm_is_refused(world: World, harmed: str, degree: str) -> None:
    dataset = given.ready_dataset(world)
    with pytest.raises(Invalid) as caught:
        graded(world, dataset, day=(harmed, degree))
    assert "day" in caught.value.fields
    assert not graded_columns(dataset)


def test_grades_go_with_the_columns_to_the_next_data(world: World) -> None:
    dataset = graded(world, given.ready_dataset(world), day=("individual", "serious"))
    version = given.uploaded_version(world, dataset, table=given.WIDER)
    assert {column.name: column.grade for column in columns_of(version)} == {
        "day": Grade.GENERAL_3,
        "line": None,
        "weather": None,
    }


def test_pages_and_program_show_them(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    dataset = given.ready_dataset(world)
    client = page_of("officer")
    address = reverse("dataset_annotate", kwargs={"pk": dataset.pk})
    form = client.get(address).context["formset"]
    sent: dict[str, Any] = {
        f"form-{place}-{name}": value
        for place, one in enumerate(form.initial_forms or form.forms)
        for name, value in one.initial.items()
    }
    count = len(form.forms)
    sent |= {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count}
    refused = client.post(address, sent | {"form-0-harmed": HarmedObject.ECONOMY})
    assert refused.status_code == 422
    assert "how badly, or neither" in refused.content.decode()
    done = client.post(
        address,
        sent | {"form-0-harmed": HarmedObject.ECONOMY, "form-0-degree": HarmDegree.SERIOUS},
    )
    assert done.status_code == 302
    shown = client.get(reverse("dataset_detail", kwargs={"pk": dataset.pk})).content.decode()
    assert shown.count("Important data") >= 2
    grade = client.get(reverse("dataset_grade", kwargs={"pk": dataset.pk})).content.decode()
    assert "at least as high as its highest column" in grade
    preview = client.post(
        reverse("dataset_grade", kwargs={"pk": dataset.pk}),
        {"preview": "1"},
        headers={"HX-Request": "true"},
    )
    assert "Important data" in preview.content.decode()
    version = given.source_version(dataset)
    listed = api_of("officer").get(reverse("api_get_dataset_version", kwargs={"pk": version.pk}))
    assert [column["grade"] for column in listed.json()["columns"]] == [
        "important",
        None,
        None,
        None,
    ]
