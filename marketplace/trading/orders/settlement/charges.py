"""What an order owes and by when, opened in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Max

from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.events import ChargeOpened
from marketplace.trading.orders.settlement.held_money import hold_parts, release
from marketplace.trading.orders.settlement.invoicing import invoice_charge
from marketplace.trading.orders.settlement.models import Charge, ChargeKind
from marketplace.trading.orders.settlement.references import new_reference
from marketplace.trading.orders.settlement.selectors import charges_of
from marketplace.trading.orders.settlement.states import CHARGE, OVER, ChargeState


@dataclass(frozen=True)
class Due:
    """An amount with the day by which it is to be paid."""

    amount: Decimal
    due_on: date


def payment_due_on() -> date:
    """Return the last day to pay what is invoiced today."""
    return clock.today() + timedelta(days=int(settings.CENTRE["PAYMENT_DAYS"]))


def open_charges(order: Order, dues: Sequence[Due], *, kind: ChargeKind, by: Actor) -> list[Charge]:
    """Ask the buyer for amounts, each with an invoice and a payment reference of its own."""
    last: int = charges_of(order).aggregate(last=Max("number"))["last"] or 0
    return [
        open_charge(order, due, kind=kind, number=last + place, by=by)
        for place, due in enumerate(dues, start=1)
    ]


def open_charge(
    order: Order,
    due: Due,
    *,
    kind: ChargeKind,
    number: int,
    period: str = "",
    units: int | None = None,
    by: Actor,
) -> Charge:
    """Ask the buyer for one amount."""
    charge = Charge.objects.create(
        order=order,
        kind=kind,
        number=number,
        amount=due.amount,
        currency=order.currency,
        due_on=due.due_on,
        reference=new_reference(),
        period=period,
        units=units,
    )
    invoice = invoice_charge(charge)
    record(
        ChargeOpened(
            subject=f"order:{order.pk}",
            about=(f"invoice:{invoice.pk}", *order.concerns),
            charge_kind=charge.kind,
            amount=str(charge.amount),
            currency=charge.currency,
            due_on=charge.due_on.isoformat(),
            reference=charge.reference,
            invoice=invoice.number,
            invoice_sha256=invoice.digest,
        ),
        by=by,
    )
    return charge


def take_off(order: Order, charge: Charge, amount: Decimal) -> None:
    """Let a credit take an amount off a charge of a locked order; it is paid where nothing is left.

    The caller writes the credit note.
    """
    charge.set_off += amount
    if charge.still_open:
        charge.save(update_fields=["set_off"])
        return
    CHARGE.move(charge, ChargeState.PAID)
    charge.paid_at = clock.now()
    charge.save(update_fields=["set_off", "state", "paid_at"])
    hold_parts(order, charge)
    if order.state in OVER:
        release(order, cause=f"charge:{charge.pk}:release")
        charge.refresh_from_db(fields=["state"])
