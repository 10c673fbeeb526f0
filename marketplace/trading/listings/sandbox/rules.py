from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import check_revise_listing


def check_declare_sandbox(listing: Listing, by: Actor) -> None:
    """Refuse to say what the sandbox of a listing answers.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted, or is not delivered as a sandbox (`not-a-sandbox`).
    """
    check_revise_listing(listing, by)
    if not listing.delivery.needs_sandbox:
        raise WrongState(
            _("This listing is not delivered as a sandbox. Revise its delivery first."),
            code="not-a-sandbox",
        )
