"""Which acts on a listing are open to an actor now."""

from __future__ import annotations

from marketplace.core.actor import Actor
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.policies import may_offer, may_resume, may_take_off
from marketplace.trading.listings.listing.states import LISTING, ON_MARKET, ListingState
from marketplace.trading.listings.renewal.policies import is_renewable
from marketplace.trading.listings.renewal.selectors import waiting_renewal_of
from marketplace.trading.listings.sale.values import Visibility


def acts_on_listing(listing: Listing, *, by: Actor) -> dict[str, bool]:
    """Tell which acts on a listing would not be refused for the actor's part or its state."""
    offers = may_offer(by, listing.organization_id)
    takes_off = may_take_off(by, listing)
    state = listing.state
    is_by_invitation = listing.visibility == Visibility.INVITED and state in ON_MARKET
    return {
        "may_revise": offers and state in (ListingState.DRAFT, ListingState.RETURNED),
        "may_submit": offers and LISTING.may_move(state, ListingState.SUBMITTED),
        "may_suspend": takes_off and state == ListingState.PUBLISHED,
        "may_resume": takes_off and state == ListingState.SUSPENDED and may_resume(by, listing),
        "may_withdraw": takes_off and LISTING.may_move(state, ListingState.WITHDRAWN),
        "may_renew": offers and is_renewable(listing) and waiting_renewal_of(listing) is None,
        "may_replace": offers and state in ON_MARKET,
        "may_invite": offers and is_by_invitation,
    }
