"""What the benchmark of feeds does inside Django, once it is set up."""

import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl

from benchmarks.measuring import processor_seconds
from desensitize.tables import describe
from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.form import beyond_form
from marketplace.catalog.feed.models import Arrival
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import annotate_columns
from marketplace.celery import application
from marketplace.core import clock
from marketplace.trading.listings.plans import Free
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.listings.revision.models import Revision
from marketplace.vault.incoming import encrypt_path
from tests.given import arrivals, catalog, preparation, quality, trading
from tests.given.world import World

ROWS, NUMBERS = 2_000, 10
PLACES, FIRST_HOUR = 100, 490_000
GLANCE, QUEUE = 0.2, "celery"
PATIENCE = 7_200.0
RULES = (
    quality.rule("unique", "place", "hour"),
    quality.rule("present", "place"),
    quality.rule("range", "measured_1", at_least="0"),
    quality.rule("volume", tolerance={"share": "0.5"}, severity="warns"),
)


@dataclass(frozen=True)
class Fed:
    """A dataset with a feed, and its product."""

    number: int
    rows: int
    dataset_id: UUID
    product_id: UUID

    def table(self, round_number: int) -> pl.DataFrame:
        """Return its table of a round."""
        return _table(self.number, round_number, self.rows)


def fed(count: int, rows: int = ROWS) -> list[Fed]:
    """Bring as many products to the market, each with a feed that waits for tables."""
    world, found = World(), []
    for number in range(count):
        dataset = catalog.draft_dataset(world, title=f"Meters of district {number}")
        _keep(world, dataset.pk, _table(number, 0, rows))
        version = catalog.source_version(dataset)
        labels = [
            ColumnAnnotation(name, label=name.capitalize()) for name in _table(0, 0, 1).columns
        ]
        officer = world.actor("officer")
        annotate_columns(version.pk, columns=labels, by=officer)
        grade_dataset(dataset.pk, impacts=catalog.SLIGHT, negative_list=(), by=officer)
        submit_dataset(dataset.pk, by=officer)
        checklist = catalog.CONTENT_CHECKLIST
        approve_dataset(dataset.pk, checklist=checklist, by=world.actor("reviewer"))
        masked = preparation.masked(world, preparation.classified(version))
        trading.valued(world, masked)
        listing = trading.drafted(world, masked, plan=Free(), title=f"Meters {number}")
        submit_listing(listing.pk, by=officer)
        publish_listing(
            listing.pk,
            checklist=trading.LISTING_CHECKLIST,
            by=world.actor("second_reviewer"),
        )
        quality.set_rules(world, dataset, RULES)
        quality.measured(version)
        arrivals.fed(world, dataset, first_on=clock.today() + timedelta(days=1))
        found.append(Fed(number, rows, dataset.pk, listing.product_id))
    return found


def wait_for_worker() -> None:
    """Wait until the worker has done what was handed over, such as the e-mails of the building.

    Raises:
        RuntimeError: it has not in time.
    """
    began = time.perf_counter()
    with application.connection_for_read() as broker:
        channel: Any = broker.default_channel
        while channel.client.llen(QUEUE):
            if time.perf_counter() - began > PATIENCE:
                raise RuntimeError("The worker has not followed.")
            time.sleep(GLANCE)


def seconds_of(feeds: list[Fed], number: int) -> float:
    """Let each feed get its next table; return how long it took until all of them were live."""
    world, began = World(), time.perf_counter()
    for feed in feeds:
        _keep(world, feed.dataset_id, feed.table(number))
    products = [feed.product_id for feed in feeds]
    live = Revision.objects.filter(product__in=products, number=number + 1).exclude(live_at=None)
    while live.count() < len(feeds):
        held = Arrival.objects.exclude(held="").values_list("held", "held_details").first()
        if held is not None or time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"Not all went live: {held}")
        time.sleep(GLANCE)
    return time.perf_counter() - began


def seconds_of_form(feed: Fed, number: int) -> float:
    """Return the processor's seconds that a feed's table of a round took for the approved form.

    The table is examined and compared once more, and keeps to the form as it did then.

    Raises:
        RuntimeError: it does not.
    """
    dataset = Dataset.objects.get(pk=feed.dataset_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        feed.table(number).write_parquet(path)
        began = processor_seconds()
        beyond = beyond_form(dataset, latest_source_version(dataset), path)
        took = processor_seconds() - began
    if beyond is not None:
        raise RuntimeError(f"It would not have gone on: {beyond}")
    return took


def _keep(world: World, dataset_id: UUID, table: pl.DataFrame) -> DatasetVersion:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        table.write_parquet(path)
        info = describe(path)
        return keep_table(
            dataset_id,
            table=CleanTable(path, info, info.sha256, "meters.parquet"),
            clean=encrypt_path(path),
            by=world.actor("officer"),
        )


def _table(number: int, round_number: int, rows: int) -> pl.DataFrame:
    """Return what the meters of a district measured: a place, an hour, ten numbers of its own.

    Rows that were much the same in all districts would be taken for the same people by each.
    """
    drawn = np.random.default_rng([number, round_number])
    measured = {
        f"measured_{place}": drawn.integers(0, 9_970, rows) / 10 for place in range(1, NUMBERS + 1)
    }
    first = FIRST_HOUR + rows // PLACES * round_number
    hours = pl.Series("hour", first + pl.int_range(rows, eager=True) // PLACES)
    places = pl.Series("place", [f"P{each % PLACES:03d}" for each in range(rows)])
    return pl.DataFrame([places, hours, *(pl.Series(name, of) for name, of in measured.items())])
