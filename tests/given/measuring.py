"""Offers that can be measured, and measurements in each state, reached by acts."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import polars as pl

from marketplace.core.actor import Actor, Door
from marketplace.jobs.services import fail_job, take_job
from marketplace.learning.measurement.execution import execute_measurement
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.services import (
    cancel_measurement,
    charge_measurement,
    repeat_measurement,
    request_measurement,
)
from marketplace.learning.measurement.steps import MEASUREMENTS
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.vault.incoming import encrypt_stream
from marketplace.vault.uploads import EncryptedUpload
from tests.given import trading
from tests.given.catalog import approved_dataset, source_version
from tests.given.preparation import (
    classified,
    masked,
    masked_version_of,
    policy_document,
)
from tests.given.shelf import kept
from tests.given.world import World
from tests.learning.tables import messages, numbers

SYSTEM = Actor.system(Door.TASK)
ALLOWED: dict[str, Any] = {
    "is_open": True,
    "epsilon": Decimal(2),
    "most_of_buyer": 2,
    "person": "",
    "rows": 1,
    "source": "route",
    "sources": ["north", "south", "east"],
}
ASKED: dict[str, Any] = {
    "target": "crowded",
    "features": ["first", "second", "route"],
    "family": "linear",
    "seed": 0,
}


@kept
def offered(world: World) -> Listing:
    """Return a published listing that buyers may not have measured yet."""
    version = masked_version_of(world, approved_dataset(world, table=table(4000, 1).write_csv()))
    trading.valued(world, version)
    listing = trading.drafted(world, version)
    submit_listing(listing.pk, by=world.actor("officer"))
    return publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )


@kept
def measurable(world: World) -> Listing:
    """Return a published listing that buyers may have measured."""
    listing = offered(world)
    allow_measuring(listing.pk, **ALLOWED, by=world.actor("officer"))
    return listing


@kept
def measurable_texts(world: World) -> Listing:
    """Return a published listing of texts that buyers may have measured."""
    source = classified(source_version(approved_dataset(world, table=messages(900).write_csv())))
    version = masked(world, source, document=policy_document(source, text="keep"))
    trading.valued(world, version)
    listing = trading.drafted(world, version)
    submit_listing(listing.pk, by=world.actor("officer"))
    publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    plain = {**ALLOWED, "source": "", "sources": []}
    allow_measuring(listing.pk, **plain, by=world.actor("officer"))
    return Listing.objects.get(pk=listing.pk)


def table(rows: int, seed: int) -> pl.DataFrame:
    """Return stops, by two measures and their route, with whether they are crowded."""
    return numbers(rows, seed=seed).select("first", "second", route="district", crowded="label")


HELD_OUT = 300


def hold_out(rows: int = HELD_OUT) -> pl.DataFrame:
    """Return rows that a buyer holds out."""
    return table(rows, 11)


def own_rows(rows: int = 60) -> pl.DataFrame:
    """Return the few rows that a buyer has to learn from."""
    return table(rows, 12)


def as_csv(table: pl.DataFrame) -> bytes:
    """Write a table as CSV."""
    return table.write_csv().encode()


def as_parquet(table: pl.DataFrame) -> bytes:
    """Write a table as Parquet."""
    written = io.BytesIO()
    table.write_parquet(written)
    return written.getvalue()


def upload(content: bytes, name: str = "rows.csv") -> EncryptedUpload:
    """Return bytes as they arrive at the act."""
    return EncryptedUpload(
        encrypt_stream([content]), name=name, content_type="", size=len(content), limit=2**30
    )


def requested(
    world: World,
    *,
    held: bytes | None = None,
    own: bytes | None = None,
    by: str = "buyer",
    listing: Listing | None = None,
    **changes: Any,
) -> Measurement:
    """Return a measurement that waits for a worker."""
    listing = listing or measurable(world)
    return request_measurement(
        listing.pk,
        **{**ASKED, **changes},
        hold_out=upload(as_csv(hold_out()) if held is None else held),
        own_rows=upload(as_parquet(own_rows()) if own is None else own),
        by=world.actor(by),
    )


def repeated(
    measurement: Measurement, world: World, by: str = "buyer", *, held: bytes | None = None
) -> Measurement:
    """Return what repeats a measurement, with the rows that were asked with."""
    return repeat_measurement(
        measurement.pk,
        hold_out=upload(as_csv(hold_out()) if held is None else held),
        own_rows=upload(as_parquet(own_rows())),
        by=world.actor(by),
    )


def charge(measurement: Measurement, attempt: int) -> Measurement:
    """Pay for a measurement that a worker holds."""
    return charge_measurement(measurement.pk, attempt=attempt, held_out=HELD_OUT, by=SYSTEM)


def fail(measurement: Measurement) -> Measurement:
    """Let a measurement fail after it was paid for."""
    taken = take_job(measurement.pk, queue=MEASUREMENTS, by=SYSTEM)
    charge(measurement, taken.attempt)
    return fail_job(
        measurement.pk,
        attempt=taken.attempt,
        error="training-timed-out",
        parameters={"seconds": 300},
        queue=MEASUREMENTS,
        by=SYSTEM,
    )


def executed(measurement: Measurement) -> Measurement:
    """Let a worker do a measurement that waits."""
    execute_measurement(measurement.pk)
    measurement.refresh_from_db()
    return measurement


@kept
def waiting(world: World) -> Measurement:
    """Return a measurement that waits for a worker."""
    return requested(world)


@kept
def measured(world: World) -> Measurement:
    """Return a measurement that is done."""
    done = executed(waiting(world))
    assert done.state == "done", (done.error_code, done.error_parameters)
    return done


@kept
def failed_after_charge(world: World) -> Measurement:
    """Return a measurement that was paid for and told nothing."""
    return fail(requested(world))


@kept
def being_repeated(world: World) -> Measurement:
    """Return a measurement that was paid for, told nothing, and is repeated."""
    failed = failed_after_charge(world)
    repeated(failed, world)
    return failed


@kept
def cancelled(world: World) -> Measurement:
    """Cancel a measurement that waits."""
    return cancel_measurement(requested(world).pk, by=world.actor("buyer"))
