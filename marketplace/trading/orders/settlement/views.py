"""Pages of invoices."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.locking import visible
from marketplace.trading.orders.settlement import selectors
from marketplace.trading.orders.settlement.crediting import corrected_by, corrections_of, reason_of
from marketplace.trading.orders.settlement.filters import (
    AccountFilters,
    ChargeFilters,
    InvoiceFilters,
)
from marketplace.trading.orders.settlement.models import InvoiceKind
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.trading.orders.settlement.tables import AccountTable, ChargesTable, InvoiceTable
from marketplace.web.lists import list_of
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

account_list = list_of(
    selectors.accounts_visible_to,
    AccountTable,
    "trading/orders/account_list.html",
    filters=AccountFilters,
)


charge_list = list_of(
    selectors.charges_visible_to,
    ChargesTable,
    "trading/orders/charge_list.html",
    filters=ChargeFilters,
)


invoice_list = list_of(
    selectors.invoices_visible_to,
    InvoiceTable,
    "trading/orders/invoice_list.html",
    filters=InvoiceFilters,
)


@signed_in
def invoice_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an invoice or a credit note, to be printed."""
    invoice = visible(selectors.invoices_visible_to(actor(request)), pk=pk)
    reference = in_groups(invoice.content.get("payment_reference", ""))
    charge = invoice.charge
    is_credit = invoice.kind == InvoiceKind.CREDIT_NOTE
    context = {
        "invoice": invoice,
        "reason": reason_of(invoice) if is_credit else "",
        "corrects": corrected_by(invoice) if is_credit else [],
        "corrections": [] if is_credit else corrections_of(invoice),
        "left": None if is_credit or not (charge and charge.set_off) else charge.due,
        "content": invoice.content,
        "reference": reference,
        "pay_to": settings.CENTRE["BANK_ACCOUNT"],
        "tax": Decimal(invoice.content["tax_included"]),
    }
    return render(request, "trading/orders/invoice.html", context)
