"""When a missed revision is nobody's fault."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from marketplace.catalog.lineage.selectors import origins_above
from marketplace.ledger.selectors import facts_about
from marketplace.rights.certificate.events import (
    CertificateCancelled,
    CertificateExpired,
    CertificateFrozen,
    CertificateSuperseded,
    CertificateUnfrozen,
)
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.gate import SELLING_RIGHT
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.events import ListingResumed, ListingSuspended
from marketplace.trading.orders.order.models import Order

OF_LISTING = (ListingSuspended.kind, ListingResumed.kind, ListingAdvanced.kind)
OF_CERTIFICATE = (
    *(CertificateFrozen.kind, CertificateUnfrozen.kind, CertificateCancelled.kind),
    *(CertificateExpired.kind, CertificateSuperseded.kind),
)


def is_excused(order: Order, at: datetime) -> bool:
    """Return whether the centre, a court or an authority held the data up at a moment.

    It is read from the ledger: what stands when somebody asks may have begun, or ended, since.
    """
    listing = order.listing
    if _was_suspended_by_the_centre(listing, at):
        return True
    dataset_id = listing.product.dataset_id
    own = Certificate.objects.filter(dataset_id=dataset_id, organization_id=listing.organization_id)
    above = [each.upstream_id for each in origins_above(dataset_id) if each.upstream_id]
    return any(
        _was_frozen(held, at)
        for held in (own, *(Certificate.objects.filter(dataset_id=each) for each in above))
    )


def _was_suspended_by_the_centre(listing: Listing, at: datetime) -> bool:
    subject, is_suspended = f"listing:{listing.pk}", False
    for fact in facts_about(subject, kinds=OF_LISTING):
        if fact.subject == subject and fact.happened_at <= at:
            is_suspended = (
                fact.kind == ListingSuspended.kind
                and not fact.payload["code"]
                and fact.organization_id != listing.organization_id
            )
    return is_suspended


def _was_frozen(certificates: Iterable[Certificate], at: datetime) -> bool:
    """Return whether a holder's right was frozen at a moment, and they had none in force."""
    stood: dict[UUID, set[str]] = {}
    for held in certificates:
        if SELLING_RIGHT in held.rights and held.created_at <= at:
            stood.setdefault(held.organization_id, set()).add(_last_told(held, at))
    in_force = {"", CertificateUnfrozen.kind}
    return any(CertificateFrozen.kind in found and not found & in_force for found in stood.values())


def _last_told(certificate: Certificate, at: datetime) -> str:
    """Return the kind of the last fact about a certificate's state by a moment, "" of none."""
    subject = f"certificate:{certificate.pk}"
    kinds = [
        fact.kind
        for fact in facts_about(subject, kinds=OF_CERTIFICATE)
        if fact.subject == subject and fact.happened_at <= at
    ]
    return kinds[-1] if kinds else ""
