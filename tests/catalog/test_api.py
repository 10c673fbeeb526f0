"""The catalog API: what it answers beside the acts' effects."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from tests.conftest import ApiClients
from tests.given.catalog import (
    TRIPS,
    annotated_version,
    approved_dataset,
    description,
    draft_dataset,
    uploaded_version,
)
from tests.given.world import World


def test_a_dataset_is_answered_whole(world: World, api_of: ApiClients) -> None:
    dataset = approved_dataset(world)
    answer = api_of("officer").get(reverse("api_get_dataset", args=[dataset.pk]))
    body = answer.json()
    assert {name: body[name] for name in asdict(description())} == asdict(description())
    assert body["state"] == "approved"
    assert body["grade"] == "general-2"
    assert body["impacts"] == [{"object": "organization", "degree": "general"}]


def test_mistakes_are_told_by_field(world: World, api_of: ApiClients) -> None:
    sent = asdict(description(title="x" * 41))
    answer = api_of("officer").post(reverse("api_register_dataset"), sent, format="json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert "40 characters" in answer.json()["errors"]["title"][0]


def test_an_upload_answers_the_version_with_its_columns(world: World, api_of: ApiClients) -> None:
    dataset = draft_dataset(world)
    address = reverse("api_receive_upload", args=[dataset.pk])
    answers = [
        api_of("officer").post(
            address, {"upload": SimpleUploadedFile("trips.csv", TRIPS.encode())}, format="multipart"
        )
        for _ in range(2)
    ]
    first, again = (answer.json() for answer in answers)
    assert first["id"] == again["id"]
    assert (first["number"], first["rows"]) == (1, 4)
    assert [column["name"] for column in first["columns"]] == [
        "day",
        "line",
        "boardings",
        "delay_minutes",
    ]
    assert DatasetVersion.objects.count() == 1


def test_a_broken_upload_is_a_problem_with_its_code(world: World, api_of: ApiClients) -> None:
    dataset = draft_dataset(world)
    answer = api_of("officer").post(
        reverse("api_receive_upload", args=[dataset.pk]),
        {"upload": SimpleUploadedFile("trips.csv", b"a,b\n1\n")},
        format="multipart",
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "ragged-row"
    assert "Line 2" in answer.json()["errors"]["upload"][0]


def test_an_upload_is_multipart(world: World, api_of: ApiClients) -> None:
    dataset = draft_dataset(world)
    address = reverse("api_receive_upload", args=[dataset.pk])
    assert api_of("officer").post(address, {"upload": "x"}, format="json").status_code == 415
    assert api_of("officer").post(address, {}, format="multipart").status_code == 422


@pytest.mark.parametrize(
    "columns",
    [[{"name": ""}], [{"label": "Day"}], [{"name": "day", "label": "x" * 61}], "day"],
)
def test_a_malformed_annotation_is_refused(
    world: World, api_of: ApiClients, columns: object
) -> None:
    version = uploaded_version(world, draft_dataset(world))
    answer = api_of("officer").post(
        reverse("api_annotate_columns", args=[version.pk]), {"columns": columns}, format="json"
    )
    assert answer.status_code == 422


def test_what_is_left_out_of_an_annotation_becomes_empty(world: World, api_of: ApiClients) -> None:
    """As on the page, where a label is cleared and saved."""
    version = annotated_version(world, draft_dataset(world))
    answer = api_of("officer").post(
        reverse("api_annotate_columns", args=[version.pk]),
        {"columns": [{"name": "day", "unit": "d"}]},
        format="json",
    )
    (day,) = (one for one in answer.json()["columns"] if one["name"] == "day")
    assert (answer.status_code, day["label"], day["unit"]) == (200, "", "d")


def test_what_is_missing_before_submission_is_a_problem_with_its_code(
    world: World, api_of: ApiClients
) -> None:
    dataset = draft_dataset(world)
    answer = api_of("officer").post(reverse("api_submit_dataset", args=[dataset.pk]))
    assert answer.status_code == 422
    assert answer.json()["code"] == "version-missing"


def test_versions_are_listed_newest_first(world: World, api_of: ApiClients) -> None:
    dataset = draft_dataset(world)
    uploaded_version(world, dataset)
    uploaded_version(world, dataset, table="a,b\n1,2\n")
    answer = api_of("officer").get(reverse("api_list_dataset_versions", args=[dataset.pk]))
    assert [row["number"] for row in answer.json()["results"]] == [2, 1]
