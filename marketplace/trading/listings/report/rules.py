from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import check_revise_listing


def check_write_report(listing: Listing, by: Actor) -> None:
    """Refuse to write what a listing delivers instead of the data.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted, or is not delivered as a report (`not-a-report`).
    """
    check_revise_listing(listing, by)
    if not listing.delivery.needs_report:
        raise WrongState(
            _("This listing is not delivered as a report. Revise its delivery first."),
            code="not-a-report",
        )
