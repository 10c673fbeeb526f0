"""A trade settled: its income returns to the account of the data's price ceiling."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from marketplace.appraisal.ceiling.services import book_income
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.trading.orders.order.selectors import orders_visible_to


def return_income(entry: Entry) -> None:
    """Write what the buyer paid into the account of the period in which the trade settled."""
    order = visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    assert order.completed_at is not None
    book_income(
        order.listing.product.dataset_id,
        source=order.pk,
        amount=Decimal(entry.payload["released"]) + Decimal(entry.payload["fee"]),
        currency=entry.payload["currency"],
        settled_on=timezone.localtime(order.completed_at).date(),
        by=PIPELINE,
    )
