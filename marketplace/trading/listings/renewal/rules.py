from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.rules import check_reviewer, check_second_officer
from marketplace.trading.listings.listing.states import ON_MARKET
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.renewal.selectors import waiting_renewal_of


def check_renew_listing(listing: Listing, by: Actor) -> UUID:
    """Return the person who asks that a listing goes on.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not on the market, the centre has suspended it, or a renewal
            waits already.
    """
    if not may_offer(by, listing.organization_id) or by.person_id is None:
        raise NotAllowed(_("Only an officer of the seller can do this with a listing."))
    _refuse_off_market(listing)
    if waiting_renewal_of(listing) is not None:
        raise WrongState(_("A renewal of this listing waits for a second officer already."))
    return by.person_id


def check_approve_renewal(listing: Listing, by: Actor) -> ListingRenewal:
    """Return the renewal that a second officer approves.

    Raises:
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits, or the listing left the market or is suspended by the centre.
    """
    renewal = check_return_renewal(listing, by)
    _refuse_off_market(listing)
    return renewal


def check_return_renewal(listing: Listing, by: Actor) -> ListingRenewal:
    """Return the renewal that a second officer refuses.

    Raises:
        NotAllowed: the actor is no reviewer, or is who submitted the renewal (`second-officer`).
        WrongState: no renewal waits.
    """
    check_reviewer(by)
    renewal = waiting_renewal_of(listing)
    if renewal is None:
        raise WrongState(_("No renewal of this listing waits for a decision. Reload the page."))
    check_second_officer(listing, by, submitted_by_id=renewal.submitted_by_id)
    return renewal


def _refuse_off_market(listing: Listing) -> None:
    if listing.state not in ON_MARKET:
        raise WrongState(_("Only a listing that is on the market, or suspended, can be renewed."))
    if listing.suspension == Suspension.CENTRE:
        raise WrongState(_("The centre suspended this listing, so a reviewer has to resume it."))
