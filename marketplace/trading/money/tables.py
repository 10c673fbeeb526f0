"""Tables of the money pages."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.books.models import Account
from marketplace.trading.models import Charge, Disbursement, Invoice, Payment
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class AccountTable(CentreTable):
    """Accounts with what stands on them."""

    caption = _("Accounts")
    kind = tables.Column(
        verbose_name=_("Account"), linkify=("account_statement", {"pk": tables.A("pk")})
    )
    organization = tables.Column(verbose_name=_("Organization"), default="—")
    order = tables.Column(
        verbose_name=_("Order"),
        accessor="order_title",
        default="—",
    )
    balance = MoneyColumn(verbose_name=_("Balance"), order_by=("balance_cents",))

    class Meta(CentreTable.Meta):
        model = Account
        fields = ("kind", "organization", "order", "balance")
        empty_text = _("There is no account yet.")


class ChargeTable(CentreTable):
    """What buyers owe."""

    caption = _("Amounts to be paid")
    reference = tables.Column(verbose_name=_("Payment reference"))
    order = tables.Column(
        accessor="order__listing__title",
        verbose_name=_("Order"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    kind = tables.Column(verbose_name=_("For"))
    amount = MoneyColumn(verbose_name=_("Amount"))
    due_on = tables.DateColumn(verbose_name=_("Due on"))

    class Meta(CentreTable.Meta):
        model = Charge
        fields = ("reference", "order", "kind", "amount", "due_on")
        empty_text = _("Nothing is owed.")


class PaymentTable(CentreTable):
    """What came in."""

    caption = _("Payments")
    reference = tables.Column(
        verbose_name=_("Bank reference"), linkify=("payment_detail", {"pk": tables.A("pk")})
    )
    channel = tables.Column(verbose_name=_("Learnt by"))
    claimed_reference = tables.Column(verbose_name=_("Payment reference given"), default="—")
    amount = MoneyColumn(verbose_name=_("Amount"))
    received_on = tables.DateColumn(verbose_name=_("Received on"))

    class Meta(CentreTable.Meta):
        model = Payment
        fields = ("reference", "channel", "claimed_reference", "amount", "received_on")
        empty_text = _("No payment waits to be allocated.")


class DisbursementTable(CentreTable):
    """What is to go out."""

    caption = _("Outgoing money")
    kind = tables.Column(
        verbose_name=_("Kind"), linkify=("disbursement_detail", {"pk": tables.A("pk")})
    )
    account = tables.Column(verbose_name=_("From account"))
    reason = tables.Column(verbose_name=_("Reason"))
    amount = MoneyColumn(verbose_name=_("Amount"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(CentreTable.Meta):
        model = Disbursement
        fields = ("kind", "account", "reason", "amount", "state")
        empty_text = _("Nothing waits for a second person.")

    def render_reason(self, value: Any) -> str:
        """Answer the beginning of a long reason."""
        return f"{value[:80]}…" if len(value) > 80 else str(value)


class InvoiceTable(CentreTable):
    """Invoices and credit notes."""

    caption = _("Invoices and credit notes")
    number = tables.Column(
        verbose_name=_("Number"), linkify=("invoice_detail", {"pk": tables.A("pk")})
    )
    order = tables.Column(accessor="order__listing__title", verbose_name=_("Order"))
    kind = tables.Column(verbose_name=_("Kind"))
    amount = MoneyColumn(verbose_name=_("Amount"))
    issued_on = tables.DateColumn(verbose_name=_("Issued on"))

    class Meta(CentreTable.Meta):
        model = Invoice
        fields = ("number", "order", "kind", "amount", "issued_on")
        empty_text = _("There is no invoice yet.")
