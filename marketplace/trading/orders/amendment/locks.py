"""How acts on amendments fetch what they change, with the order's lock."""

from uuid import UUID

from marketplace.core import Actor, locked, visible
from marketplace.core.versions import compare_expected
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
    compare_expected(amendment)
    amendment.contract = Contract.objects.get(pk=amendment.contract_id)
    amendment.contract.order = order
    return order, amendment
