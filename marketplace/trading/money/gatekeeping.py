"""What the acts on outgoing money ask first."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.trading.books.models import Account
from marketplace.trading.models import Disbursement, Order
from marketplace.trading.money import policies
from marketplace.trading.money.order_accounts import books_of
from marketplace.trading.money.selectors import held_of
from marketplace.trading.selectors import organization_kind_of
from marketplace.trading.states import OrderState

LONGEST_REASON = 500
IN_COURSE = (OrderState.PAID, OrderState.DELIVERED, OrderState.OBJECTED)
"""The states of an order that is paid and not accepted."""
REFUNDABLE = (*IN_COURSE, OrderState.COMPLETED)


def finance_officer(by: Actor) -> UUID:
    """Answer the person who keeps the centre's books, or refuse."""
    if by.person_id is None or not policies.may_keep_books(by, organization_kind_of(by)):
        raise NotAllowed(_("Only a finance officer of the centre can do this."))
    return by.person_id


def refunded_from(order: Order, amount: Decimal) -> Account:
    """Answer the account that a refund is taken from: what is held, else the seller's."""
    books = books_of(order)
    return books.held if held_of(order) >= amount else books.seller


def concerns_of(disbursement: Disbursement) -> tuple[str, ...]:
    """Answer what else a fact about it concerns, as subjects of the ledger."""
    if disbursement.order is not None:
        return (f"order:{disbursement.order_id}", *disbursement.order.concerns)
    organization_id = disbursement.account.organization_id
    return (f"organization:{organization_id}",) if organization_id else ()


def given_reason(reason: str) -> str:
    """Answer a reason without its margins, or refuse one that says nothing or too much."""
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("Give a reason of at most %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": [sentence]})
    return reason.strip()
