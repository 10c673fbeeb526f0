"""What the acts on amendments share, in the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.locking import locked, visible
from marketplace.trading.listings import gate
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def locked_amendment(amendment_id: UUID, *, by: Actor) -> tuple[Order, Amendment]:
    """Return an amendment with its order, whose lock keeps all that happens to both apart.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
    """
    seen = visible(amendments_visible_to(by), pk=amendment_id)
    order = locked(orders_visible_to(by), pk=seen.contract.order_id)
    amendment = Amendment.objects.get(pk=amendment_id)
    amendment.contract = Contract.objects.get(pk=amendment.contract_id)
    amendment.contract.order = order
    return order, amendment


def refuse_unless_fit(order: Order, terms: Terms, plan: Plan, *, is_proposed: bool) -> None:
    """Ask the proofs, and what public data may cost where the price or the licence's length change.

    `is_proposed` asks for an amendment that waits already: it cannot be changed any more.

    Raises:
        WrongState: a proof does not stand, or the price is above the ceiling of today (its code).
    """
    changes_price = plan != order.agreed_plan
    if not changes_price and terms.licence_months == order.agreed_terms.licence_months:
        gate.refuse_unless_standing(order.listing)
        return
    remedy = _(
        "While that is so nobody signs this amendment. Decline or withdraw it to propose another."
    )
    gate.refuse_unless_priced(
        order.listing, plan, terms, is_bound=True, remedy=remedy if is_proposed else ""
    )
