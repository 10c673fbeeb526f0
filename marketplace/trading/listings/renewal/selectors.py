from uuid import UUID

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.states import RenewalState


def renewals_visible_to(by: Actor) -> QuerySet[ListingRenewal]:
    """Return the renewals of the listings that the actor works on."""
    rows = ListingRenewal.objects.select_related("listing__organization")
    return rows.filter(listing__in=listings_of_sellers(by))


def waiting_renewal_of(listing: Listing) -> ListingRenewal | None:
    """Return the renewal of a listing that waits for a second officer."""
    rows = ListingRenewal.objects.select_related("certificate", "risk_report", "appraisal")
    return rows.filter(listing=listing, state=RenewalState.WAITING).first()


def relabelled_columns(listing: Listing) -> list[str]:
    """Name the columns that count for less than was found, in what waits to be published."""
    report = (waiting_renewal_of(listing) or listing).risk_report
    return [one["column"] for one in report.relabelled] if report is not None else []


def returned_renewal_of(listing: Listing) -> ListingRenewal | None:
    """Return the newest renewal of a listing, where a second officer refused it."""
    newest = ListingRenewal.objects.filter(listing=listing).order_by("-created_at").first()
    return newest if newest and newest.state == RenewalState.RETURNED else None


def certificates_before(listing: Listing) -> list[UUID]:
    """Return the certificates that a listing rested on before its renewals, without today's."""
    past = ListingRenewal.objects.filter(listing=listing, old_certificate__isnull=False)
    ids = past.exclude(old_certificate_id=listing.certificate_id)
    return list(ids.order_by().values_list("old_certificate_id", flat=True).distinct())


def renewed_proofs(listing: Listing, renewal: ListingRenewal) -> gate.Proofs:
    """Return the proofs that a listing would be bound to if a renewal were approved."""
    return gate.proofs_with(listing, renewal.certificate, renewal.risk_report, renewal.appraisal)
