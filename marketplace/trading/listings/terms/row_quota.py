"""A quota of rows: where one can be agreed, and what it has to hold."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.listings.plans import Menu, Once, Plan
from marketplace.trading.listings.terms.terms import Terms

COUNTED = (DeliveryChoice.API, DeliveryChoice.SHARING)
"""The ways of delivery in which each row that leaves is counted."""


def quota_problems(
    terms: Terms, *, plan: Plan, delivery_mode: str, rows: int
) -> dict[str, list[str]]:
    """Say what a quota of rows cannot be for data of so many rows, delivered in a way."""
    if terms.quota_rows == 0:
        return {}
    if delivery_mode not in COUNTED:
        return {
            "quota_rows": [
                _(
                    "Only rows through the API and through Delta Sharing are counted. Leave the "
                    "quota empty for this way of delivery."
                )
            ]
        }
    # A client of Delta Sharing takes the whole table, so that less could never be used.
    least = _largest_size(plan, rows) if delivery_mode == DeliveryChoice.SHARING else 1
    if terms.quota_rows < least:
        return {
            "quota_rows": [
                _(
                    "A table is taken whole each time. Let the quota hold its %(rows)d rows "
                    "at least."
                )
                % {"rows": least}
            ]
        }
    return {}


def _largest_size(plan: Plan, rows: int) -> int:
    """Return how many rows the table of an order has at most."""
    if isinstance(plan, Menu):
        return max(tier.rows for tier in plan.tiers)
    return plan.rows if isinstance(plan, Once) and plan.rows is not None else rows
