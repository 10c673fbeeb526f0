from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, NotAllowed, WrongState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_to_replace
from marketplace.trading.listings.listing.states import (
    ON_MARKET,
    OPEN_TO_CHANGE,
)
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.listings.product.rules import check_register_product
from marketplace.trading.listings.sale.values import Visibility


def check_draft_listing(version: DatasetVersion, by: Actor) -> None:
    """Refuse to begin a listing of a version.

    A version that is on the market already can be offered again, beside its listings or in the
    place of one.

    Raises:
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
    """
    check_register_product(version, by)


def check_offer_to_others(listing: Listing, by: Actor) -> None:
    """Refuse to offer to others what a listing offers.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not on the market, or is sold to one buyer alone
            (`exclusive-taken`).
    """
    check_seller(listing, by)
    if listing.state not in ON_MARKET:
        raise WrongState(_("Only what is on the market is offered to others too."))
    if listing.is_exclusive:
        raise WrongState(
            _("This is sold to one buyer alone, so that it is offered to nobody else."),
            code="exclusive-taken",
        )


def check_replace_listing(listing: Listing, by: Actor) -> None:
    """Refuse to draft the version of a listing again, to take its place.

    Raises:
        NotAllowed: as for `check_draft_listing`.
        Invalid: the listing is not on the market.
    """
    check_draft_listing(listing.revision.version, by)
    check_replaced(listing.pk, listing.revision.version, by)


def check_replaced(listing_id: UUID, version: DatasetVersion, by: Actor) -> Listing:
    """Return the listing whose place a draft of a version is to take.

    Raises:
        Invalid: it is not one of the same data on the market.
    """
    found = listings_to_replace(version.dataset_id, by).filter(pk=listing_id).first()
    if found is None:
        sentence = _("Choose one of the listings of this data that are on the market.")
        raise Invalid(sentence, fields={"replaces": [sentence]})
    return found


def check_seller(listing: Listing, by: Actor) -> None:
    """Refuse who does not offer what a listing offers.

    Raises:
        NotAllowed: the actor is no officer of the seller.
    """
    if not may_offer(by, listing.organization_id):
        raise NotAllowed(_("Only an officer of the seller can do this with a listing."))


def check_revise_listing(listing: Listing, by: Actor) -> None:
    """Refuse to change what a listing says.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted.
    """
    check_seller(listing, by)
    if listing.state not in OPEN_TO_CHANGE:
        raise WrongState(_("Only a draft or a returned listing can be changed."))


def check_reviewer(by: Actor) -> None:
    """Refuse who decides on no listing.

    Raises:
        NotAllowed: the actor is no reviewer.
    """
    if not by.has(Role.REVIEWER):
        raise NotAllowed(_("Only a reviewer of the centre can decide on a listing."))


def check_second_officer(listing: Listing, by: Actor, *, submitted_by_id: UUID | None) -> None:
    """Refuse who had a part in what is to be decided.

    Raises:
        NotAllowed: the actor submitted it, or belongs to the seller (`second-officer`).
    """
    if not is_second("listing", submitted_by_id, by, of=(listing.organization_id,)):
        raise NotAllowed(
            _(
                "Who offers or submits a listing cannot decide on it. Ask a reviewer of the "
                "centre who had no part in it."
            ),
            code="second-officer",
        )


def check_invite_to_listing(listing: Listing, by: Actor) -> None:
    """Refuse to change who is invited to a listing.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not for invited organizations (`not-by-invitation`), or is not
            on the market.
    """
    check_seller(listing, by)
    if listing.visibility != Visibility.INVITED:
        raise WrongState(
            _("This listing is not for invited organizations alone, so nobody is invited to it."),
            code="not-by-invitation",
        )
    if listing.state not in ON_MARKET:
        raise WrongState(
            _("Only a listing on the market has guests. Name them in the draft instead.")
        )


def check_take_invitation_back(listing: Listing, by: Actor) -> None:
    """Refuse to take an invitation to a listing back.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: as for `check_invite_to_listing`; or nobody is invited.
    """
    check_invite_to_listing(listing, by)
    if not listing.invitations.exists():
        raise WrongState(_("Nobody is invited to this listing."))
