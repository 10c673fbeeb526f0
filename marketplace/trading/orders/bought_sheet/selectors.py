"""What a buyer decided on: the sheet as they read it, whatever became of the offer since."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core import NotFound
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

    A renewal freezes the sheet of a listing anew and keeps the one before, and so does a listing
    that moves on to a later revision.

    Raises:
        NotFound: it was never kept.
    """
    contract = Contract.objects.filter(order=order).only("agreed").first()
    named = str(contract.agreed.get("sheet_sha256", "")) if contract else ""
    sheet, digest = _sheet_named(order, named) if named else _sheet_seen(order)
    if sheet is None or (named and named != digest):
        raise NotFound(_("The description of what was ordered was not kept."))
    return BoughtSheet(sheet, digest)


def _sheet_named(order: Order, digest: str) -> tuple[dict[str, Any] | None, str]:
    """Return the sheet of a digest, whenever it was that of the listing."""
    if digest == order.listing.sheet_digest:
        return order.listing.sheet, digest
    renewal = _renewals(order).filter(old_sheet_digest=digest).first()
    if renewal is not None:
        return renewal.old_sheet, digest
    past = order.listing.past_offers.filter(sheet_digest=digest).first()
    return (past.sheet, digest) if past is not None else (None, "")


def _sheet_seen(order: Order) -> tuple[dict[str, Any] | None, str]:
    """Return the sheet as it was when the order was placed: what was first replaced after that."""
    replaced = [
        (one.decided_at or one.created_at, one.old_sheet, one.old_sheet_digest)
        for one in _renewals(order).filter(decided_at__gt=order.created_at)[:1]
    ]
    pasts = order.listing.past_offers.filter(created_at__gt=order.created_at)
    replaced += [
        (one.created_at, one.sheet, one.sheet_digest) for one in pasts.order_by("created_at")[:1]
    ]
    if not replaced:
        return order.listing.sheet, order.listing.sheet_digest
    _moment, sheet, digest = min(replaced, key=lambda one: one[0])
    return sheet, digest


def _renewals(order: Order) -> QuerySet[ListingRenewal]:
    rows = ListingRenewal.objects.filter(listing_id=order.listing_id, state=RenewalState.APPROVED)
    return rows.filter(old_sheet__isnull=False).order_by("decided_at")
