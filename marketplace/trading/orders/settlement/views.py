from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.core import visible
from marketplace.trading.orders.settlement import selectors
from marketplace.trading.orders.settlement.crediting import corrected_by, corrections_of, reason_of
from marketplace.trading.orders.settlement.en16931 import en16931_of
from marketplace.trading.orders.settlement.models import CREDITING, FEE_KINDS
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def invoice_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an invoice or a credit note, to be printed."""
    invoice = visible(selectors.invoices_visible_to(actor(request)), pk=pk)
    reference = in_groups(invoice.content.get("payment_reference", ""))
    charge = invoice.charge
    is_credit = invoice.kind in CREDITING
    tax = Decimal(invoice.content["tax_included"])
    owed = charge if not is_credit else None
    context = {
        "invoice": invoice,
        "owed": owed,
        "allocations": selectors.allocations_of_charge(owed) if owed else (),
        "reason": reason_of(invoice) if is_credit else "",
        "corrects": corrected_by(invoice) if is_credit else [],
        "corrections": [] if is_credit else corrections_of(invoice),
        "content": invoice.content,
        "is_fee": invoice.kind in FEE_KINDS,
        "reference": reference,
        "pay_to": centre_bank_account(),
        "tax": tax,
        "net": invoice.amount - tax,
        "tax_percent": f"{(Decimal(invoice.content.get('tax_rate', 0)) * 100).normalize():f}",
    }
    return render(request, "trading/orders/invoice.html", context)


@signed_in
def invoice_xml(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a paper about a fee as a file of EN 16931."""
    paper = visible(selectors.fee_papers_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(en16931_of(paper), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{paper.number}.xml"'
    return answer
