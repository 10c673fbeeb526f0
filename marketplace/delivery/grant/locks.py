"""How acts that let data out fetch a grant, with the lock of its order first."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core import locked, visible
from marketplace.delivery.grant.models import Grant
from marketplace.trading.orders.order.models import Order


def locked_grant(rows: QuerySet[Grant], *, pk: UUID) -> Grant:
    """Return a grant, locked behind its order, as whoever ends, amends or advances one locks both.

    Raises:
        NotFound: there is no such grant among the rows.
    """
    seen = visible(rows.select_related(None), pk=pk)
    Order.objects.select_for_update(of=("self",)).get(pk=seen.order_id)
    return locked(rows, pk=pk)
