"""Products with several revisions, and buyers who get each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from marketplace.catalog.version.models import DatasetVersion
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import open_order
from marketplace.preparation.execution import execute_run
from marketplace.preparation.release.models import Copy
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Free, Plan
from marketplace.trading.listings.revision.models import Revision
from tests.given import trading as given
from tests.given.catalog import NEXT_MONTH
from tests.given.pipeline import catch_up
from tests.given.preparation import masked, next_version, policy_document
from tests.given.shelf import kept
from tests.given.world import World


@kept
def followed(world: World, mode: str = "file", *, plan: Plan | None = None, **terms: Any) -> Grant:
    """Open data to a buyer who gets each later revision of it."""
    listing = given.published(
        world, plan=plan or Free(), delivery_mode=mode, terms=replace(given.OFFER.terms, **terms)
    )
    order = given.signed(world, given.placed(world, listing))
    if isinstance(open_order(order.pk, by=given.SYSTEM), Copy):
        write_copies()
    return Grant.objects.get(order=order)


def write_copies() -> None:
    """Let the reactions ask for copies, a worker write them, and the grants give them."""
    catch_up()
    for run_id in Copy.objects.filter(passed=None).values_list("run_id", flat=True):
        execute_run(run_id)
    catch_up()


def next_month(
    world: World, listing: Listing, *, table: str = NEXT_MONTH, **masks: Any
) -> DatasetVersion:
    """Desensitize the next month of what a listing offers, by its policy or with other rules."""
    source = listing.revision.version.parent
    assert source is not None
    document = policy_document(source, **masks)
    newer = next_version(world, source, table=table)
    return masked(world, newer, document=document)


@kept
def later(world: World, listing: Listing | None = None) -> DatasetVersion:
    """Prepare the next month of a published listing."""
    return next_month(world, listing or given.published(world))


def advanced(world: World, listing: Listing, *, table: str = NEXT_MONTH) -> Revision:
    """Put the next month of a listing live."""
    version = next_month(world, Listing.objects.get(pk=listing.pk), table=table)
    return advance_product(version.pk, by=world.actor("officer"))
