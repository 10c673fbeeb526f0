from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import check_seller
from marketplace.trading.listings.listing.states import OFF_MARKET


def check_allow_measuring(listing: Listing, by: Actor) -> None:
    """Refuse to say whether buyers may have measured what a listing would bring.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing gives no rows (`no-rows-to-measure`), or is withdrawn or replaced.
    """
    check_seller(listing, by)
    if not gives_rows(listing):
        raise WrongState(
            _("This listing gives no rows, so nothing can be measured with them."),
            code="no-rows-to-measure",
        )
    if listing.state in OFF_MARKET:
        raise WrongState(_("This is not offered any more, so nobody measures it."))


def gives_rows(listing: Listing) -> bool:
    """Return whether a buyer of a listing gets rows to learn from."""
    return listing.delivery.rows_leave and not listing.revision.version.is_model
