"""A sold right passes: the register's case is opened, and its end completes or ends the order."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState, clock, locked
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.rights.claim.states import ENDED_WITHOUT_RIGHT, ClaimState
from marketplace.rights.right.title import present_titles
from marketplace.rights.transfer.services import open_transfer
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import LISTING, ListingState
from marketplace.trading.listings.publication.events import ListingWithdrawn
from marketplace.trading.listings.renewal.dropping import drop_renewal
from marketplace.trading.orders.course.moves import move_order
from marketplace.trading.orders.order.events import OrderCompleted
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.right_sale.events import RightSaleBegun, RightSaleEnded
from marketplace.trading.orders.right_sale.sold_rights import reference_of, transfer_of
from marketplace.trading.orders.settlement.crediting import CreditReason
from marketplace.trading.orders.settlement.held_money import release, wind_up
from marketplace.trading.orders.settlement.selectors import held_of


@transaction.atomic
def begin_right_sale(order_id: UUID, *, by: Actor) -> Order:
    """Open the register's case by which a sold and paid right passes to its buyer.

    The listing leaves the market for good: nothing rests any more on a right that passes. Doing it
    again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order sells no right or its payment is not held, or the register cannot
            pass the right (its code).
        Invalid: the buyer cannot hold the right (its code).
    """
    order = _sold(order_id, by=by)
    if transfer_of(order) is not None:
        return order
    if order.state != OrderState.PAID:
        raise WrongState(_("The right passes once the payment is held."))
    listing = locked(listings_visible_to(by), pk=order.listing_id)
    assert listing.certificate_id is not None
    claim = open_transfer(
        listing.certificate_id, acquirer_id=order.buyer_id, reference=reference_of(order), by=by
    )
    if listing.state != ListingState.WITHDRAWN:
        LISTING.move(listing, ListingState.WITHDRAWN)
        listing.reason = listing.suspension = ""
        listing.save(update_fields=["state", "reason", "suspension"])
        drop_renewal(listing, by=by)
        record(ListingWithdrawn(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    record(
        RightSaleBegun(subject=f"order:{order.pk}", about=(f"claim:{claim.pk}", *order.concerns)),
        by=by,
    )
    return order


@transaction.atomic
def complete_right_sale(order_id: UUID, *, certificate_id: UUID, by: Actor) -> Order:
    """Release the payment of a sold right, now that the register records its buyer as the holder.

    Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order sells no right or is not paid, or the register does not record the
            buyer (`right-not-passed`).
    """
    order = _sold(order_id, by=by)
    if order.state == OrderState.COMPLETED:
        return order
    transfer, titles = transfer_of(order), present_titles(order.listing.product.dataset_id)
    if (
        transfer is None
        or transfer.state != ClaimState.CERTIFIED
        or transfer.certificate.pk != certificate_id
        or (order.buyer_id, certificate_id)
        not in [(title.organization_id, title.certificate_id) for title in titles]
    ):
        raise WrongState(
            _("The register does not record the buyer as the holder of the right."),
            code="right-not-passed",
        )
    move_order(order, OrderState.COMPLETED)
    split = release(order, cause=f"order:{order.pk}:acceptance")
    order.delivered_at = order.completed_at = clock.now()
    order.save(update_fields=["state", "delivered_at", "completed_at"])
    record(
        OrderCompleted(
            subject=f"order:{order.pk}",
            about=(f"certificate:{certificate_id}", *order.concerns),
            is_silent=False,
            released=str(split.seller),
            fee=str(split.fee),
            currency=order.currency,
        ),
        binds=bound(order),
        by=by,
    )
    return order


@transaction.atomic
def end_right_sale(order_id: UUID, *, by: Actor) -> Order:
    """End the order of a right that the register did not pass: all that is held goes back.

    Doing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order sells no right, or the register's case has not ended so.
    """
    order = _sold(order_id, by=by)
    transfer = transfer_of(order)
    if order.state in (OrderState.REFUNDED, OrderState.TERMINATED):
        return order
    if transfer is None or transfer.state not in ENDED_WITHOUT_RIGHT:
        raise WrongState(_("The register has not ended the transfer of this right."))
    refund = held_of(order)
    move_order(order, OrderState.REFUNDED)
    order.save(update_fields=["state"])
    wind_up(order, refund=refund, cause=f"sale:{order.pk}", why=CreditReason.NOT_PASSED, by=by)
    record(
        RightSaleEnded(
            subject=f"order:{order.pk}",
            about=(f"claim:{transfer.pk}", *order.concerns),
            refunded=str(refund),
            currency=order.currency,
        ),
        by=by,
    )
    return order


def _sold(order_id: UUID, *, by: Actor) -> Order:
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software passes on what was sold."))
    if not sells_right(order.listing):
        raise WrongState(_("By this order a licence was sold, and no right passes."))
    return order
