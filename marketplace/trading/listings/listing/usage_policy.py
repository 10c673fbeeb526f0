"""What a listing offers as an ODRL policy."""

from typing import Any

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.listings.terms.usage_policy import (
    CONTEXT,
    body_of_licence,
    body_of_sale,
    urn_of,
)


def offer_policy(listing: Listing) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "type": "Offer",
        "uid": urn_of(listing.pk),
        **(body_of_sale if sells_right(listing) else body_of_licence)(
            Terms.from_json(listing.terms),
            payment=f"{urn_of(listing.pk)}#payment",
            target=listing.revision.version_id,
            assigner=listing.organization_id,
            plan=listing.price_plan,
            currency=listing.currency,
        ),
    }
