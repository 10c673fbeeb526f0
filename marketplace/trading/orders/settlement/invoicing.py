"""Write invoices and credit notes: numbered without a gap, frozen, with a digest."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.accounts.models import Organization
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

LETTERS = {
    InvoiceKind.INVOICE: "I",
    InvoiceKind.CREDIT_NOTE: "C",
    InvoiceKind.FEE: "FI",
    InvoiceKind.FEE_CREDIT: "FC",
}


@dataclass(frozen=True)
class Parties:
    """Who sells and who buys what a paper is about, as it names them."""

    seller: dict[str, str]
    buyer: dict[str, str]


def party(organization: Organization) -> dict[str, str]:
    """Name an organization on a paper."""
    return {"name": organization.name, "uscc": organization.uscc}


def invoice_charge(charge: Charge) -> Invoice:
    """Write the invoice of a charge, in the caller's transaction; again answers the same one."""
    return write(
        InvoiceKind.INVOICE,
        charge.order,
        charge.amount,
        cause=f"charge:{charge.pk}",
        parties=_sides(charge.order),
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
    return write(
        InvoiceKind.CREDIT_NOTE,
        order,
        amount,
        cause=cause,
        parties=_sides(order),
        charge=charge,
        about={
            "for": why.value,
            "corrects": corrects,
            "payment_reference": charge.reference if charge else "",
            **({"promised_by": promised_by.isoformat()} if promised_by else {}),
        },
    )


def tax_within(amount: Decimal, rate: Decimal) -> Decimal:
    """Return the tax that is contained in an amount, in cents, by a rate."""
    return to_cents(amount * rate / (1 + rate))


def write(
    kind: InvoiceKind,
    order: Order,
    amount: Decimal,
    *,
    cause: str,
    parties: Parties,
    about: dict[str, Any],
    charge: Charge | None = None,
) -> Invoice:
    """Write a paper under the next number of its kind and year; again answers the same one."""
    written = Invoice.objects.filter(cause=cause).first()
    if written is not None:
        return written
    today = clock.today()
    counter = _counter(kind, today.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    number = f"{LETTERS[kind]}-{today.year}-{counter.last:06d}"
    rate = Decimal(about.get("tax_rate", settings.CENTRE["TAX_RATE"]))
    content = {
        "kind": kind.value,
        "number": number,
        "issued_on": today.isoformat(),
        "centre": settings.CENTRE_NAME,
        "seller": parties.seller,
        "buyer": parties.buyer,
        "order": str(order.pk),
        "title": order.listing.title,
        "amount": str(amount),
        "tax_included": str(tax_within(amount, rate)),
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


def _sides(order: Order) -> Parties:
    return Parties(seller=party(order.listing.organization), buyer=party(order.buyer))


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
