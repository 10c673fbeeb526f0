"""A trade was settled, or money went back: appraisal learns the price, without the parties."""

from __future__ import annotations

from django.utils import timezone

from marketplace.appraisal.appraisal.services import (
    SettledTrade,
    correct_comparable,
    note_comparable,
)
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.listings.plans import is_comparable
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.selectors import refunded_of
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to


def note_trade(entry: Entry) -> None:
    """Note what was paid for which kind of data, where one price was paid to use the whole of it.

    What went back to the buyer in a dispute was not paid, and what was paid for the right itself
    tells nothing of what a licence is worth.
    """
    order = visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    if not is_comparable(order.agreed_plan) or sells_right(order.listing):
        return
    assert order.completed_at is not None
    trade = SettledTrade(
        key=str(order.pk),
        price=order.price - refunded_of(order),
        currency=order.currency,
        is_exclusive=order.is_exclusive,
        settled_on=timezone.localdate(order.completed_at),
    )
    note_comparable(order.listing.revision.version_id, trade=trade, by=PIPELINE)


def correct_trade(entry: Entry) -> None:
    """Let a noted trade compare at what is left of it, once money went back after its end."""
    order = _order_of(entry)
    if order is not None and order.completed_at is not None:
        left = order.price - refunded_of(order)
        correct_comparable(str(order.pk), price=left, by=PIPELINE)


def _order_of(entry: Entry) -> Order | None:
    """Return the order that a refund, the end of a dispute or a recall belongs to."""
    if entry.subject.startswith("order:"):
        return visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    if entry.kind == "trading.dispute_ended":
        return visible(disputes_visible_to(PIPELINE), pk=id_of(entry.subject)).order
    return visible(disbursements_visible_to(PIPELINE), pk=id_of(entry.subject)).order
