from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.trading.listings.listing.models import Listing, Suspension
from marketplace.trading.listings.listing.rules import (
    check_reviewer,
    check_second_officer,
    check_seller,
)
from marketplace.trading.listings.listing.states import IN_PREPARATION, LISTING, ListingState
from marketplace.trading.listings.product.policies import may_offer


def check_submit_listing(listing: Listing, by: Actor) -> None:
    """Refuse to submit a listing.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted already.
    """
    check_seller(listing, by)
    LISTING.check(listing, ListingState.SUBMITTED)


def check_decide_listing(listing: Listing, by: Actor) -> None:
    """Refuse to publish a listing, or to return it.

    Raises:
        NotAllowed: the actor is no reviewer, or is who submitted it (`second-officer`).
        WrongState: the listing does not wait for publication.
    """
    check_reviewer(by)
    check_second_officer(listing, by, submitted_by_id=listing.submitted_by_id)
    # A suspended listing may become published too, but by being resumed.
    if listing.state != ListingState.SUBMITTED:
        raise WrongState(_("This listing does not wait for a decision. Reload the page."))


def check_suspend_listing(listing: Listing, by: Actor) -> Suspension:
    """Return who takes a listing off the market for the time being: the seller or the centre.

    Raises:
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: the listing is not published.
    """
    if not _takes_off(listing, by):
        raise NotAllowed(_("Only the seller or a reviewer of the centre can suspend a listing."))
    LISTING.check(listing, ListingState.SUSPENDED)
    return Suspension.SELLER if may_offer(by, listing.organization_id) else Suspension.CENTRE


def check_resume_listing(listing: Listing, by: Actor) -> None:
    """Refuse to bring a listing back.

    Raises:
        NotAllowed: the actor is neither the seller nor a reviewer, or is the seller and the centre
            had suspended it.
        WrongState: the listing is not suspended.
    """
    if not _takes_off(listing, by):
        raise NotAllowed(_("Only the seller or a reviewer of the centre can resume a listing."))
    if listing.state != ListingState.SUSPENDED:
        raise WrongState(_("This listing is not suspended. Reload the page."))
    if listing.suspension == Suspension.CENTRE and not _reviews(listing, by):
        raise NotAllowed(_("The centre suspended this listing, so a reviewer has to resume it."))


def check_withdraw_listing(listing: Listing, by: Actor) -> None:
    """Refuse to take a listing off the market for good, or to drop a draft.

    Raises:
        NotAllowed: the actor is neither the seller nor a reviewer.
        WrongState: a second officer decides on the listing, or it is withdrawn already.
    """
    if not _takes_off(listing, by):
        raise NotAllowed(_("Only the seller or a reviewer of the centre can withdraw a listing."))
    LISTING.check(listing, ListingState.WITHDRAWN)


def _takes_off(listing: Listing, by: Actor) -> bool:
    """Return whether the actor takes it off the market; the seller alone drops a draft."""
    reviews = _reviews(listing, by) and listing.state not in IN_PREPARATION
    return reviews or may_offer(by, listing.organization_id)


def _reviews(listing: Listing, by: Actor) -> bool:
    return by.has(Role.REVIEWER) and not by.belongs_to(listing.organization_id)
