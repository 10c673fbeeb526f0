"""What a revision was made from is told as OpenLineage, read here by the official library."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.test import override_settings

from marketplace.catalog.lineage.services import declare_origin
from marketplace.core import clock
from marketplace.outbound import schedule
from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.lineage.services import send_due_lineage, take_lineage_event
from marketplace.trading.listings.listing.models import Listing
from tests.given import feeds
from tests.given import trading as given
from tests.given.catalog import TRIPS
from tests.given.pipeline import catch_up
from tests.given.receivers import WORKER, Receiver, receiving
from tests.given.world import World

JUDGE = """
import json
import sys
from datetime import datetime
from uuid import UUID

from openlineage.client import event_v2, facet_v2
from openlineage.client.serde import Serde

OWN = {"centre_release"}
CLASSES= {
    "schema": (facet_v2.schema_dataset, "SchemaDatasetFacet"),
    "dataSource": (facet_v2.datasource_dataset, "DatasourceDatasetFacet"),
    "version": (facet_v2.dataset_version_dataset, "DatasetVersionDatasetFacet"),
    "columnLineage": (facet_v2.column_lineage_dataset, "ColumnLineageDatasetFacet"),
    "outputStatistics": (
        facet_v2.output_statistics_output_dataset,
        "OutputStatisticsOutputDatasetFacet",
    ),
    "jobType": (facet_v2.job_type_job, "JobTypeJobFacet"),
}


def facet(name, told):
    told = dict(told)
    assert told.pop("_producer")
    address = told.pop("_schemaURL")
    module, kind = CLASSES[name]
    made = getattr(module, kind)
    assert address == made._get_schema(), (name, address)
    if name == "schema":
        told["fields"] = [module.SchemaDatasetFacetFields(**each) for each in told["fields"]]
    if name == "columnLineage":
        told["fields"] = {
            column: module.Fields(
                inputFields=[
                    module.InputField(
                        **each
                        | {
                            "transformations": [
                                module.Transformation(**by) for by in each["transformations"]
                            ]
                        }
                    )
                    for each in found["inputFields"]
                ]
            )
            for column, found in told["fields"].items()
        }
    return made(**told)


def facets(told):
    return {name: facet(name, each) for name, each in told.items() if name not in OWN}


def dataset(kind, told):
    told = dict(told)
    for part in ("facets", "inputFacets", "outputFacets"):
        if part in told:
            told[part] = facets(told[part])
    return kind(**told)


def read(told):
    told = dict(told)
    assert told.pop("schemaURL") == event_v2.RunEvent._get_schema()
    UUID(told["run"]["runId"])
    assert datetime.fromisoformat(told["eventTime"]).tzinfo is not None
    return event_v2.RunEvent(
        eventType=event_v2.RunState[told.pop("eventType")],
        run=event_v2.Run(runId=told["run"]["runId"], facets=facets(told.pop("run")["facets"])),
        job=event_v2.Job(
            namespace=told["job"]["namespace"],
            name=told["job"]["name"],
            facets=facets(told.pop("job")["facets"]),
        ),
        inputs=[dataset(event_v2.InputDataset, each) for each in told.pop("inputs")],
        outputs=[dataset(event_v2.OutputDataset, each) for each in told.pop("outputs")],
        **told,
    )


events = [read(told) for told in json.load(sys.stdin)]
for event in events:
    json.loads(Serde.to_json(event))
print(len(events))
"""
"""Reads events by the official library. Each facet is made by the class that its name and
`_schemaURL` say, with exactly the fields that it has: one that the class does not know ends it."""
OWN_FACET = Path("marketplace/web/assets/centre/openlineage-release.json")


@pytest.fixture
def catalogue() -> Iterator[Receiver]:
    """Serve a receiver of lineage, as plain HTTP in an intranet."""
    with receiving(tls=False) as receiver:
        named = {"OPENLINEAGE_URL": receiver.address, "OPENLINEAGE_API_KEY": "a-key"}
        with override_settings(CENTRE={**settings.CENTRE, **named}):
            yield receiver


def live(world: World) -> Listing:
    """Put a listing on the market whose data has an origin, and let its lineage be told."""
    listing = given.published(world)
    declare_origin(
        listing.product.dataset_id,
        reference="Registry of Ms Example",
        by=world.actor("officer"),
    )
    catch_up()
    return listing


def told(receiver: Receiver) -> list[dict[str, Any]]:
    """Return the events that arrived."""
    return [json.loads(each.body) for each in receiver.all()]


def test_off_without_an_address(world: World) -> None:
    """Nothing is kept, so that nothing is told later that was never asked for."""
    live(world)
    assert not LineageEvent.objects.exists()
    assert send_due_lineage(by=WORKER) == 0


def test_the_official_library_reads_the_events(
    world: World, catalogue: Receiver, lineage: Path
) -> None:
    """Each facet by its class; our own by its schema. With the key, and without data."""
    listing = live(world)
    feeds.advanced(world, listing)
    catch_up()
    assert send_due_lineage(by=WORKER) == LineageEvent.objects.count() > 2
    received = catalogue.all()
    assert {each.headers["authorization"] for each in received} == {"Bearer a-key"}
    bodies = [each.body.decode() for each in received]
    judged = subprocess.run(
        [str(lineage), "-c", JUDGE],
        input=f"[{','.join(bodies)}]",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert judged.returncode == 0, judged.stderr
    assert judged.stdout.strip() == str(len(bodies))
    events = [json.loads(body) for body in bodies]
    schema = json.loads(OWN_FACET.read_text())
    certificate = Listing.objects.get().certificate
    assert certificate is not None
    outputs = [each for event in events for each in event["outputs"]]
    releases = [
        out["facets"]["centre_release"]
        for out in outputs
        if ":" in out["name"] and "centre_release" in out["facets"]
    ]
    assert [each["revision"] for each in releases] == [1, 1, 2, 2]
    for each in releases:
        jsonschema.validate(each, {"$ref": "#/$defs/ReleaseDatasetFacet", **schema})
        assert each["certificates"] == [certificate.number]
    whole = "".join(bodies)
    assert "Ms Example" not in whole
    for cell in ("1190", "1276", "2026-03-01"):
        assert cell in TRIPS or cell not in whole
    assert "@example.org" not in whole


def test_what_the_events_say(world: World, catalogue: Receiver) -> None:
    """From the origin to the source, from the source to the product, column by column."""
    listing = given.published(world)
    dataset, version = listing.product.dataset, listing.revision.version
    declare_origin(dataset.pk, reference="A registry", by=world.actor("officer"))
    catch_up()
    send_due_lineage(by=WORKER)
    catalogue.all()
    feeds.advanced(world, listing)
    catch_up()
    send_due_lineage(by=WORKER)
    events = told(catalogue)
    jobs = [(event["job"]["name"].rpartition(":")[2], event["eventType"]) for event in events]
    assert jobs == [(job, each) for job in ("derive", "prepare") for each in ("START", "COMPLETE")]
    [source], [product] = events[-1]["inputs"], events[-1]["outputs"]
    assert source["name"] == f"dataset:{dataset.pk}"
    assert product["name"] == f"product:{listing.product_id}"
    assert product["facets"]["version"]["datasetVersion"] == "2"
    assert product["outputFacets"]["outputStatistics"]["rowCount"] == version.rows
    [day] = product["facets"]["columnLineage"]["fields"]["day"]["inputFields"]
    assert (day["name"], day["field"]) == (source["name"], "day")
    assert [by["masking"] for by in day["transformations"]] == [False]


def test_nothing_is_lost_and_no_act_waits(world: World, catalogue: Receiver) -> None:
    """A receiver that is away is tried again; one event after the other, in their order."""
    catalogue.answering = lambda _received: (503, b"", {})
    given.published(world)
    catch_up()
    assert send_due_lineage(by=WORKER) == 0
    assert len(catalogue.all()) == 1, "the first that fails ends a round"
    catalogue.answering = lambda _received: (201, b"", {})
    with clock.stopped_at(clock.now() + schedule.RETRIES[0]):
        assert send_due_lineage(by=WORKER) == 2
    assert [each["eventType"] for each in told(catalogue)] == ["START", "COMPLETE"]
    assert set(LineageEvent.objects.values_list("state", flat=True)) == {"delivered"}


def test_a_worker_that_was_killed(world: World, catalogue: Receiver) -> None:
    """Another one sends its event once the lease is over."""
    given.published(world)
    catch_up()
    assert take_lineage_event(by=WORKER) is not None
    assert send_due_lineage(by=WORKER) == 1
    with clock.stopped_at(clock.now() + schedule.LEASE):
        assert send_due_lineage(by=WORKER) == 1
