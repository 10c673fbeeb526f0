"""An order moved on, or a proof fell: grant access or end it, suspend listings."""

from __future__ import annotations

from uuid import UUID

from marketplace.core.locking import visible
from marketplace.delivery.grant.selectors import grant_of_order
from marketplace.delivery.grant.services import (
    amend_grant_of_order,
    certify_delivery,
    end_grant_of_order,
    open_order,
)
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of, order_of
from marketplace.trading.listings.listing.services import suspend_broken_listings
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.contract.services import end_refused_order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.right_sale.services import begin_right_sale


def end_access(entry: Entry) -> None:
    """Take the buyer's access back, now that the contract has ended."""
    end_grant_of_order(id_of(entry.subject), by=PIPELINE)


def amend_access(entry: Entry) -> None:
    """Let the grant follow the amended terms, once both sides have signed them."""
    if entry.payload["is_concluded"]:
        amendment = visible(amendments_visible_to(PIPELINE), pk=id_of(entry.subject))
        amend_grant_of_order(amendment.contract.order_id, by=PIPELINE)


def grant_access(entry: Entry) -> None:
    """Open the data to the buyer, or have the buyer's copy written, now that it is paid.

    Where the right itself was sold, the register's case is opened instead.
    """
    order = order_of(entry.subject)
    if sells_right(order.listing):
        begin_right_sale(order.pk, by=PIPELINE)
    elif end_refused_order(order.pk, by=PIPELINE).state == OrderState.PAID:
        open_order(order.pk, by=PIPELINE)


def grant_copy(entry: Entry) -> None:
    """Open a copy to the buyer that it was written for, once its risk has passed."""
    order_id = id_of(entry.subject)
    if not entry.payload["passed"]:
        return
    if end_refused_order(order_id, by=PIPELINE).state == OrderState.PAID:
        open_order(order_id, by=PIPELINE)


def certify(entry: Entry) -> None:
    """Certify the delivery of an order that its buyer has accepted, where data was delivered."""
    grant = grant_of_order(id_of(entry.subject))
    if grant is not None:
        certify_delivery(grant.pk, is_silent=entry.payload["is_silent"], by=PIPELINE)


def suspend_listings(entry: Entry) -> None:
    """Take the listings off the market whose proof fell: those of the dataset that it is of."""
    for subject in (entry.subject, *entry.about):
        kind, _colon, pk = subject.partition(":")
        if kind == "dataset":
            suspend_broken_listings(dataset_id=UUID(pk), by=PIPELINE)
