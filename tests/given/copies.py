"""Orders whose data is written for their buyer first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marketplace.catalog.models import DatasetVersion
from marketplace.delivery.services.opening import open_order
from marketplace.preparation.execution import execute_run
from marketplace.preparation.models import Copy
from marketplace.trading.models import Order
from marketplace.trading.services.listings import publish_listing, submit_listing
from tests.given import trading
from tests.given.catalog import approved_dataset
from tests.given.preparation import people
from tests.given.shelf import kept
from tests.given.world import World


@kept
def ordered(
    world: World, version: DatasetVersion | None = None, *, mode: str = "file", **terms: Any
) -> Order:
    """Pay for a part of a version, or for a marked copy of it."""
    offered = replace(trading.OFFER.terms, **terms)
    listing = trading.drafted(world, version, terms=offered, delivery_mode=mode)
    submit_listing(listing.pk, by=world.actor("officer"))
    listing = publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    return trading.paid(world, trading.placed(world, listing))


@kept
def about_people(world: World) -> DatasetVersion:
    """Answer a valued version about people, in which pseudonyms stand for them."""
    version = trading.masked(
        world, approved_dataset(world, table=people(240), personal_basis="law")
    )
    trading.valued(world, version)
    return version


def asked(world: World, order: Order) -> Copy:
    """Have the copy of a paid order asked for, as the reaction to the payment does."""
    copy = open_order(order.pk, by=trading.SYSTEM)
    assert isinstance(copy, Copy)
    return copy


def written(world: World, order: Order) -> Copy:
    """Have the copy of a paid order written and measured."""
    copy = asked(world, order)
    execute_run(copy.run_id)
    copy = Copy.objects.get(pk=copy.pk)
    assert copy.run.state == "done", (copy.run.error_code, copy.run.error_parameters)
    return copy
