from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.limit.selectors import mandate_of
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side, checked_side
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.remedy.states import REMEDY, RemedyState
from marketplace.web.templatetags.market import money


def check_offer_remedy(order: Order, by: Actor) -> UUID:
    """Return the person who answers an objection for the seller.

    Raises:
        NotAllowed: the actor does not sell for the order's seller.
        WrongState: the buyer has not objected, or the objection is over.
    """
    if checked_side(by, order) != Side.SELLER or by.person_id is None:
        raise NotAllowed(_("Only the seller answers an objection."))
    _refuse_unless_objected(order)
    return by.person_id


def check_refund_within_limit(order: Order, refund: Decimal, by: Actor) -> None:
    """Refuse a sum that the person may not give up alone.

    Raises:
        NotAllowed: it is above their limit (`above-limit`).
    """
    if by.person_id is not None and mandate_of(by.person_id).covers(refund):
        return
    raise NotAllowed(
        _(
            "By this your organization gives up %(sum)s, which is above your limit. An owner "
            "offers it, or somebody of your side whose limit suffices."
        )
        % {"sum": money(refund, order.currency)},
        code="above-limit",
    )


def check_answer_remedy(remedy: Remedy, by: Actor) -> None:
    """Refuse to accept or decline a remedy.

    Raises:
        NotAllowed: the actor does not buy for the order's buyer.
        WrongState: it was answered, a newer one stands in its place, or the objection is over.
    """
    if checked_side(by, remedy.order) != Side.BUYER:
        raise NotAllowed(_("Only the buyer answers what the seller offers."))
    _refuse_unless_objected(remedy.order)
    REMEDY.check(remedy, RemedyState.ACCEPTED)


def _refuse_unless_objected(order: Order) -> None:
    if order.state != OrderState.OBJECTED:
        raise WrongState(
            _("No objection stands against this delivery any more. Reload the page."),
            code="no-objection",
        )


ACTS_ON_REMEDY: Mapping[str, Rule[Remedy]] = MappingProxyType(
    {"accept_remedy": check_answer_remedy, "decline_remedy": check_answer_remedy}
)


def acts_on_remedy(remedy: Remedy, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_REMEDY, remedy, by)
