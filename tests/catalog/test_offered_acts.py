"""What pages and API offer of the catalog is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset, return_dataset, submit_dataset
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import acts_on_catalog
from marketplace.catalog.dataset.services import (
    register_dataset,
    reopen_dataset,
    retire_dataset,
    revise_dataset,
)
from marketplace.catalog.drawing.services import Wanted, cancel_drawing, start_drawing
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.pages.acts import ACTS_ON_DATASET, acts_on_dataset
from marketplace.catalog.source import steps as drawing
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.rules import (
    ACTS_ON_DRAWING,
    ACTS_ON_SOURCE,
    acts_on_drawing,
    acts_on_source,
)
from marketplace.catalog.source.services import change_source_password, keep_check, register_source
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.rules import ACTS_ON_VERSION, acts_on_version, check_destroy_raw
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import annotate_columns, destroy_raw
from marketplace.core.actor import Actor
from marketplace.core.rules import is_open
from marketplace.jobs.services import take_job
from marketplace.vault.incoming import encrypt_path
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, sources
from tests.given import catalog as given
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World

PEOPLE = ("officer", "colleague", "buyer", "reviewer", "second_reviewer", "stranger", "auditor")
WHY = "For a reason."
GRAVE = (Impact(HarmedObject.ORGANIZATION, HarmDegree.SERIOUS),)
OTHER = Wanted("public", "stops", ("name",))


def kept(dataset: Dataset, by: Actor) -> DatasetVersion:
    """Keep a table that was read; the reading itself refuses nothing by right and state."""
    read = given.table_of(given.WIDER)
    clean = encrypt_path(read.path)
    try:
        return keep_table(dataset.pk, table=read, clean=clean, by=by)
    finally:
        clean.discard()


def tried(dataset: Dataset, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a dataset can offer."""
    pk = dataset.pk
    more = {
        "revise_dataset": accepts(
            lambda: revise_dataset(pk, description=given.description(title="Other"), by=by)
        ),
        "grade_dataset": accepts(
            lambda: grade_dataset(pk, impacts=GRAVE, negative_list=["trade-secret"], by=by)
        ),
        "receive_upload": accepts(lambda: kept(dataset, by)),
        "register_source": accepts(
            lambda: register_source(pk, connection=sources.CONNECTION, by=by)
        ),
        "approve_dataset": accepts(
            lambda: approve_dataset(pk, checklist=given.CONTENT_CHECKLIST, by=by)
        ),
    }
    return accepted_acts(ACTS_ON_DATASET, pk, by, more)


def returned(world: World) -> Dataset:
    """Let the second person return a dataset."""
    dataset = given.submitted_dataset(world)
    return return_dataset(dataset.pk, reason=WHY, by=world.actor("reviewer"))


def retired(world: World) -> Dataset:
    """Take a dataset out of use."""
    dataset = given.draft_dataset(world)
    return retire_dataset(dataset.pk, reason=WHY, by=world.actor("officer"))


def emptied(world: World) -> Dataset:
    """Destroy the data of a dataset that could be submitted."""
    dataset = given.ready_dataset(world)
    destroy_raw(given.source_version(dataset).pk, by=world.actor("officer"))
    return dataset


STATES: dict[str, Callable[[World], Dataset]] = {
    "draft": given.draft_dataset,
    "ready": given.ready_dataset,
    "emptied": emptied,
    "in-review": given.submitted_dataset,
    "returned": returned,
    "approved": given.approved_dataset,
    "retired": retired,
}


@pytest.mark.parametrize("state", STATES)
def test_a_dataset_offers_what_is_accepted(state: str, world: World) -> None:
    """To its officers, to the second person and to nobody else."""
    pk = STATES[state](world).pk
    for person in PEOPLE:
        by, dataset = world.actor(person), Dataset.objects.get(pk=pk)
        assert dict(acts_on_dataset(dataset, by)) == tried(dataset, by), person


@pytest.mark.parametrize("state", STATES)
def test_a_version_offers_what_is_accepted(state: str, world: World) -> None:
    """Its columns are explained and its bytes destroyed by the officers of its organization."""
    newest = latest_source_version(STATES[state](world))
    if newest is None:
        return
    for person in PEOPLE:
        by, version = world.actor(person), DatasetVersion.objects.get(pk=newest.pk)
        tried, destroys = tried_on_version(newest.pk, by)
        assert dict(acts_on_version(version, by)) == tried, person
        assert is_open(check_destroy_raw, version, by) == destroys, person


def tried_on_version(pk: UUID, by: Actor) -> tuple[dict[str, bool], bool]:
    """Try to explain a column, to take the version up, and to destroy its bytes."""
    said = [ColumnAnnotation("line", label="Another label")]
    explained = accepts(lambda: annotate_columns(pk, columns=said, by=by))
    tried = accepted_acts(ACTS_ON_VERSION, pk, by, {"annotate_columns": explained})
    return tried, accepts(lambda: destroy_raw(pk, by=by))


def passed(world: World) -> DatasetVersion:
    """Let a later table go on than the one that was set aside."""
    version = arrivals.set_aside(world)
    given.uploaded_version(world, version.dataset, table=given.NEXT_MONTH)
    return version


def destroyed(world: World) -> DatasetVersion:
    """Destroy the bytes of what was set aside."""
    return destroy_raw(arrivals.set_aside(world).pk, by=world.actor("officer"))


def reviewed(world: World) -> DatasetVersion:
    """Have the words of a dataset reviewed beside what was set aside."""
    version, officer = arrivals.set_aside(world), world.actor("officer")
    reopen_dataset(version.dataset_id, by=officer)
    submit_dataset(version.dataset_id, by=officer)
    return version


ASIDE: dict[str, Callable[[World], DatasetVersion]] = {
    "set-aside": arrivals.set_aside,
    "taken-up": arrivals.taken_up,
    "passed": passed,
    "destroyed": destroyed,
    "in-review": reviewed,
}


@pytest.mark.parametrize("state", ASIDE)
def test_what_was_set_aside_offers_what_is_accepted(state: str, world: World) -> None:
    """It is taken up by the officers, while nothing later went on."""
    pk = ASIDE[state](world).pk
    for person in PEOPLE:
        by, version = world.actor(person), DatasetVersion.objects.get(pk=pk)
        offered = dict(acts_on_version(version, by))
        assert offered == tried_on_version(pk, by)[0], person


def test_an_older_version_is_not_annotated(world: World) -> None:
    """Only the newest one is."""
    dataset = given.ready_dataset(world)
    older, by = given.source_version(dataset), world.actor("officer")
    assert acts_on_version(older, by)["annotate_columns"]
    kept(dataset, by)
    assert not acts_on_version(older, by)["annotate_columns"]


@pytest.mark.parametrize("person", PEOPLE)
def test_registering_is_offered_to_whom_it_is_accepted_from(person: str, world: World) -> None:
    """To officers alone."""
    by = world.actor(person)
    expected = accepts(lambda: register_dataset(description=given.description(), by=by))
    assert dict(acts_on_catalog(by)) == {"register_dataset": expected}


def busy(world: World) -> DatabaseSource:
    """Ask for a drawing from a source."""
    return sources.queued_drawing(world).source


def in_review(world: World) -> DatabaseSource:
    """Submit a dataset that has a source."""
    dataset = given.ready_dataset(world)
    source = sources.source(world, dataset=dataset)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    return source


SOURCES: dict[str, Callable[[World], DatabaseSource]] = {
    "in-use": sources.source,
    "busy": busy,
    "in-review": in_review,
    "closed": sources.closed_source,
}


@pytest.mark.parametrize("state", SOURCES)
def test_a_source_offers_what_is_accepted(state: str, world: World) -> None:
    """To the officers of its organization and to nobody else."""
    pk = SOURCES[state](world).pk
    for person in (*PEOPLE, "administrator"):
        by, source = world.actor(person), DatabaseSource.objects.get(pk=pk)
        assert dict(acts_on_source(source, by)) == tried_on_source(pk, by), person


def tried_on_source(pk: UUID, by: Actor) -> dict[str, bool]:
    """Try every act that the page of a source can offer."""
    more = {
        "check_source": accepts(
            lambda: keep_check(pk, outcome="unreachable", parameters={}, by=by)
        ),
        "change_source_password": accepts(
            lambda: change_source_password(pk, password="another one", by=by)
        ),
        "start_drawing": accepts(lambda: start_drawing(pk, wanted=OTHER, by=by)),
    }
    return accepted_acts(ACTS_ON_SOURCE, pk, by, more)


def running(world: World) -> Drawing:
    """Let a worker take a drawing."""
    return take_job(sources.queued_drawing(world).pk, queue=drawing.DRAWINGS, by=sources.SYSTEM)


def cancelled(world: World) -> Drawing:
    """Cancel a drawing."""
    return cancel_drawing(sources.queued_drawing(world).pk, by=world.actor("officer"))


DRAWINGS: dict[str, Callable[[World], Drawing]] = {
    "queued": sources.queued_drawing,
    "running": running,
    "cancelled": cancelled,
}


@pytest.mark.parametrize("state", DRAWINGS)
def test_a_drawing_offers_what_is_accepted(state: str, world: World) -> None:
    """To the officers of its organization and to the administrator."""
    pk = DRAWINGS[state](world).pk
    for person in (*PEOPLE, "administrator"):
        by, drawing = world.actor(person), Drawing.objects.get(pk=pk)
        assert dict(acts_on_drawing(drawing, by)) == accepted_acts(ACTS_ON_DRAWING, pk, by), person


def test_pages_and_api_ask_the_rules(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """A page has the buttons, the API the sentences."""
    dataset = given.submitted_dataset(world)
    address = reverse("dataset_detail", args=[dataset.pk])
    page = page_of("officer").get(address).content.decode()
    for name in ("dataset_retire", "dataset_reopen", "dataset_submit", "dataset_upload"):
        assert reverse(name, args=[dataset.pk]) not in page
    acts = api_of("officer").get(reverse("api_get_dataset", args=[dataset.pk])).json()["acts"]
    assert acts["retire_dataset"]["code"] == "wrong-state"
    assert "In content review" in acts["retire_dataset"]["detail"]
    acts = api_of("reviewer").get(reverse("api_get_dataset", args=[dataset.pk])).json()["acts"]
    assert acts["approve_dataset"] == {"allowed": True}
    busy_source = busy(world)
    address = reverse("source_detail", args=[busy_source.pk])
    assert reverse("source_close", args=[busy_source.pk]) not in (
        page_of("officer").get(address).content.decode()
    )
    address = reverse("api_get_source", args=[busy_source.pk])
    assert api_of("officer").get(address).json()["acts"]["close_source"]["code"] == "source-busy"
