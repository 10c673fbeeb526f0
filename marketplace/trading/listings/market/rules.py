"""What the act on an offer of the market refuses, by right and standing."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.listings.inquiry.rules import check_ask_seller
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import is_shown_to
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.market.availability import refuse_unless_for_sale


def check_place_order(listing: Listing, by: Actor) -> None:
    """Refuse to order what is listed.

    Raises:
        NotAllowed: the actor is no buyer, belongs to the seller, or to an organization that the
            listing is not for (`not-in-audience`).
        WrongState: the listing is not published, or is not for sale today, as
            `refuse_unless_for_sale` tells.
    """
    check_buyer(listing, by)
    # Whoever ordered once goes on seeing a listing, and may be none of its audience any more.
    if not is_shown_to(listing, by):
        raise NotAllowed(
            _(
                "This offer is for certain organizations, and yours is none of them. Look for "
                "another offer of the same data, or ask the seller for one."
            ),
            code="not-in-audience",
        )
    if listing.state != ListingState.PUBLISHED:
        raise WrongState(_("This is not on the market at the moment, so it cannot be ordered."))
    refuse_unless_for_sale(listing)


def check_buyer(listing: Listing, by: Actor) -> tuple[UUID, UUID]:
    """Return the person who orders, and the organization that buys.

    Raises:
        NotAllowed: the actor is no buyer, or belongs to the seller, by whichever account
            (`both-sides`).
    """
    buys = by.has(Role.BUYER) and not by.acts_for(listing.organization_id)
    if not buys or by.person_id is None or by.organization_id is None:
        raise NotAllowed(
            _(
                "Only a buyer of an organization other than the seller's can order this. Ask your "
                "organization to give you the role of a buyer."
            )
        )
    check_one_side(by, listing.organization_id)
    return by.person_id, by.organization_id


ACTS_ON_OFFER: Mapping[str, Rule[Listing]] = MappingProxyType(
    {"place_order": check_place_order, "ask_seller": check_ask_seller}
)


def acts_on_offer(listing: Listing, by: Actor) -> Allowed:
    """Return which acts on a listing are open to those who find it on the market."""
    return rules.allowed(ACTS_ON_OFFER, listing, by)
