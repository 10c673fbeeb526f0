"""What is sold where the right itself is sold."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Once, Plan
from marketplace.trading.listings.terms.terms import Terms


def sells_right(listing: Listing) -> bool:
    """Return whether a listing sells the right itself, and no licence."""
    return listing.delivery.sells_right


def rights_in_words(sheet: Mapping[str, Any]) -> list[str]:
    """Name the rights that the certificate of a frozen sheet gives."""
    labels = dict(Right.choices)
    return [str(labels.get(code, code)) for code in sheet.get("right", {}).get("rights", ())]


def problems_of_sale(plan: Plan, terms: Terms) -> dict[str, list[str]]:
    """Say by field what a sale of the right itself cannot have."""
    found: dict[str, list[str]] = {}
    if not terms.is_exclusive:
        found["is_exclusive"] = [_("A right is sold to one buyer alone. Make it exclusive.")]
    if not isinstance(plan, Once) or plan.rows is not None:
        found["price"] = [_("A right is sold for one price, paid once.")]
    if terms.columns or terms.rows or terms.is_marked:
        found["columns"] = [
            _("A right is sold over all of the data. Leave columns, rows and marks empty.")
        ]
    return found
