"""A finance officer records that an order was paid."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.reserving import refuse_unless_promised
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.rules import check_record_payment, check_records_payments
from marketplace.trading.treasury.payment.deposits import deposit, pay_charge
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{3,39}")


@transaction.atomic
def record_payment(order_id: UUID, *, reference: str, by: Actor) -> Order:
    """Book what the buyer of an order owes next, and hold it until the delivery is accepted.

    `reference` is the bank's, 4 to 40 letters, digits, hyphens and slashes: never a name. The same
    reference again changes nothing.

    Raises:
        NotFound: there is no such order among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the order is not waiting for its payment, or the listing does not stand.
        Invalid: the reference is none, or was used for another payment.
    """
    order = locked(orders_visible_to(by), pk=order_id)
    check_records_payments(by)
    reference = reference.strip()
    if not REFERENCE.fullmatch(reference):
        sentence = _(
            "Give the bank's reference: 4 to 40 letters, digits, hyphens or slashes, and no name."
        )
        raise Invalid(sentence, fields={"reference": [sentence]})
    known = Payment.objects.filter(reference=reference).select_related("charge").first()
    if known is not None:
        if known.charge is not None and known.charge.order_id == order.pk:
            return order
        sentence = _("This reference was recorded for another order. Check the bank's statement.")
        raise Invalid(sentence, code="reference-reused", fields={"reference": [sentence]})
    charge = check_record_payment(order, by)
    if order.state == OrderState.SIGNED:
        gate.refuse_unless_standing(order.listing)
        refuse_unless_promised(order.pk, order.agreed_terms)
    payment = Payment.objects.create(
        channel=PaymentChannel.OFFICER,
        reference=reference,
        amount=charge.amount,
        currency=charge.currency,
        received_on=clock.today(),
        claimed_reference=charge.reference,
    )
    deposit(payment)
    pay_charge(order, charge, payment, by=by)
    return order
