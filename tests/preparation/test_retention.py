"""Raw data has a day on which it is destroyed; what was made of it stays."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from marketplace.catalog.approval.services import submit_dataset
from marketplace.catalog.new_version.services import receive_upload
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.clock import stopped_at
from marketplace.core.errors import NotAllowed, NotFound, WrongState
from marketplace.jobs.states import JobState
from marketplace.ledger.models import Entry
from marketplace.pipeline.due import DUE
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.raw_data.services import destroy_due_raw_data, destroy_raw_data
from marketplace.preparation.run.selectors import runs_under_way
from marketplace.preparation.run.services import cancel_run
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.catalog import (
    TRIPS,
    approved_dataset,
    draft_dataset,
    ready_dataset,
    source_version,
    submitted_dataset,
    uploaded_version,
)
from tests.given.vault import upload
from tests.given.world import World

FACT = "catalog.raw_data_destroyed"


def bytes_of(version: DatasetVersion) -> Path:
    """Return where the encrypted bytes of a version lie."""
    return vault_folder() / version.file.path


def noon_after(version: DatasetVersion, days: int) -> datetime:
    """Return a moment so many days after the day on which raw data is due."""
    assert version.raw_until is not None
    day = version.raw_until + timedelta(days=days)
    return datetime.combine(day, time(12), timezone.get_default_timezone())


@pytest.mark.parametrize("days", [0, 30, 365])
def test_the_day_follows_from_the_setting(world: World, days: int) -> None:
    with override_settings(CENTRE={**settings.CENTRE, "RAW_RETENTION_DAYS": days}):
        version = uploaded_version(world, draft_dataset(world))
    assert version.raw_until is not None
    assert version.raw_until - timezone.localtime(version.created_at).date() == timedelta(days)


def test_an_officer_destroys_early(world: World, django_capture_on_commit_callbacks: Any) -> None:
    version = uploaded_version(world, draft_dataset(world))
    place = bytes_of(version)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        destroyed = destroy_raw_data(version.pk, by=world.actor("officer"))
    assert destroyed.raw_destroyed_at is not None
    assert not place.exists()
    file = StoredFile.objects.get(pk=version.file_id)
    assert bytes(file.wrapped_key) == b""
    with pytest.raises(WrongState, match="removed"):
        open_stored(file)
    entry = Entry.objects.get(kind=FACT)
    assert entry.payload["early"] is True
    assert entry.payload["sha256"] == version.sha256
    assert (destroyed.rows, destroyed.column_count) == (4, 4)


def test_what_is_masked_stays(world: World) -> None:
    masked = given.passed_report(world).version
    assert masked.parent_id is not None
    destroy_raw_data(masked.parent_id, by=world.actor("officer"))
    with open_stored(masked.file) as stored:
        assert stored.read(4) == b"PAR1"
    with pytest.raises(NotFound):
        destroy_raw_data(masked.pk, by=world.actor("officer"))


def test_afterwards_runs_are_refused_with_what_to_do(world: World) -> None:
    version = given.approved_source(world)
    destroy_raw_data(version.pk, by=world.actor("officer"))
    with pytest.raises(WrongState, match="Upload the data again") as refused:
        start_profile(version.pk, by=world.actor("officer"))
    assert refused.value.code == "raw-destroyed"


def test_masking_is_refused_too_and_a_standing_result_answered(world: World) -> None:
    report = given.passed_report(world)
    source, officer = report.version.parent, world.actor("officer")
    assert source is not None
    destroy_raw_data(source.pk, by=officer)
    assert start_masking(source.pk, by=officer).result_version_id == report.version_id
    other = given.confirmed_version(world, title="Another table")
    destroy_raw_data(other.pk, by=officer)
    with pytest.raises(WrongState) as refused:
        start_masking(other.pk, by=officer)
    assert refused.value.code == "raw-destroyed"


def test_a_run_holds_the_raw_data(world: World) -> None:
    run = given.queued_masking(world)
    version, officer = run.version, world.actor("officer")
    with pytest.raises(WrongState) as refused:
        destroy_raw_data(version.pk, by=officer)
    assert refused.value.code == "raw-in-use"
    with stopped_at(noon_after(version, 0)):
        assert destroy_due_raw_data(by=given.SYSTEM) == []
    assert runs_under_way(version).get().state == JobState.QUEUED
    cancel_run(run.pk, by=officer)
    with stopped_at(noon_after(version, 0)):
        assert destroy_due_raw_data(by=given.SYSTEM) == [version.pk]


def test_its_day_destroys_it_once_and_not_before(world: World) -> None:
    version = source_version(approved_dataset(world))
    with stopped_at(noon_after(version, -1)):
        assert destroy_due_raw_data(by=given.SYSTEM) == []
    with stopped_at(noon_after(version, 0)):
        assert destroy_due_raw_data(by=given.SYSTEM) == [version.pk]
        assert destroy_due_raw_data(by=given.SYSTEM) == []
    assert Entry.objects.get(kind=FACT).payload["early"] is False
    assert destroy_due_raw_data in {due.act for due in DUE}


def test_a_review_holds_the_raw_data(world: World) -> None:
    version = source_version(submitted_dataset(world))
    with pytest.raises(WrongState, match="after the decision"):
        destroy_raw_data(version.pk, by=world.actor("officer"))
    with stopped_at(noon_after(version, 3)):
        assert destroy_due_raw_data(by=given.SYSTEM) == []
    assert not Entry.objects.filter(kind=FACT).exists()


def test_people_do_not_do_what_the_clock_does(world: World) -> None:
    with pytest.raises(NotAllowed):
        destroy_due_raw_data(by=world.actor("administrator"))


def test_the_same_bytes_can_come_again(world: World) -> None:
    dataset, officer = ready_dataset(world), world.actor("officer")
    first = source_version(dataset)
    destroy_raw_data(first.pk, by=officer)
    with pytest.raises(Exception, match="Upload the data again"):
        submit_dataset(dataset.pk, by=officer)
    again = receive_upload(dataset.pk, upload=upload(TRIPS), by=officer)
    assert (again.number, again.sha256) == (2, first.sha256)
    assert submit_dataset(dataset.pk, by=officer).state == "in_review"


def test_the_pages_tell_it(world: World, page_of: PageClients) -> None:
    version = given.approved_source(world)
    officer = page_of("officer")
    address = reverse("raw_data_destroy", args=[version.pk])
    detail = reverse("dataset_detail", args=[version.dataset_id])
    assert address in officer.get(detail).content.decode()
    assert address not in page_of("reviewer").get(detail).content.decode()
    assert "destroys it by itself on" in officer.get(address).content.decode()
    assert officer.post(address, {}).status_code == 422
    assert not Entry.objects.filter(kind=FACT).exists()
    answer = officer.post(address, {"confirm": "on"}, follow=True).content.decode()
    assert "The raw data is destroyed." in answer
    assert "destroyed on" in answer
    assert "The raw data was destroyed on" in officer.get(address).content.decode()
    preparation = reverse("preparation_detail", args=[version.pk])
    assert "Upload the data again" in officer.get(preparation).content.decode()


def test_the_page_tells_what_is_in_the_way(world: World, page_of: PageClients) -> None:
    run = given.queued_masking(world)
    text = page_of("officer").get(reverse("raw_data_destroy", args=[run.version_id]))
    assert reverse("run_detail", args=[run.pk]) in text.content.decode()
    in_review = source_version(submitted_dataset(world, title="Another table"))
    text = page_of("officer").get(reverse("raw_data_destroy", args=[in_review.pk]))
    assert "after the decision" in text.content.decode()
