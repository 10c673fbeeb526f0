from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.states import WITHOUT_RECEIPT
from marketplace.preparation.budget.selectors import budget_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms


def measurements_visible_to(by: Actor) -> QuerySet[Measurement]:
    """Return every measurement to the centre's staff, else those that one's organization asked for.

    What a buyer measures is not told to the seller.
    """
    rows = Measurement.objects.select_related(
        "listing__organization", "version__dataset", "organization", "credential", "repeats"
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def measured_of(listing_id: UUID, organization_id: UUID) -> int:
    """Count the measurements of a listing that an organization paid for in ε, or that go on.

    One that repeats what was paid for is paid for by that, and counts with it.
    """
    rows = Measurement.objects.filter(
        listing_id=listing_id, organization_id=organization_id, repeats=None
    )
    return rows.exclude(state__in=WITHOUT_RECEIPT, charged_at=None).count()


def measurements_left(listing: Listing, organization_id: UUID, terms: MeasuringTerms) -> int:
    """Return how often an organization may still have an offer measured, as its ε allows too."""
    allowed = terms.most_of_buyer - measured_of(listing.pk, organization_id)
    held = budget_of(listing.revision.version.dataset_id).left // terms.epsilon
    return max(0, min(allowed, int(held)))


def repeat_of(measurement: Measurement) -> Measurement | None:
    """Return the measurement that repeats what was asked for, and goes on or told its figures."""
    same = Measurement.objects.filter(
        organization_id=measurement.organization_id, digest=measurement.digest
    )
    return same.exclude(pk=measurement.pk).exclude(state__in=WITHOUT_RECEIPT).first()
