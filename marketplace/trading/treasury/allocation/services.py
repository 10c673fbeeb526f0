"""Allocate a payment that waits to the amounts that it was meant to pay."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, locked, visible
from marketplace.core.arguments import Keys, refused
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.rules import check_finance_officer
from marketplace.trading.orders.settlement.selectors import charges_visible_to
from marketplace.trading.treasury.allocation.choosing import refuse_choice
from marketplace.trading.treasury.allocation.rules import check_allocate_payment
from marketplace.trading.treasury.payment.deposits import allocate
from marketplace.trading.treasury.payment.events import PaymentAllocated
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.selectors import allocated_to, payments_visible_to
from marketplace.trading.treasury.payment.services import _refuse_unless_owed
from marketplace.trading.treasury.payment.states import PaymentState

CHARGES = Keys(label=gettext_lazy("What the payment is for"), most=100)


@transaction.atomic
def allocate_payment(
    payment_id: UUID, *, charges: Annotated[Sequence[UUID], CHARGES] = (), by: Actor
) -> Payment:
    """Allocate a payment that waits to amounts of one buyer that it was meant to pay.

    They are paid as they come due, each wholly but for the last; what is beyond them stands as the
    buyer's credit. The same choice again changes nothing.

    Raises:
        NotFound: there is no such payment, or amount, among those the actor may see.
        NotAllowed: the actor is no finance officer of the centre.
        WrongState: the payment waits no more, or its return is proposed; or what it would pay is
            not owed.
        Invalid: nothing is chosen (`nothing-chosen`), or amounts of several buyers
            (`several-buyers`), in another currency (`currency-differs`), or more of them than the
            payment reaches (`chosen-too-many`).
    """
    seen = visible(payments_visible_to(by), pk=payment_id)
    check_finance_officer(by)
    if wrong := refused(allocate_payment, charges=charges):
        raise Invalid(_("Choose fewer amounts."), fields=wrong)
    chosen = _locked_charges(charges, by=by)
    payment = locked(payments_visible_to(by), pk=seen.pk)
    if payment.state == PaymentState.ALLOCATED and allocated_to(payment) == set(charges):
        return payment
    check_allocate_payment(payment, by)
    for charge in chosen:
        check_finance_officer(by, *sides_of(charge.order))
        _refuse_unless_owed(charge)
    refuse_choice(payment, chosen)
    allocate(payment, chosen, by=by)
    orders = {charge.order.pk: charge.order for charge in chosen}
    record(
        PaymentAllocated(
            subject=f"payment:{payment.pk}",
            about=(
                *(f"order:{pk}" for pk in orders),
                *dict.fromkeys(one for order in orders.values() for one in order.concerns),
            ),
            amount=str(payment.amount),
            currency=payment.currency,
        ),
        by=by,
    )
    return payment


def _locked_charges(chosen: Sequence[UUID], *, by: Actor) -> list[Charge]:
    """Lock the orders of the chosen charges, all in one order for everybody; read them anew."""
    rows = charges_visible_to(by).filter(pk__in=chosen)
    places = dict(rows.values_list("pk", "order_id"))
    for pk in chosen:
        visible(rows, pk=pk)
    orders = {
        order_id: locked(orders_visible_to(by), pk=order_id)
        for order_id in sorted(set(places.values()))
    }
    found = list(Charge.objects.filter(pk__in=chosen).order_by("due_on", "number", "pk"))
    for charge in found:
        charge.order = orders[charge.order_id]
    return found
