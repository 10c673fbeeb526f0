"""Whether what an amendment would make of an order can be so."""

from django.utils.translation import gettext as _

from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.exclusion import refuse_if_ruled_out
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.order.models import Order


def refuse_unless_fit(order: Order, terms: Terms, plan: Plan, *, is_proposed: bool) -> None:
    """Ask the proofs, and what public data may cost where the price or the licence's length change.

    `is_proposed` asks for an amendment that waits already: it cannot be changed any more.

    Raises:
        WrongState: a proof does not stand, or the price is above the ceiling of today (its code);
            or a licence that had run out would last again beside one that is, or has become,
            another buyer's alone (`exclusive-taken`).
    """
    changes_price = plan != order.agreed_plan
    if not changes_price and terms.licence_months == order.agreed_terms.licence_months:
        gate.refuse_unless_standing(order.listing, order.rests_on)
        return
    refuse_if_ruled_out(order.listing)
    remedy = _(
        "While that is so nobody signs this amendment. Decline or withdraw it to propose another."
    )
    gate.refuse_unless_priced(
        order.listing,
        plan,
        terms,
        revision_id=order.rests_on,
        is_bound=True,
        remedy=remedy if is_proposed else "",
    )
