"""Read what an offer was before it moved on."""

from copy import copy
from uuid import UUID

from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.past_offer.models import PastOffer


def offered_at(listing: Listing, revision_id: UUID | None) -> Listing:
    """Return a listing as it offered a revision: itself, or as it was before it moved on.

    None is whatever it offers now.
    """
    if revision_id in (None, listing.revision_id):
        return listing
    past = PastOffer.objects.select_related(
        "revision__version__file",
        "revision__version__parent",
        "revision__version__dataset",
        "revision__version__content",
        *("certificate", "risk_report", "appraisal"),
    ).get(listing_id=listing.pk, revision_id=revision_id)
    offered = copy(listing)
    offered.revision = past.revision
    offered.certificate, offered.risk_report = past.certificate, past.risk_report
    offered.appraisal = past.appraisal
    offered.sheet, offered.sheet_digest = past.sheet, past.sheet_digest
    return offered
