"""Reports of re-identifications in each state, and recalled orders, reached by acts."""

from __future__ import annotations

from marketplace.core.actor import NOBODY
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.services import (
    decide_reidentification,
    examine_reidentification,
    recall_order,
    report_reidentification,
)
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import World

FOUND = "A driver of line 7 can be told from the others."
HOW = "Whoever knows the line and the day of an accident finds one row."
REASON = "Tried on the released file: one row fits, and it is the right one."
STATEMENT = "Use has stopped; both copies were deleted on 3 March 2026 by overwriting."


@kept
def reported(
    world: World, listing: Listing | None = None, *, found: str = FOUND
) -> Reidentification:
    """Let a stranger report that a person can be found in listed data."""
    listing = listing or given.published(world)
    return report_reidentification(named=str(listing.pk), found=found, how=HOW, by=NOBODY)


@kept
def examined(
    world: World, doubt: Reidentification | None = None, *, is_proven: bool = True
) -> Reidentification:
    """Let a reviewer propose an outcome."""
    return examine_reidentification(
        (doubt or reported(world)).pk,
        is_proven=is_proven,
        reason=REASON,
        by=world.actor("reviewer"),
    )


@kept
def decided(
    world: World, doubt: Reidentification | None = None, *, is_proven: bool = True
) -> Reidentification:
    """Let a second reviewer confirm it."""
    examination = examined(world, doubt, is_proven=is_proven)
    return decide_reidentification(
        examination.pk, is_confirmed=True, by=world.actor("second_reviewer")
    )


def proven(world: World, listing: Listing) -> Reidentification:
    """Have the verdict on listed data recalled."""
    return decided(world, reported(world, listing))


@kept
def recalled(world: World) -> Order:
    """Return a delivered order whose data was recalled, and which was undone."""
    order = given.delivered(world)
    proven(world, order.listing)
    recall_order(order.pk, by=given.SYSTEM)
    return Order.objects.get(pk=order.pk)


@kept
def stated(world: World) -> Order:
    """Let the buyer state the deletion."""
    order = recalled(world)
    state_deletion(order.pk, statement=STATEMENT, by=world.actor("buyer"))
    return order
