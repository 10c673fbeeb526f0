"""Write the centre's own papers to sellers: an invoice of each fee, credit notes of what goes back.

Together they are what the account of fees got and gave of an order, to the cent.
"""

from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from marketplace.accounts.organization.selectors import centre_organization
from marketplace.trading.books.models import AccountKind, Transfer
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.crediting import CreditReason, correction, left_by_notes
from marketplace.trading.orders.settlement.dividing import fee_rate_of
from marketplace.trading.orders.settlement.invoicing import Parties, party, write
from marketplace.trading.orders.settlement.models import FEE_KINDS, Invoice, InvoiceKind

RATES = ("fee_rate", "tax_rate")
REASONS = {
    "dispute": CreditReason.FROZEN,
    "recall": CreditReason.RECALLED,
    "leaving": CreditReason.LEFT,
    "disbursement": CreditReason.REFUND,
}
"""Why a fee goes back, by what its movement follows from."""


def write_fee_papers(order: Order) -> None:
    """Write the papers about the fee of an order that are missing, in the caller's transaction.

    They come last in it: their numbers run without a gap, so that other acts wait for them.
    """
    rows = Transfer.objects.filter(belongs_to=order.pk).filter(
        Q(credit__kind=AccountKind.FEE) | Q(debit__kind=AccountKind.FEE)
    )
    papers = Invoice.objects.filter(order=order, kind__in=FEE_KINDS)
    written = {cause.split(":")[1] for cause in papers.values_list("cause", flat=True)}
    for moved in rows.select_related("credit").order_by("created_at", "pk"):
        if str(moved.pk) in written:
            continue
        if moved.credit.kind == AccountKind.FEE:
            _invoice(order, moved)
        else:
            _credit(order, moved)


def _invoice(order: Order, moved: Transfer) -> Invoice:
    return write(
        InvoiceKind.FEE,
        order,
        moved.amount,
        cause=f"fee:{moved.pk}",
        parties=_parties(order),
        about={"for": InvoiceKind.FEE.value, **_rates(order)},
    )


def _credit(order: Order, moved: Transfer) -> None:
    """Write a note of each invoice that is corrected, the newest first: a file names one."""
    why, rest = REASONS[moved.cause.partition(":")[0]], moved.amount
    left = left_by_notes(order, InvoiceKind.FEE, InvoiceKind.FEE_CREDIT)
    for invoice, amount in left:
        part: Decimal = min(rest, amount)
        if part <= 0:
            continue
        rest -= part
        write(
            InvoiceKind.FEE_CREDIT,
            order,
            part,
            cause=f"fee:{moved.pk}:{invoice.number}",
            parties=_parties(order),
            about={
                "for": why.value,
                "corrects": [correction(invoice, part)],
                # As on the invoice, whatever the rates have become.
                **{name: invoice.content[name] for name in RATES},
            },
        )


def _parties(order: Order) -> Parties:
    """Return the centre, which sells its service, and the seller of the data, which buys it."""
    return Parties(seller=party(centre_organization()), buyer=party(order.listing.organization))


def _rates(order: Order) -> dict[str, str]:
    rates = (str(fee_rate_of(order)), settings.CENTRE["FEE_TAX_RATE"])
    return dict(zip(RATES, rates, strict=True))
