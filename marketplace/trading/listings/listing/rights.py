"""What is sold where the right itself is sold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Once, Plan


def sells_right(listing: Listing) -> bool:
    """Return whether a listing sells the right itself, and no licence."""
    return listing.delivery.sells_right


def rights_in_words(sheet: Mapping[str, Any]) -> list[str]:
    """Name the rights that the certificate of a frozen sheet gives."""
    labels = dict(Right.choices)
    return [str(labels.get(code, code)) for code in sheet.get("right", {}).get("rights", ())]


def problems_of_sale(plan: Plan) -> dict[str, list[str]]:
    """Say by field how a sale of the right itself cannot be paid."""
    if isinstance(plan, Once) and plan.rows is None:
        return {}
    return {"price": [_("A right is sold for one price, paid once.")]}
