from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.terms import last_day_shown
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import COMPLETABLE
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import Side
from marketplace.trading.orders.order.states import UNDONE, OrderState
from marketplace.trading.orders.remedy.selectors import waiting_remedy


@dataclass(frozen=True)
class NextStep:
    """What has to happen next, and whether the reader is the one to do it."""

    sentence: str
    is_mine: bool


STEPS: tuple[tuple[str | Promise, OrderState], ...] = (
    (gettext_lazy("Order"), OrderState.PLACED),
    (gettext_lazy("Seller accepts"), OrderState.ACCEPTED),
    (gettext_lazy("Contract"), OrderState.SIGNED),
    (gettext_lazy("Payment"), OrderState.PAID),
    (gettext_lazy("Delivery"), OrderState.DELIVERED),
    (gettext_lazy("Done"), OrderState.COMPLETED),
)


ENTRY = gettext_lazy("Entry in the register")
"""What the step of the delivery is where the right itself is sold."""


def order_steps(order: Order) -> list[dict[str, str]]:
    """Return the steps of an order for the guided path; nothing once it came to nothing."""
    if order.state in UNDONE:
        return []
    state = OrderState(order.state)
    if state == OrderState.COUNTERED:
        state = OrderState.PLACED
    if state in (OrderState.OBJECTED, OrderState.DISPUTED):
        # It has come as far as it was delivered, and no further.
        state = OrderState.DELIVERED if order.delivered_at else OrderState.PAID
    reached = [each for _label, each in STEPS].index(state)
    is_right = sells_right(order.listing)
    return [
        {
            "label": str(ENTRY if is_right and each == OrderState.DELIVERED else label),
            "state": "done"
            if number <= reached
            else "current"
            if number == reached + 1
            else "todo",
        }
        for number, (label, each) in enumerate(STEPS)
    ]


def next_step(
    order: Order, contract: Contract | None, side: Side | None, transfer: Claim | None = None
) -> NextStep | None:
    """Say what is next and for whom; None once an order is over.

    `transfer` is the register's case by which a sold right passes.
    """
    seller, buyer = order.listing.organization.name, order.buyer.name
    if order.state == OrderState.PLACED:
        sentence = _("%(seller)s accepts or declines the order, or makes another offer.")
        return NextStep(sentence % {"seller": seller}, side == Side.SELLER)
    if order.state == OrderState.COUNTERED:
        sentence = _("%(buyer)s accepts or declines the seller's offer, or makes another.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.ACCEPTED and contract is not None:
        waiting = [
            (name, signer)
            for name, signer, moment in (
                (seller, Side.SELLER, contract.seller_signed_at),
                (buyer, Side.BUYER, contract.buyer_signed_at),
            )
            if moment is None
        ]
        names = _(" and ").join(name for name, _signer in waiting)
        sentence = _("To read the contract and sign it: %(names)s.") % {"names": names}
        return NextStep(sentence, side in [signer for _name, signer in waiting])
    if order.state == OrderState.SIGNED:
        sentence = _("%(buyer)s pays the price to the centre, whose finance officer records it.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.PAID and sells_right(order.listing):
        return _next_of_sale(buyer, seller, side, transfer)
    if order.state == OrderState.PAID:
        sentence = _("%(buyer)s opens the data; the term of acceptance runs from then.")
        return NextStep(sentence % {"buyer": buyer}, side == Side.BUYER)
    if order.state == OrderState.DELIVERED and order.acceptance_due_on is not None:
        sentence = _("%(buyer)s checks the delivery and accepts it, at the latest on %(day)s.")
        named = {"buyer": buyer, "day": last_day_shown(order, "acceptance_due_on")}
        return NextStep(sentence % named, side == Side.BUYER)
    if order.state == OrderState.OBJECTED:
        return _next_of_objection(order, buyer, seller, side)
    if order.state == OrderState.DISPUTED:
        sentence = _("The centre mediates the dispute. Its page, linked below, says what is next.")
        return NextStep(sentence, False)
    return None


def _next_of_objection(order: Order, buyer: str, seller: str, side: Side | None) -> NextStep:
    """Say who answers whom while an objection stands."""
    if waiting_remedy(order) is not None:
        sentence = _(
            "%(seller)s has answered the objection: %(buyer)s accepts what is offered, or not. "
            "The money stays held until then."
        )
        return NextStep(sentence % {"buyer": buyer, "seller": seller}, side == Side.BUYER)
    sentence = _(
        "%(seller)s answers the objection, and may give a part of the money back. It stays held "
        "until %(buyer)s accepts."
    )
    return NextStep(sentence % {"buyer": buyer, "seller": seller}, side == Side.SELLER)


def _next_of_sale(buyer: str, seller: str, side: Side | None, transfer: Claim | None) -> NextStep:
    """Say what is next while the register passes a sold right."""
    if transfer is None:
        return NextStep(_("The centre opens the transfer of the right in the register."), False)
    if transfer.state not in COMPLETABLE:
        sentence = _(
            "The register examines the transfer. The payment is released when it records "
            "%(buyer)s as the new holder, and goes back when it does not."
        )
        return NextStep(sentence % {"buyer": buyer}, False)
    sentence = _(
        "%(buyer)s joins the transfer in the register, and %(seller)s takes part. The payment "
        "is released when the register records %(buyer)s as the new holder."
    )
    is_mine = side == Side.BUYER or (side is not None and transfer.joined_by_id is not None)
    return NextStep(sentence % {"buyer": buyer, "seller": seller}, is_mine)
