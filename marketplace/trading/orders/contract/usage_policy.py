"""The terms of an order as an ODRL agreement."""

from typing import Any

from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.terms.usage_policy import (
    CONTEXT,
    body_of_licence,
    body_of_sale,
    urn_of,
)
from marketplace.trading.orders.order.models import Order


def agreement_policy(order: Order) -> dict[str, Any]:
    listing = order.listing
    body = (body_of_sale if sells_right(listing) else body_of_licence)(
        order.agreed_terms,
        payment=f"{urn_of(order.pk)}#payment",
        target=order.revision.version_id,
        assigner=listing.organization_id,
        plan=order.agreed_plan,
        currency=order.currency,
    )
    return {
        "@context": CONTEXT,
        "type": "Agreement",
        "uid": urn_of(order.pk),
        **body,
        "assignee": urn_of(order.buyer_id),
    }
