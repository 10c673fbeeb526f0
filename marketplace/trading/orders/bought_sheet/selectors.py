"""What a buyer decided on: the sheet as they read it, whatever became of the offer since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core.errors import NotFound
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.states import RenewalState
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order


@dataclass(frozen=True)
class BoughtSheet:
    """A frozen sheet with its SHA-256, which the contract names."""

    sheet: dict[str, Any]
    sheet_digest: str


def bought_sheet(order: Order) -> BoughtSheet:
    """Return the sheet that the contract of an order names; before there is one, the sheet as the
    buyer saw it when they ordered.

    A renewal freezes the sheet of a listing anew and keeps the one before.

    Raises:
        NotFound: it was never kept.
    """
    listing, renewals = order.listing, _renewals(order)
    contract = Contract.objects.filter(order=order).only("agreed").first()
    named = str(contract.agreed.get("sheet_sha256", "")) if contract else ""
    if named:
        if named == listing.sheet_digest:
            renewals = renewals.none()
        renewals = renewals.filter(old_sheet_digest=named)
    else:
        renewals = renewals.filter(decided_at__gt=order.created_at)
    renewal = renewals.first()
    sheet, digest = (
        (renewal.old_sheet, renewal.old_sheet_digest)
        if renewal
        else (listing.sheet, listing.sheet_digest)
    )
    if sheet is None or (named and named != digest):
        raise NotFound(_("The description of what was ordered was not kept."))
    return BoughtSheet(sheet, digest)


def _renewals(order: Order) -> QuerySet[ListingRenewal]:
    rows = ListingRenewal.objects.filter(listing_id=order.listing_id, state=RenewalState.APPROVED)
    return rows.filter(old_sheet__isnull=False).order_by("decided_at")
