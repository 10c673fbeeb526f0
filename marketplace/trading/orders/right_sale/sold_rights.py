"""Orders by which the right itself is sold, and what the register does for them."""

from django.utils.translation import gettext as _

from marketplace.core import WrongState
from marketplace.rights.certificate.transfers import transfer_by_reference
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ENDED_WITHOUT_RIGHT
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState


def reference_of(order: Order) -> str:
    """Return by what name the register knows the order of a transfer."""
    return f"order:{order.pk}"


def transfer_of(order: Order) -> Claim | None:
    """Return the register's case by which the sold right passes, once the payment opened it."""
    listing = order.listing
    if not sells_right(listing) or listing.certificate_id is None:
        return None
    return transfer_by_reference(listing.certificate_id, order.buyer_id, reference_of(order))


def refuse_while_right_passes(order: Order) -> None:
    """Refuse to end or dispute an order while the register passes the right that it sold.

    Call it with the order locked.

    Raises:
        WrongState: the register has a case that has not ended without a right (`right-passing`).
    """
    if order.state not in (OrderState.PAID, OrderState.COMPLETED):
        return
    transfer = transfer_of(order)
    if transfer is None or transfer.state in ENDED_WITHOUT_RIGHT:
        return
    if order.state == OrderState.COMPLETED:
        raise WrongState(
            _("The right has passed, and the sale is over. It comes back by another sale alone."),
            code="right-passed",
        )
    raise WrongState(
        _(
            "The register is passing the right that was sold. Withdraw the transfer there, or "
            "wait for its end: without a new holder the money goes back by itself."
        ),
        code="right-passing",
    )
