"""Runs are asked for, taken, held by a lease, finished, cancelled and taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import clock
from marketplace.core.errors import NotAllowed, NotFound, WrongState
from marketplace.jobs.services import (
    beat_job,
    reclaim_jobs,
    take_job,
)
from marketplace.ledger.models import Entry
from marketplace.preparation.column.models import ColumnFinding
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run, RunKind, Step
from marketplace.preparation.run.services import cancel_run
from marketplace.preparation.run.steps import RUNS
from marketplace.vault.models import Purpose, StoredFile
from tests.given import preparation as given
from tests.given.catalog import ready_dataset, source_version
from tests.given.preparation import SYSTEM
from tests.given.world import World

pytestmark = pytest.mark.django_db

LEASE = timedelta(seconds=settings.CENTRE["RUN_LEASE_SECONDS"])


def test_profile_needs_approved_content(world: World) -> None:
    version = source_version(ready_dataset(world))
    with pytest.raises(WrongState) as refused:
        start_profile(version.pk, by=world.actor("officer"))
    assert refused.value.code == "content-not-approved"
    assert not Run.objects.exists()


def test_profile_under_way_is_answered(world: World) -> None:
    run = given.queued_profile(world)
    assert start_profile(run.version_id, by=world.actor("officer")) == run
    assert Run.objects.count() == 1


def test_profile_of_the_same_bytes_is_answered(world: World) -> None:
    version = given.classified_version(world)
    done = given.newest_run(version, RunKind.PROFILE)
    assert start_profile(version.pk, by=world.actor("officer")) == done


def test_profile_finds_the_personal_columns(world: World) -> None:
    version = given.classified_version(world)
    found = {finding.name: (finding.role, finding.kind) for finding in findings_of(version)}
    assert found["name"] == ("direct", "CN_NAME")
    assert found["id_number"] == ("direct", "CN_ID")
    assert found["mobile"] == ("direct", "CN_MOBILE")
    assert {name for name, (role, _kind) in found.items() if role == "quasi"} == {
        "age",
        "sex",
        "city",
    }
    assert found["income"][0] == "sensitive"


def test_profile_keeps_no_personal_value(world: World) -> None:
    version = given.classified_version(world)
    kept = str(list(ColumnFinding.objects.filter(version=version).values()))
    for line in given.people().splitlines()[1:]:
        for value in line.split(",")[:3]:
            assert value not in kept


def test_masking_needs_a_policy(world: World) -> None:
    version = given.classified_version(world)
    with pytest.raises(WrongState) as refused:
        start_masking(version.pk, by=world.actor("officer"))
    assert refused.value.code == "policy-not-confirmed"


def test_masking_by_the_same_policy_is_answered(world: World) -> None:
    version = given.classified_version(world)
    given.masked(world, version)
    done = given.newest_run(version, RunKind.MASK)
    assert start_masking(version.pk, by=world.actor("officer")) == done


def test_only_officers_start_masking(world: World) -> None:
    version = given.confirmed_version(world)
    for person, refusal in (
        ("reviewer", NotAllowed),
        ("finance", NotAllowed),
        ("stranger", NotFound),
    ):
        with pytest.raises(refusal):
            start_masking(version.pk, by=world.actor(person))
    assert not Run.objects.filter(kind=RunKind.MASK).exists()


def test_one_active_run_of_a_kind(world: World) -> None:
    run = given.queued_profile(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(
            kind=run.kind,
            version=run.version,
            organization=run.organization,
            queued_at=clock.now(),
        )


def test_task_of_a_run_that_does_not_wait_does_nothing(world: World) -> None:
    version = given.classified_version(world)
    run = given.newest_run(version, RunKind.PROFILE)
    before = Entry.objects.count()
    execute_run(run.pk)
    assert Entry.objects.count() == before


def test_beat_renews_the_lease(world: World) -> None:
    start = clock.now()
    with clock.stopped_at(start):
        run = take_job(given.queued_profile(world).pk, queue=RUNS, by=SYSTEM)
    with clock.stopped_at(start + LEASE / 2):
        beaten = beat_job(
            run.pk, attempt=1, told={"progress": 400, "step": Step.PROFILE}, queue=RUNS, by=SYSTEM
        )
    assert (beaten.progress, beaten.step) == (400, "profile")
    assert beaten.lease_until == start + LEASE / 2 + LEASE
    with clock.stopped_at(start + LEASE * 1.2):
        assert reclaim_jobs(queue=RUNS, by=SYSTEM) == []


def test_cancelled_run_is_not_done(world: World) -> None:
    run = given.queued_masking(world)
    cancel_run(run.pk, by=world.actor("colleague"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not RiskReport.objects.exists()
    before = Entry.objects.count()
    cancel_run(run.pk, by=world.actor("officer"))
    assert Entry.objects.count() == before


def test_content_opened_meanwhile_lets_the_masking_fail(world: World) -> None:
    run = given.queued_masking(world)
    reopen_dataset(run.version.dataset_id, by=world.actor("officer"))
    files = StoredFile.objects.count()
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "content-not-approved")
    assert DatasetVersion.objects.filter(parent=run.version).count() == 0
    assert StoredFile.objects.count() == files


def test_policy_that_cannot_be_reached_fails_with_its_figures(world: World) -> None:
    version = given.classified_version(world, table=given.people(4))
    given.confirmed(world, version)
    run = start_masking(version.pk, by=world.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error_code) == ("failed", "no-rows-left")
    assert run.error_parameters == {"smallest_class": 5}
    assert not StoredFile.objects.filter(purpose=Purpose.MASKED).exists()
