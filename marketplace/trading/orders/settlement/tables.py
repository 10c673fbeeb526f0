"""Tables of accounts, charges and invoices."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.books.models import Account
from marketplace.trading.orders.settlement.models import Charge, Invoice
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class AccountTable(CentreTable):
    caption = _("Accounts")
    stacks = True
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
    caption = _("Amounts to be paid")
    stacks = True
    reference = tables.Column(verbose_name=_("Payment reference"))
    order = tables.Column(
        accessor="order__listing__title",
        verbose_name=_("Order"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    kind = tables.Column(verbose_name=_("For"))
    amount = MoneyColumn(verbose_name=_("Amount"), accessor="due", order_by=("amount",))
    still_open = MoneyColumn(verbose_name=_("Still open"), orderable=False)
    due_on = tables.DateColumn(verbose_name=_("Due on"))

    class Meta(CentreTable.Meta):
        model = Charge
        fields: tuple[str, ...] = ("reference", "order", "kind", "amount", "still_open", "due_on")
        empty_text = _("Nothing is owed.")


class ChargesTable(ChargeTable):
    """What buyers owe and owed, with what became of it."""

    caption = _("Amounts")
    state = StateColumn()

    class Meta(ChargeTable.Meta):
        fields: tuple[str, ...] = (*ChargeTable.Meta.fields, "state")
        empty_text = _("Nothing was ever owed.")


class InvoiceTable(CentreTable):
    """Invoices and credit notes."""

    caption = _("Invoices and credit notes")
    stacks = True
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
