from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.states import MeasurementState


def measurements_visible_to(by: Actor) -> QuerySet[Measurement]:
    """Return every measurement to the centre's staff, else those that one's organization asked for.

    What a buyer measures is not told to the seller.
    """
    rows = Measurement.objects.select_related(
        "listing__organization", "version__dataset", "organization", "credential"
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def measured_of(listing_id: UUID, organization_id: UUID) -> int:
    """Count the measurements of a listing that an organization asked for and that did not fail.

    One that was cancelled counts where it was paid for in ε.
    """
    rows = Measurement.objects.filter(listing_id=listing_id, organization_id=organization_id)
    rows = rows.exclude(state=MeasurementState.FAILED)
    return rows.exclude(state=MeasurementState.CANCELLED, charged_at=None).count()
