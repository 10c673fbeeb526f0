"""Which published listings stand on a day, as conditions that SQL can answer.

The pipeline suspends what no longer stands, a moment later. Until then these conditions keep it
off the market; what is ordered is asked anew by the gate in any case.
"""

from datetime import date

from django.db.models import Q, QuerySet

from marketplace.accounts.organization.states import OrganizationState
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.core import Actor, clock
from marketplace.preparation.report.states import ReportState
from marketplace.rights.certificate.states import CertificateState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import shown_to
from marketplace.trading.listings.listing.states import ListingState


def stands_on(day: date) -> Q:
    """Return the condition of a published listing whose right, report and valuation hold.

    Its seller is not suspended either.
    """
    return Q(
        state=ListingState.PUBLISHED,
        organization__state=OrganizationState.VERIFIED,
        certificate__state=CertificateState.IN_FORCE,
        certificate__valid_from__lte=day,
        certificate__valid_until__gte=day,
        risk_report__state=ReportState.IN_FORCE,
        risk_report__valid_until__gte=day,
        appraisal__state=AppraisalState.IN_FORCE,
        appraisal__valid_until__gte=day,
    )


def published_listings(by: Actor) -> QuerySet[Listing]:
    """Return what stands in the market for the actor, at this moment."""
    rows = Listing.objects.filter(stands_on(clock.today()))
    rows = rows.select_related("organization", "product")
    return rows.filter(shown_to(by))
