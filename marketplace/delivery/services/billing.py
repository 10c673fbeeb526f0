"""Hand what programs took in a month to the bill, where the agreed plan counts it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.delivery.use_months import months_to_bill
from marketplace.trading.orders.settlement.services import bill_usage


def bill_uses(*, by: Actor) -> list[UUID]:
    """Bill each month that is over, of each order that is paid by use; return the orders.

    A month is billed once, however often this runs.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software bills what it counted."))
    billed = []
    for month in months_to_bill(before=clock.today().replace(day=1)):
        if bill_usage(month.order_id, period=month.period, units=month.units, by=by) is not None:
            billed.append(month.order_id)
    return billed
