"""A paper about the centre's fee as a file of EN 16931, in the syntax CII (UN/CEFACT D22B).

Both parties have a unified social credit code, which China alone gives: so they are of China. It is
the number of the taxpayer, too.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.party import TaxRegistration, TradeParty
from drafthorse.models.tradelines import LineItem

from marketplace.core.numbers import number_of
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Invoice, InvoiceKind

PROFILE = "urn:cen.eu:en16931:2017"
SCHEMA = "FACTUR-X_EN16931"
TYPES = {InvoiceKind.FEE: "380", InvoiceKind.FEE_CREDIT: "381"}
"""UNTDID 1001: an invoice, a credit note."""
COUNTRY = "CN"
ONE = (Decimal(1), "C62")
NONE = Decimal("0.00")


def en16931_of(paper: Invoice) -> bytes:
    """Return the file of a paper about a fee, which was held against the schema."""
    content: dict[str, Any] = paper.content
    document, gross = Document(), Decimal(content["amount"])
    tax = Decimal(content["tax_included"])
    net, day = gross - tax, date.fromisoformat(content["issued_on"])
    document.context.guideline_parameter.id = PROFILE
    document.header.id = content["number"]
    document.header.type_code = TYPES[InvoiceKind(paper.kind)]
    document.header.issue_date_time = day
    trade = document.trade
    _name(trade.agreement.seller, content["seller"])
    registration = TaxRegistration()
    registration.id = ("FC", content["seller"]["uscc"])
    trade.agreement.seller.tax_registrations.add(registration)
    _name(trade.agreement.buyer, content["buyer"])
    trade.agreement.buyer_order.issuer_assigned_id = number_of(Order.NUMBERED, paper.order_id)
    trade.delivery.event.occurrence = day
    settlement = trade.settlement
    settlement.currency_code = content["currency"]
    trade.items.add(_line(paper, net))
    whole = ApplicableTradeTax()
    whole.calculated_amount, whole.basis_amount = tax, net
    _rate(whole, content)
    settlement.trade_tax.add(whole)
    for corrected in content.get("corrects", []):
        settlement.invoice_referenced_document.issuer_assigned_id = corrected["number"]
        settlement.invoice_referenced_document.issue_date_time = date.fromisoformat(
            corrected["issued_on"]
        )
    sums = settlement.monetary_summation
    sums.line_total = sums.tax_basis_total = net
    sums.charge_total = sums.allowance_total = NONE
    sums.tax_total = (tax, content["currency"])
    # The fee was taken of what was released, and a credit goes back there: nobody is to pay.
    sums.grand_total = sums.prepaid_total = gross
    sums.due_amount = NONE
    written: bytes = document.serialize(schema=SCHEMA)
    return written


def _name(party: TradeParty, told: dict[str, str]) -> None:
    party.id, party.name, party.address.country_id = told["uscc"], told["name"], COUNTRY


def _line(paper: Invoice, net: Decimal) -> LineItem:
    line = LineItem()
    line.document.line_id = "1"
    with translation.override("en"):
        line.product.name = f"{paper.get_kind_display()}: {paper.content['title']}"
    line.agreement.net.amount = net
    line.agreement.net.basis_quantity = line.delivery.billed_quantity = ONE
    _rate(line.settlement.trade_tax, paper.content)
    line.settlement.monetary_summation.total_amount = net
    return line


def _rate(tax: ApplicableTradeTax, content: dict[str, Any]) -> None:
    """Say the tax by its rate: standard (S), or zero (Z)."""
    percent = Decimal(content["tax_rate"]) * 100
    tax.type_code, tax.category_code = "VAT", "S" if percent else "Z"
    tax.rate_applicable_percent = percent.quantize(Decimal("0.01"))
