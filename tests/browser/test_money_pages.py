"""The pages of money, empty and full, at both widths and in both languages."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.models import Invoice, InvoiceKind
from marketplace.trading.treasury.bank.models import BankStatement
from tests.browser.test_accessibility import WIDTHS, faults
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

pytestmark = pytest.mark.browser


@pytest.mark.drawn(1)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_money_pages(
    language: str,
    page: Page,
    context: BrowserContext,
    site: str,
    everyone: World,
    sign_in: Callable[[str], None],
    violations: list[str],
    keep_picture: Callable[[str], None],
) -> None:
    """No page is wider than its window, and axe finds nothing."""
    name = settings.LANGUAGE_COOKIE_NAME
    context.add_cookies([{"name": name, "value": language, "url": site}])

    def look(person: str, address: str, called: str) -> None:
        sign_in(person)
        page.goto(site + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            keep_picture(f"{called}-{language}")
        assert faults(page) == [], address

    desk, day = reverse("money_desk"), reverse("bank_day")
    look("treasurer", desk, "money-empty")
    look("buyer", desk, "money-buyer-empty")
    look("treasurer", f"{day}?day=2026-03-30", "bank-day-empty")

    order = given.completed(everyone)
    waiting = money.unallocated(everyone, amount="1234.50")
    refund = money.proposed_refund(everyone, order)
    statement = BankStatement.objects.get()
    closed = money.closed(everyone)
    seller = Account.objects.get(kind=AccountKind.SELLER)
    invoice = money.charge_of(order).invoices.get()
    fee = Invoice.objects.get(order=order, kind=InvoiceKind.FEE)
    look("officer", reverse("invoice_detail", args=[fee.pk]), "fee-invoice")
    look("officer", reverse("order_detail", args=[order.pk]), "order-settled")
    payout = money.proposed_payout(everyone, seller, amount=Decimal("1000.00"))
    look("treasurer", reverse("disbursement_detail", args=[payout.pk]), "payout-with-papers")
    look("treasurer", desk, "money-full")
    look("buyer", desk, "money-buyer")
    look("finance", reverse("account_statement", args=[seller.pk]), "account")
    look("buyer", reverse("invoice_detail", args=[invoice.pk]), "invoice")
    look("treasurer", reverse("payment_detail", args=[waiting.pk]), "payment")
    look("reviewer", reverse("disbursement_detail", args=[refund.pk]), "outgoing")
    look("auditor", reverse("closing_detail", args=[closed.proposal_id]), "closed-day")
    waits = money.proposed_closing(everyone, "2026-04-01")
    look("treasurer", reverse("closing_detail", args=[waits.pk]), "day-proposed-by-oneself")
    look("second_treasurer", reverse("closing_detail", args=[waits.pk]), "day-to-close")
    look("auditor", reverse("bank_statement", args=[statement.pk]), "bank-statement")
    look("treasurer", f"{day}?day={money.charge_of(order).payments.get().received_on}", "bank-day")
    _look_at_statements(everyone, look)
    look("buyer", reverse("notice_choices"), "notice-choices")
    assert violations == []


def _look_at_statements(everyone: World, look: Callable[[str, str, str], None]) -> None:
    """Look at what was imported from the bank and waits for somebody."""
    held = money.waiting_statement(everyone)
    look("treasurer", reverse("bank_statement", args=[held.pk]), "statement-imported-by-oneself")
    look("second_treasurer", reverse("bank_statement", args=[held.pk]), "statement-to-confirm")
    match = money.confirmed_match(everyone)
    likely = money.likely_line(everyone, amount="700.00")
    look("treasurer", reverse("bank_statement", args=[likely.statement_id]), "likely-line")
    look("treasurer", reverse("match_detail", args=[match.pk]), "bank-match")
    fee = money.bank_fee(everyone)
    look("treasurer", reverse("bank_statement", args=[fee.statement_id]), "bank-fee")
    item = money.proposed_item(everyone, fee)
    look("second_treasurer", reverse("bank_item_detail", args=[item.pk]), "bank-item-to-book")
    look("treasurer", reverse("bank_item_detail", args=[item.pk]), "bank-item-of-oneself")
    booked = money.booked_item(everyone)
    look("treasurer", reverse("bank_item_detail", args=[booked.pk]), "bank-item-booked")
    look("treasurer", reverse("bank_statement", args=[fee.statement_id]), "bank-items-named")
