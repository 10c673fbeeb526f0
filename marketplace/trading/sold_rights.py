"""Orders by which the right itself is sold: what they are, and what the register does for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState
from marketplace.rights.choices import Right
from marketplace.rights.models import Claim
from marketplace.rights.selectors import transfer_by_reference
from marketplace.rights.states import ENDED_WITHOUT_RIGHT
from marketplace.trading.models import DeliveryChoice, Listing, Order
from marketplace.trading.plans import Once, Plan
from marketplace.trading.states import OrderState
from marketplace.trading.terms import Terms


def sells_right(listing: Listing) -> bool:
    """Tell whether a listing sells the right itself, and no licence."""
    return listing.delivery_mode == DeliveryChoice.RIGHT


def rights_in_words(sheet: Mapping[str, Any]) -> list[str]:
    """Name the rights that the certificate of a frozen sheet gives."""
    labels = dict(Right.choices)
    return [str(labels.get(code, code)) for code in sheet.get("right", {}).get("rights", ())]


def reference_of(order: Order) -> str:
    """Answer by what name the register knows the order of a transfer."""
    return f"order:{order.pk}"


def transfer_of(order: Order) -> Claim | None:
    """Answer the register's case by which the sold right passes, once the payment opened it."""
    listing = order.listing
    if not sells_right(listing) or listing.certificate_id is None:
        return None
    return transfer_by_reference(listing.certificate_id, order.buyer_id, reference_of(order))


def problems_of_sale(plan: Plan, terms: Terms) -> dict[str, list[str]]:
    """Say by field what a sale of the right itself cannot have."""
    found: dict[str, list[str]] = {}
    if not terms.is_exclusive:
        found["is_exclusive"] = [_("A right is sold to one buyer alone. Make it exclusive.")]
    if not isinstance(plan, Once) or plan.rows is not None:
        found["price"] = [_("A right is sold for one price, paid once.")]
    if terms.columns or terms.rows or terms.is_marked:
        found["columns"] = [
            _("A right is sold over all of the data. Leave columns, rows and marks empty.")
        ]
    return found


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
