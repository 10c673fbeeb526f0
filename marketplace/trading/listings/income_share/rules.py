from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.listings.income_share.models import IncomeShare
from marketplace.trading.listings.income_share.states import SHARE, ShareState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import check_seller
from marketplace.trading.listings.listing.states import OFF_MARKET


def check_propose_income_share(listing: Listing, by: Actor) -> UUID:
    """Return the officer who offers a source a part of the income.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is withdrawn or replaced.
    """
    check_seller(listing, by)
    if listing.state in OFF_MARKET:
        raise WrongState(_("This is not offered any more, so that nobody has a share of it."))
    assert by.person_id is not None
    return by.person_id


def check_propose_shapley_shares(listing: Listing, by: Actor) -> UUID:
    """Return the officer who has shares reckoned by what each source brings.

    Raises:
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is withdrawn or replaced, or is of a model (`no-rows-to-reckon`).
    """
    person_id = check_propose_income_share(listing, by)
    if listing.revision.version.is_model:
        raise WrongState(
            _("A model has no rows that came from somebody. Propose fixed shares."),
            code="no-rows-to-reckon",
        )
    return person_id


def check_answer_income_share(share: IncomeShare, by: Actor) -> UUID:
    """Return the person who agrees for a source, or declines.

    Raises:
        NotAllowed: the actor is no officer of the organization that the share is offered to.
        WrongState: it is answered or ended.
    """
    answers = by.has(Role.OFFICER) and by.acts_for(share.organization_id)
    if not answers or by.person_id is None:
        raise NotAllowed(_("Only an officer of the organization that it is offered to answers."))
    check_one_side(by, share.listing.organization_id)
    SHARE.check(share, ShareState.AGREED)
    return by.person_id


def check_end_income_share(share: IncomeShare, by: Actor) -> None:
    """Refuse to end an income share for later contracts.

    Raises:
        NotAllowed: the actor is an officer of neither side.
        WrongState: it is declined or ended.
    """
    is_side = by.acts_for(share.organization_id) or by.acts_for(share.listing.organization_id)
    if not by.has(Role.OFFICER) or not is_side:
        raise NotAllowed(_("Only officers of the seller or of the source end an income share."))
    SHARE.check(share, ShareState.ENDED)


ACTS_ON_INCOME_SHARE: Mapping[str, Rule[IncomeShare]] = MappingProxyType(
    {
        "answer_income_share": check_answer_income_share,
        "end_income_share": check_end_income_share,
    }
)


def acts_on_income_share(share: IncomeShare, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_INCOME_SHARE, share, by)
