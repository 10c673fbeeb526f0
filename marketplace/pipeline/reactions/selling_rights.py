"""The register ended the transfer of a right that was sold: complete or end its order."""

from __future__ import annotations

from uuid import UUID

from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.pipeline.things import PIPELINE, id_of
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.right_sale.services import complete_right_sale, end_right_sale
from marketplace.trading.orders.right_sale.sold_rights import transfer_of


def complete_sale(entry: Entry) -> None:
    """Release the payment of a right that was sold, now that its buyer holds it."""
    for subject in entry.about:
        order_id = _sold_by(subject)
        if order_id is not None:
            complete_right_sale(order_id, certificate_id=id_of(entry.subject), by=PIPELINE)


def end_sale(entry: Entry) -> None:
    """Give the money back of a right that was sold and does not pass."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    order_id = _sold_by(claim.reference)
    if order_id is not None:
        end_right_sale(order_id, by=PIPELINE)


def _sold_by(reference: str) -> UUID | None:
    """Return the order that sold a right, where that is what the words of a transfer name."""
    kind, _colon, key = reference.partition(":")
    try:
        order_id = UUID(key)
    except ValueError:
        return None
    order = orders_visible_to(PIPELINE).filter(pk=order_id).first()
    if kind != "order" or order is None or transfer_of(order) is None:
        return None
    return order.pk
