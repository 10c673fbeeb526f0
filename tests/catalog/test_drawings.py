"""Sources are registered and drawn from; passwords stay where they are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import reverse

from marketplace.catalog.approval.services import submit_dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.drawing.execution import execute_drawing
from marketplace.catalog.drawing.services import Wanted, cancel_drawing, start_drawing
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.services import change_source_password, check_source
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.jobs.states import JobState
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.pipeline.reactions import reactions_to
from marketplace.vault.places import work_root
from marketplace.vault.services import open_stored
from tests.conftest import PageClients
from tests.given import sources as given
from tests.given.catalog import approved_dataset, draft_dataset, ready_dataset
from tests.given.source_servers import SCHEMAS, executed, real_source, trips
from tests.given.threads import at_once
from tests.given.world import World
from tests.plugins.sources import DATABASE, PASSWORD, READER, SourceServer


def entries(kind: str) -> list[Entry]:
    """Return the entries of a kind, oldest first."""
    return list(Entry.objects.filter(kind=kind).order_by("id"))


@pytest.mark.usefixtures("sources_allowed")
def test_a_table_becomes_the_newest_version(world: World, any_source: SourceServer) -> None:
    dataset, officer = approved_dataset(world), world.actor("officer")
    source = real_source(world, any_source, dataset=dataset)
    assert check_source(source.pk, by=officer).check_error == ""
    wanted = trips(any_source, "trips")
    drawing = executed(start_drawing(source.pk, wanted=wanted, by=officer))
    assert (drawing.state, drawing.rows, drawing.error_code) == ("done", 3, "")
    version = drawing.version
    assert version is not None
    dataset.refresh_from_db()
    assert version == latest_source_version(dataset)
    assert dataset.state == DatasetState.DRAFT
    assert version.original_name == f"{wanted.schema}.trips"
    assert version.raw_until is not None
    assert [(column.name, column.dtype) for column in columns_of(version)] == [
        ("stop", "text"),
        ("line", "integer"),
    ]
    with open_stored(version.file) as stored:
        table = pl.read_parquet(stored.read()).sort("line")
    assert table.to_dicts() == [{"stop": f"站 {line}", "line": line} for line in range(3)]
    entry = Entry.objects.get(kind="catalog.drawing_finished")
    assert entry.payload["sha256"] == version.sha256
    assert not [path for path in work_root().iterdir() if path.is_dir()]
    for react in reactions_to(entry.kind):
        react(entry)
    notice = Notice.objects.filter(subject=f"drawing:{drawing.pk}").first()
    assert notice is not None
    assert notice.url == reverse("drawing_detail", args=[drawing.pk])


@pytest.mark.usefixtures("sources_allowed")
def test_the_same_data_again_is_the_same_version(
    world: World, postgres_source: SourceServer
) -> None:
    source, officer = real_source(world, postgres_source), world.actor("officer")
    wanted = trips(postgres_source, "same_trips")
    first = executed(start_drawing(source.pk, wanted=wanted, by=officer))
    again = executed(start_drawing(source.pk, wanted=wanted, by=officer))
    assert again.state == JobState.DONE
    assert again.version_id == first.version_id
    assert DatasetVersion.objects.filter(dataset=source.dataset).count() == 1


@pytest.mark.usefixtures("sources_allowed")
def test_why_a_drawing_fails_is_told(
    world: World, any_source: SourceServer, page_of: PageClients
) -> None:
    source, officer = real_source(world, any_source), world.actor("officer")
    wanted = trips(any_source, "failing_trips", rows=2)
    cases: list[tuple[Wanted, dict[str, Any], str]] = [
        (replace(wanted, table="no_such_table"), {}, "no-such-table"),
        (replace(wanted, columns=("nowhere",)), {}, "no-such-column"),
        (wanted, {"UPLOAD_MAX_ROWS": 1}, "too-many-rows"),
        (wanted, {"SOURCE_NETWORKS": []}, "refused-address"),
    ]
    for asked, changed, code in cases:
        with override_settings(CENTRE={**settings.CENTRE, **changed}):
            drawing = executed(start_drawing(source.pk, wanted=asked, by=officer))
        assert (drawing.state, drawing.error_code) == ("failed", code)
        page = page_of("officer").get(reverse("drawing_detail", args=[drawing.pk]))
        assert "note-bad" in page.content.decode()
    assert not DatasetVersion.objects.filter(dataset=source.dataset).exists()
    assert JobState.FAILED not in {row.state for row in Drawing.objects.filter(rows__gt=2)}


@pytest.mark.usefixtures("sources_allowed")
def test_a_dataset_that_closed_meanwhile_keeps_nothing(
    world: World, postgres_source: SourceServer
) -> None:
    dataset, officer = ready_dataset(world), world.actor("officer")
    source = real_source(world, postgres_source, dataset=dataset)
    drawing = start_drawing(source.pk, wanted=trips(postgres_source, "late_trips"), by=officer)
    submit_dataset(dataset.pk, by=officer)
    assert executed(drawing).error_code == "dataset-closed"
    assert DatasetVersion.objects.filter(dataset=dataset).count() == 1


@pytest.mark.usefixtures("sources_allowed")
def test_a_wrong_password_is_told_and_can_be_replaced(
    world: World, any_source: SourceServer, page_of: PageClients
) -> None:
    source, officer = real_source(world, any_source), world.actor("officer")
    change_source_password(source.pk, password="wrong", by=officer)
    assert check_source(source.pk, by=officer).check_error == "wrong-password"
    page = page_of("officer").get(reverse("source_detail", args=[source.pk]))
    assert "refused user or password" in page.content.decode()
    change_source_password(source.pk, password=PASSWORD, by=officer)
    assert check_source(source.pk, by=officer).check_error == ""
    outcomes = [entry.payload["outcome"] for entry in entries("catalog.source_checked")]
    assert outcomes == ["wrong-password", "works"]


@pytest.mark.usefixtures("sources_allowed")
def test_an_officer_goes_through_the_pages(
    world: World, any_source: SourceServer, page_of: PageClients
) -> None:
    officer, dataset = page_of("officer"), draft_dataset(world)
    sent = {
        "name": "Registry", "kind": any_source.kind, "host": "127.0.0.1", "port": any_source.port,
        "database": DATABASE, "user": READER, "password": PASSWORD, "tls": "off",
    }  # fmt: skip
    wanted = trips(any_source, "page_trips")
    any_source.run("DROP TABLE IF EXISTS odd_trips")
    odd = {"postgresql": "bytea", "mysql": "blob"}[any_source.kind]
    any_source.run(f"CREATE TABLE odd_trips (line int, picture {odd})")
    answer = officer.post(reverse("source_register", args=[dataset.pk]), sent)
    source = DatabaseSource.objects.get()
    assert answer["Location"] == reverse("source_detail", args=[source.pk])
    checked = officer.post(reverse("source_check", args=[source.pk]), follow=True)
    assert "The connection works." in checked.content.decode()
    tables = officer.get(reverse("source_tables", args=[source.pk]), {"q": "page_t"})
    address = f"?schema={wanted.schema}&amp;table=page_trips"
    assert address in tables.content.decode()
    none = officer.get(reverse("source_tables", args=[source.pk]), {"q": "no such words"})
    assert "No table has these words" in none.content.decode()
    draw = reverse("drawing_start", args=[source.pk])
    shown = officer.get(f"{draw}?schema={wanted.schema}&table=odd_trips").content.decode()
    assert "What cannot be drawn" in shown
    assert 'value="picture"' not in shown
    asked = f"{draw}?schema={wanted.schema}&table=page_trips"
    assert 'value="stop"' in officer.get(asked).content.decode()
    assert officer.post(asked, {"row_limit": "0"}).status_code == 422
    answer = officer.post(asked, {"columns": ["line"], "row_limit": "2"})
    drawing = Drawing.objects.get()
    assert answer["Location"] == reverse("drawing_detail", args=[drawing.pk])
    state = officer.get(reverse("drawing_state", args=[drawing.pk]))
    assert "hx-trigger" in state.content.decode()
    assert executed(drawing).rows == 2
    final = officer.get(reverse("drawing_state", args=[drawing.pk]), headers={"HX-Request": "true"})
    assert final["HX-Refresh"] == "true"
    assert "Go on with version 1" in officer.get(answer["Location"]).content.decode()


def test_a_drawing_that_does_not_wait_is_left_alone(world: World) -> None:
    drawing = cancel_drawing(given.queued_drawing(world).pk, by=world.actor("officer"))
    assert executed(drawing).state == JobState.CANCELLED


@pytest.fixture
def short_lease(committed_database: None, sources_allowed: None) -> Iterator[None]:
    """Let leases run out after two seconds."""
    with override_settings(CENTRE={**settings.CENTRE, "RUN_LEASE_SECONDS": 2}):
        yield


def test_cancelling_cuts_a_drawing_off_from_the_database(
    short_lease: None, any_source: SourceServer
) -> None:
    world = World()
    nap = {"postgresql": "pg_sleep(300)::text", "mysql": "sleep(300)"}[any_source.kind]
    any_source.run(f"CREATE OR REPLACE VIEW endless AS SELECT {nap} AS nap")
    source = real_source(world, any_source)
    wanted = Wanted(SCHEMAS[any_source.kind], "endless", ("nap",))
    drawing = start_drawing(source.pk, wanted=wanted, by=world.actor("officer"))

    def cancel() -> None:
        while Drawing.objects.get(pk=drawing.pk).state == JobState.QUEUED:
            pass
        cancel_drawing(drawing.pk, by=world.actor("officer"))

    calls = [lambda: execute_drawing(drawing.pk), cancel]
    at_once(2, lambda number: calls[number]())
    drawing.refresh_from_db()
    assert drawing.state == JobState.CANCELLED
    assert not DatasetVersion.objects.filter(dataset=source.dataset).exists()
