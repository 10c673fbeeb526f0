"""A seller writes the report that a listing delivers instead of the data."""

from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.report import rules
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.events import ReportWritten
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.report.selectors import report_of_listing


@transaction.atomic
def write_report(listing_id: UUID, *, content: ReportContent, by: Actor) -> ListingReport:
    """Write or replace the report of a drafted listing. The same again changes nothing.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted, or is not delivered as a report (`not-a-report`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_write_report(listing, by)
    written = report_of_listing(listing)
    if written is not None and written.sha256 == content.sha256:
        return written
    if written is None:
        written = ListingReport(listing=listing)
    written.content, written.sha256 = content.as_json(), content.sha256
    written.save()
    record(
        ReportWritten(
            subject=f"listing:{listing.pk}", about=listing.concerns, report_sha256=content.sha256
        ),
        by=by,
    )
    return written
