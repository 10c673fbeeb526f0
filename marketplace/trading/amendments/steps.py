"""What the acts on amendments share, in the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.locking import locked, visible
from marketplace.trading.amendments.policies import is_amendable
from marketplace.trading.amendments.selectors import amendments_visible_to
from marketplace.trading.models import Amendment, Contract, Order
from marketplace.trading.selectors import orders_visible_to


def locked_amendment(amendment_id: UUID, *, by: Actor) -> tuple[Order, Amendment]:
    """Answer an amendment with its order, whose lock keeps all that happens to both apart.

    Raises:
        NotFound: there is no such amendment among those the actor may see.
    """
    seen = visible(amendments_visible_to(by), pk=amendment_id)
    order = locked(orders_visible_to(by), pk=seen.contract.order_id)
    amendment = Amendment.objects.get(pk=amendment_id)
    amendment.contract = Contract.objects.get(pk=amendment.contract_id)
    amendment.contract.order = order
    return order, amendment


def refuse_unless_amendable(order: Order) -> None:
    """Refuse where no signed contract is in force.

    Raises:
        WrongState: it is not signed, in dispute, over, or notice was given (`not-amendable`).
    """
    if is_amendable(order):
        return
    raise WrongState(
        _(
            "Only a signed contract in force is amended: not before both have signed it, not "
            "during a dispute, and not once it has ended or notice was given. The sale of a right "
            "is not amended."
        ),
        code="not-amendable",
    )
