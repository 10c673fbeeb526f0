from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, clock, rules
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.states import DEMAND, DemandState


def check_post_demand(by: Actor) -> tuple[UUID, UUID]:
    """Return the person who asks for data, and the organization for which.

    Raises:
        NotAllowed: the actor is no buyer.
    """
    if not by.has(Role.BUYER) or by.person_id is None or by.organization_id is None:
        raise NotAllowed(
            _(
                "Only a buyer can ask for data on the board. Ask your organization to give you "
                "the role of a buyer."
            )
        )
    return by.person_id, by.organization_id


def check_answer_demand(demand: Demand, by: Actor) -> tuple[UUID, UUID]:
    """Return the person who answers a request, and the organization for which.

    Raises:
        NotAllowed: the actor is no officer of an organization other than the buyer's.
        WrongState: the request is closed or has run out.
    """
    answers = by.has(Role.OFFICER) and not by.acts_for(demand.buyer_id)
    if not answers or by.person_id is None or by.organization_id is None:
        raise NotAllowed(_("Only an officer of another organization can answer this request."))
    check_one_side(by, demand.buyer_id)
    if demand.state != DemandState.OPEN or demand.open_until < clock.today():
        raise WrongState(_("This request is not open any more."))
    return by.person_id, by.organization_id


def check_asked(demand: Demand, by: Actor) -> None:
    """Refuse who did not ask for the data.

    Raises:
        NotAllowed: the actor does not buy for the organization that asked.
    """
    if not (by.has(Role.BUYER) and by.acts_for(demand.buyer_id)):
        raise NotAllowed(_("Only the buyer who asked can close this request."))


def check_close_demand(demand: Demand, by: Actor) -> None:
    """Refuse to take a request off the board.

    Raises:
        NotAllowed: the actor does not buy for the organization that asked.
        WrongState: it is closed already, or has run out.
    """
    check_asked(demand, by)
    DEMAND.check(demand, DemandState.CLOSED)


ACTS_ON_DEMAND: Mapping[str, Rule[Demand]] = MappingProxyType(
    {"answer_demand": check_answer_demand, "close_demand": check_close_demand}
)


ACTS_ON_BOARD: Mapping[str, Rule[None]] = MappingProxyType(
    {"post_demand": lambda _board, by: check_post_demand(by)}
)


def acts_on_demand(demand: Demand, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_DEMAND, demand, by)


def acts_on_board(by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_BOARD, None, by)
