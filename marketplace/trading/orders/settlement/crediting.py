"""What a credit note is for, and which invoices it corrects by how much."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import (
    CREDITING,
    Charge,
    Invoice,
    InvoiceKind,
)
from marketplace.trading.orders.settlement.states import ChargeState

NOTHING = Decimal(0)


class CreditReason(TextChoices):
    """Why an amount that was invoiced is taken back."""

    REFUND = "refund", _("Refund that two people of the centre agreed on")
    DISPUTE = "dispute", _("End of a dispute")
    REMEDY = "remedy", _("Remedy that both sides agreed on")
    TERMINATED = "terminated", _("Termination of the contract")
    LEFT = "left", _("Left by the buyer, since the quality rules promise less")
    NOT_PASSED = "not_passed", _("The register did not pass the right that was sold")
    RECALLED = "recalled", _("Recall of the data: its verdict was withdrawn")
    MISSED = "missed", _("A promised revision was missed")
    FROZEN = "frozen", _("A dispute was opened: the fee is held until it ends")
    VOID = "void", _("Not owed any more: the order ended before it was paid")


@dataclass(frozen=True)
class Correction:
    """An invoice or a credit note that belongs to another, with the amount of the correction.

    Of a credit note `why` says what it is for.
    """

    number: str
    amount: Decimal
    pk: UUID | None
    why: str = ""


def invoices_to_correct(order: Order, amount: Decimal) -> list[dict[str, str]]:
    """Spread a refund over the paid invoices of an order, the newest first.

    What is held is taken before what was released, and of each invoice what earlier credit notes
    left of it.
    """
    paid = list(
        Invoice.objects.filter(
            order=order,
            kind=InvoiceKind.INVOICE,
            charge__state__in=(ChargeState.PAID, ChargeState.SETTLED),
        )
        .select_related("charge")
        .order_by("-year", "-sequence")
    )
    paid.sort(key=lambda invoice: _state(invoice) != ChargeState.PAID)
    credited = _credited(order)
    found = []
    for invoice in paid:
        part = min(amount, invoice.amount - credited[invoice.number])
        if part > 0:
            found.append(correction(invoice, part))
            amount -= part
    return found


def left_by_notes(
    order: Order, kind: InvoiceKind, notes: InvoiceKind
) -> list[tuple[Invoice, Decimal]]:
    """Return the invoices of a kind with what credit notes left of them, the newest first."""
    credited = _credited(order, notes)
    rows = Invoice.objects.filter(order=order, kind=kind).order_by("-year", "-sequence")
    return [(one, one.amount - credited[one.number]) for one in rows]


def left_of(charge: Charge) -> Decimal:
    """Return what earlier credit notes left of the invoice of a charge."""
    invoice = charge.invoices.filter(kind=InvoiceKind.INVOICE).first()
    if invoice is None:
        return NOTHING
    left: Decimal = invoice.amount - _credited(charge.order)[invoice.number]
    return max(left, NOTHING)


def part_of_invoice(charge: Charge, amount: Decimal) -> list[dict[str, str]]:
    """Return the invoice of a charge, corrected by a part of it."""
    invoices = charge.invoices.filter(kind=InvoiceKind.INVOICE)
    return [correction(invoice, amount) for invoice in invoices]


def reason_of(note: Invoice) -> str:
    why = note.content["for"]
    said = str(CreditReason(why).label) if why in CreditReason.values else why
    day = note.content.get("promised_by", "")
    return f"{said} ({date_format(date.fromisoformat(day), 'SHORT_DATE_FORMAT')})" if day else said


def corrected_by(note: Invoice) -> list[Correction]:
    """Return the invoices that a credit note corrects; none of one that did not name them yet."""
    named = note.content.get("corrects", [])
    keys = dict(
        Invoice.objects.filter(number__in=[row["number"] for row in named]).values_list(
            "number", "pk"
        )
    )
    return [
        Correction(row["number"], Decimal(row["amount"]), keys.get(row["number"])) for row in named
    ]


def corrections_of(invoice: Invoice) -> list[Correction]:
    """Return the credit notes that correct an invoice, oldest first."""
    notes = Invoice.objects.filter(order_id=invoice.order_id, kind__in=CREDITING)
    return [
        Correction(note.number, Decimal(row["amount"]), note.pk, reason_of(note))
        for note in notes.order_by("year", "sequence")
        for row in note.content.get("corrects", [])
        if row["number"] == invoice.number
    ]


def _credited(
    order: Order, kind: InvoiceKind = InvoiceKind.CREDIT_NOTE
) -> defaultdict[str, Decimal]:
    credited: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for note in Invoice.objects.filter(order=order, kind=kind):
        for row in note.content.get("corrects", []):
            credited[row["number"]] += Decimal(row["amount"])
    return credited


def correction(invoice: Invoice, amount: Decimal) -> dict[str, str]:
    """Name an invoice, with the amount by which it is corrected."""
    return {
        "number": invoice.number,
        "issued_on": invoice.issued_on.isoformat(),
        "amount": str(amount),
    }


def _state(invoice: Invoice) -> str:
    return invoice.charge.state if invoice.charge else ""
