"""Orders whose data is written for their buyer first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.delivery.grant.services import open_order
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release.models import Copy
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.orders.order.models import Order
from marketplace.vault.places import vault_folder
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
    """Return a valued version about people, in which pseudonyms stand for them."""
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


def broken(world: World, order: Order | None = None) -> Copy:
    """Have the copy of a paid order fail: the file that it is made of is gone for the moment."""
    copy = asked(world, order or ordered(world, columns=("line",)))
    with mislaid(copy):
        execute_run(copy.run_id)
    copy = Copy.objects.get(pk=copy.pk)
    assert copy.run.state == "failed"
    return copy


@contextmanager
def mislaid(copy: Copy) -> Iterator[None]:
    """Let the stored file that a copy is made of be missing."""
    file = copy.run.version.file
    assert file is not None
    place = vault_folder() / file.path
    away = place.rename(place.with_suffix(".away"))
    try:
        yield
    finally:
        away.rename(place)


def written(world: World, order: Order) -> Copy:
    """Have the copy of a paid order written and measured."""
    copy = asked(world, order)
    execute_run(copy.run_id)
    copy = Copy.objects.get(pk=copy.pk)
    assert copy.run.state == "done", (copy.run.error_code, copy.run.error_parameters)
    return copy
