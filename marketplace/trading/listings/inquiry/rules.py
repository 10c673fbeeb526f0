from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent, check_one_side
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.selectors import open_inquiries_of
from marketplace.trading.listings.inquiry.states import INQUIRY, InquiryState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState


def check_ask_seller(listing: Listing, by: Actor) -> tuple[UUID, UUID]:
    """Return the person who asks about an offer, and the organization for which.

    Raises:
        NotAllowed: the actor is no buyer of another organization, or belongs to the seller by
            another account (`both-sides`).
        WrongState: it is off the market, or enough inquiries of the organization wait.
    """
    asks = by.has(Role.BUYER) and not by.acts_for(listing.organization_id)
    if not asks or by.person_id is None or by.organization_id is None:
        raise NotAllowed(_("Only buyers of other organizations ask about data on offer."))
    check_one_side(by, listing.organization_id)
    if listing.state != ListingState.PUBLISHED:
        raise WrongState(
            _("This is not on the market at the moment, so nothing is asked about it.")
        )
    most = settings.CENTRE["OPEN_INQUIRIES"]
    if open_inquiries_of(listing.product_id, by.organization_id).count() >= most:
        raise WrongState(
            _("%(most)d inquiries of your organization wait for the seller. Wait for an answer.")
            % {"most": most}
        )
    return by.person_id, by.organization_id


def check_answer_inquiry(inquiry: Inquiry, by: Actor) -> UUID:
    """Return the person who answers.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: it is answered or taken off the page.
    """
    answers = by.has(Role.OFFICER) and by.acts_for(inquiry.product.organization_id)
    if not answers or by.person_id is None:
        raise NotAllowed(_("Only an officer of the seller answers inquiries about its data."))
    check_one_side(by, inquiry.organization_id)
    INQUIRY.check(inquiry, InquiryState.ANSWERED)
    return by.person_id


def check_withhold_inquiry(inquiry: Inquiry, by: Actor) -> None:
    """Refuse to take an inquiry off the page.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it is off the page already.
    """
    if not by.has(Role.REVIEWER):
        raise NotAllowed(_("Only a reviewer of the centre takes an inquiry off the page."))
    check_independent(by, inquiry.product.organization_id, inquiry.organization_id)
    INQUIRY.check(inquiry, InquiryState.WITHHELD)


ACTS_ON_INQUIRY: Mapping[str, Rule[Inquiry]] = MappingProxyType(
    {"answer_inquiry": check_answer_inquiry, "withhold_inquiry": check_withhold_inquiry}
)


def acts_on_inquiry(inquiry: Inquiry, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_INQUIRY, inquiry, by)
