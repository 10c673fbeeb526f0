"""Listings, orders and contracts in each state, reached by acts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.ceiling.profile import is_public_data
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor, Door
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.preparation.report.selectors import report_of
from marketplace.review.checklists import CHECKLISTS
from marketplace.trading.listings.assessment.selectors import assessment_of, needs_assessment
from marketplace.trading.listings.assessment.services import approve_assessment, make_assessment
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.publication.services import (
    publish_listing,
    return_listing,
    submit_listing,
    suspend_listing,
    withdraw_listing,
)
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery, mark_delivered
from marketplace.trading.orders.negotiation.services import cancel_order, decline_order, place_order
from marketplace.trading.orders.order.events import TermsOver
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from tests.given import ceilings
from tests.given.appraisal import in_force
from tests.given.catalog import approved_dataset
from tests.given.preparation import masked_version_of
from tests.given.rights import certified
from tests.given.shelf import kept
from tests.given.world import PASSWORD, World

LISTING_CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["listing"])
SYSTEM = Actor.system(Door.REACTION)
OFFER = Offer(
    title="Bus boardings of Minjiang, March 2026",
    summary="Boardings and mean delay of each bus line a day, for planning and pricing.",
    price=Decimal("12000.00"),
    terms=Terms(purpose="Planning, research and pricing of insurance.", licence_months=12),
)
ASSESSMENT: dict[str, Any] = {
    "cases": ["handed_on"],
    "purpose": "Insurers price policies with it; names are gone, ages are in tens.",
    "necessity": "The same cannot be had with less, and the basis allows it.",
    "risks": "Somebody who knows much of a person might guess the row.",
    "measures": "Masks, attackers, a contract that forbids to try; the rest is small.",
}
PURPOSE = "To price insurance for bus passengers."


def offer(*, exclusive: bool = False, **changes: Any) -> Offer:
    """Return an offer that keeps every rule; `exclusive` sells to one buyer alone."""
    terms = changes.pop("terms", OFFER.terms)
    return replace(OFFER, terms=replace(terms, is_exclusive=exclusive), **changes)


@kept
def masked(world: World, dataset: Dataset | None = None) -> DatasetVersion:
    """Return a desensitized version of an approved dataset about no person."""
    return masked_version_of(world, dataset or approved_dataset(world))


def valued(world: World, version: DatasetVersion) -> Appraisal:
    """Certify the right, and approve valuation and price ceiling of a desensitized version."""
    certified(world, dataset=version.dataset)
    if is_public_data(version.dataset.asset_kind):
        ceilings.in_force(world, version.dataset)
    return in_force(world, version.dataset)


@kept
def drafted(world: World, version: DatasetVersion | None = None, **changes: Any) -> Listing:
    """Draft a listing; without a version, of one that has every proof."""
    if version is None:
        version = masked(world)
        valued(world, version)
    listing = draft_listing(version.pk, offer=offer(**changes), by=world.actor("officer"))
    return assessed(world, listing)


def assessed(world: World, listing: Listing) -> Listing:
    """Have it assessed and approved what listed data does to persons, where it is about any."""
    version = listing.revision.version
    if needs_assessment(report_of(version.pk)) and assessment_of(version) is None:
        made = make_assessment(listing.pk, **ASSESSMENT, by=world.actor("officer"))
        approve_assessment(made.pk, by=world.actor("reviewer"))
    return listing


@kept
def submitted(world: World, **changes: Any) -> Listing:
    """Submit a listing to a second officer."""
    return submit_listing(drafted(world, **changes).pk, by=world.actor("officer"))


@kept
def returned(world: World) -> Listing:
    """Let a second officer send a listing back."""
    return return_listing(
        submitted(world).pk, reason="Say more of the delays.", by=world.actor("reviewer")
    )


@kept
def published(world: World, **changes: Any) -> Listing:
    """Bring a listing to the market."""
    listing = submitted(world, **changes)
    return publish_listing(
        listing.pk, checklist=LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )


@kept
def suspended(world: World, *, by: str = "officer") -> Listing:
    """Take a published listing off the market for the time being."""
    return suspend_listing(published(world).pk, reason="We check it.", by=world.actor(by))


@kept
def withdrawn(world: World) -> Listing:
    """Take a published listing off the market for good."""
    return withdraw_listing(published(world).pk, reason="Replaced.", by=world.actor("officer"))


@kept
def placed(world: World, listing: Listing | None = None, *, by: str = "buyer") -> Order:
    """Order a published listing."""
    listing = listing or published(world)
    return place_order(listing.pk, purpose=PURPOSE, request_key=str(uuid4()), by=world.actor(by))


@kept
def declined(
    world: World,
    order: Order | None = None,
    *,
    by: str = "officer",
    reason: str = "Not for this purpose.",
) -> Order:
    """Let a side, the seller unless another is named, decline an order."""
    return decline_order((order or placed(world)).pk, reason=reason, by=world.actor(by))


@kept
def accepted(world: World, order: Order | None = None) -> Order:
    """Let the seller accept an order."""
    return accept_order((order or placed(world)).pk, by=world.actor("officer"))


@kept
def contracted(world: World) -> Contract:
    """Return the unsigned contract of an accepted order."""
    return Contract.objects.get(order=accepted(world))


@kept
def cancelled_contract(world: World) -> Contract:
    """Return the contract of an order that was cancelled before it was signed."""
    contract = contracted(world)
    cancel_order(contract.order_id, by=world.actor("buyer"))
    return contract


@kept
def signed_by_seller(world: World) -> Contract:
    """Return a contract that waits for the buyer alone."""
    contract = contracted(world)
    return sign_contract(
        contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("officer")
    )


def agreed_otherwise(order_id: UUID, **columns: Any) -> None:
    """Set columns of an order and bind them, as the act of a later form might."""
    order = Order.objects.get(pk=order_id)
    for name, value in columns.items():
        setattr(order, name, value)
    order.save()
    over = TermsOver(subject=f"order:{order.pk}", about=order.concerns)
    record(over, binds=bound(order), by=SYSTEM)


@kept
def signed(world: World, order: Order | None = None) -> Order:
    """Let both sides sign the contract of an order."""
    contract = Contract.objects.get(order=accepted(world, order))
    for side in ("officer", "buyer"):
        sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(side))
    return Order.objects.get(pk=contract.order_id)


@kept
def told_paid(world: World, order: Order | None = None) -> Payment:
    """Record by hand that a signed order was paid; nobody has confirmed it."""
    order = signed(world, order)
    reference = f"BANK-{order.pk.hex[:12]}"
    return record_payment(order.pk, reference=reference, by=world.actor("treasurer"))


@kept
def paid(world: World, order: Order | None = None) -> Order:
    """Record the payment of a signed order, and confirm it."""
    payment = told_paid(world, order)
    confirm_payment(payment.pk, by=world.actor("second_treasurer"))
    return Order.objects.get(charges__payments=payment)


@kept
def delivered(world: World, order: Order | None = None) -> Order:
    """Let the buyer have opened the data of a paid order."""
    return mark_delivered(paid(world, order).pk, by=SYSTEM)


@kept
def completed(world: World) -> Order:
    """Let the buyer accept the delivery."""
    return accept_delivery(delivered(world).pk, by=world.actor("buyer"))
