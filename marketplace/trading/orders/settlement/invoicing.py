"""Write invoices and credit notes: numbered without a gap, frozen, with a digest."""

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.core import clock, to_cents
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.crediting import (
    CreditReason,
    invoices_to_correct,
    part_of_invoice,
)
from marketplace.trading.orders.settlement.models import (
    Charge,
    Invoice,
    InvoiceCounter,
    InvoiceKind,
)

LETTERS = {InvoiceKind.INVOICE: "I", InvoiceKind.CREDIT_NOTE: "C"}


def invoice_charge(charge: Charge) -> Invoice:
    """Write the invoice of a charge, in the caller's transaction; again answers the same one."""
    return _write(
        InvoiceKind.INVOICE,
        charge.order,
        charge.amount,
        cause=f"charge:{charge.pk}",
        charge=charge,
        about={
            "for": charge.kind,
            "number": charge.number,
            "period": charge.period,
            "units": charge.units,
            "due_on": charge.due_on.isoformat(),
            "payment_reference": charge.reference,
        },
    )


def credit(
    order: Order,
    amount: Decimal,
    *,
    cause: str,
    why: CreditReason,
    charge: Charge | None = None,
    of: Charge | None = None,
    promised_by: date | None = None,
) -> Invoice:
    """Write a credit note over what was refunded, or over a charge that is not owed any more.

    `of` is the charge that a part goes back of; else it is spread over what was paid. `promised_by`
    is the day by which a revision was promised that was missed.
    """
    of = charge or of
    corrects = part_of_invoice(of, amount) if of else invoices_to_correct(order, amount)
    return _write(
        InvoiceKind.CREDIT_NOTE,
        order,
        amount,
        cause=cause,
        charge=charge,
        about={
            "for": why.value,
            "corrects": corrects,
            "payment_reference": charge.reference if charge else "",
            **({"promised_by": promised_by.isoformat()} if promised_by else {}),
        },
    )


def tax_within(amount: Decimal) -> Decimal:
    """Return the tax that is contained in an amount, in cents, by the centre's rate."""
    rate = Decimal(settings.CENTRE["TAX_RATE"])
    return to_cents(amount * rate / (1 + rate))


def _write(
    kind: InvoiceKind,
    order: Order,
    amount: Decimal,
    *,
    cause: str,
    charge: Charge | None,
    about: dict[str, Any],
) -> Invoice:
    written = Invoice.objects.filter(cause=cause).first()
    if written is not None:
        return written
    today = clock.today()
    counter = _counter(kind, today.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    number = f"{LETTERS[kind]}-{today.year}-{counter.last:06d}"
    seller, buyer = order.listing.organization, order.buyer
    content = {
        "kind": kind.value,
        "number": number,
        "issued_on": today.isoformat(),
        "centre": settings.CENTRE_NAME,
        "seller": {"name": seller.name, "uscc": seller.uscc},
        "buyer": {"name": buyer.name, "uscc": buyer.uscc},
        "order": str(order.pk),
        "title": order.listing.title,
        "amount": str(amount),
        "tax_included": str(tax_within(amount)),
        "currency": order.currency,
        **about,
    }
    return Invoice.objects.create(
        kind=kind,
        year=today.year,
        sequence=counter.last,
        number=number,
        order=order,
        charge=charge,
        cause=cause,
        amount=amount,
        currency=order.currency,
        issued_on=today,
        content=content,
        digest=hashlib.sha256(canonical_bytes(content)).hexdigest(),
    )


def _counter(kind: InvoiceKind, year: int) -> InvoiceCounter:
    rows = InvoiceCounter.objects.select_for_update()
    found = rows.filter(kind=kind, year=year).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            InvoiceCounter.objects.create(kind=kind, year=year)
    except IntegrityError:
        # Another act began the year at the same moment.
        pass
    return rows.get(kind=kind, year=year)
