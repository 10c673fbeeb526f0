"""Rights that are sold, in each state, reached by acts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import (
    accept_claim,
    attach_evidence,
    confirm_claim,
    start_review,
    submit_claim,
    waive_notice,
)
from marketplace.rights.transfer.services import join_transfer
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.right_sale.sold_rights import transfer_of
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.rights import RIGHT_CHECKLIST, WAIVER
from tests.given.shelf import kept
from tests.given.vault import upload
from tests.given.world import World

PRICE = Decimal("20000.00")


@kept
def published(world: World, **changes: Any) -> Listing:
    """Bring a right to the market."""
    wanted: dict[str, Any] = {"delivery_mode": "right", "price": PRICE, "exclusive": True}
    return given.published(world, **(wanted | changes))


@kept
def paid(world: World) -> Order:
    """Return the paid order of a right, whose transfer the register has opened."""
    order = given.paid(world, given.placed(world, published(world)))
    catch_up()
    return Order.objects.get(pk=order.pk)


def transfer(order: Order) -> Claim:
    """Return the register's case of an order."""
    claim = transfer_of(order)
    assert claim is not None
    return claim


def submitted(world: World, claim: Claim, *, by: str = "buyer") -> Claim:
    """Let the acquirer join a transfer, attach the contract and submit."""
    acquirer = world.actor(by)
    join_transfer(claim.pk, by=acquirer)
    attach_evidence(
        claim.pk,
        kind=EvidenceKind.CONTRACT,
        upload=upload("The contract", name="contract.txt", kind="text/plain"),
        by=acquirer,
    )
    return submit_claim(claim.pk, by=acquirer)


def joined(world: World, order: Order) -> Claim:
    """Let the buyer join, attach the contract and submit."""
    return submitted(world, transfer(order))


def examined(world: World, claim: Claim) -> Claim:
    """Let the register examine a submitted transfer, so that it can be confirmed."""
    accept_claim(claim.pk, by=world.actor("reviewer"))
    start_review(claim.pk, by=world.actor("reviewer"))
    return waive_notice(claim.pk, reason=WAIVER, by=world.actor("reviewer"))


def passed(world: World, order: Order) -> Certificate:
    """Let the register record the buyer as the new holder."""
    claim = examined(world, joined(world, order))
    return confirm_claim(claim.pk, checklist=RIGHT_CHECKLIST, by=world.actor("second_reviewer"))
