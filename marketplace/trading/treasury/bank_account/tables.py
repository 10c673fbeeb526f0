import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.web.tables import CentreTable, StateColumn


class BankAccountTable(CentreTable):
    """Where organizations want their money to go."""

    caption = _("Bank accounts")
    stacks = True
    masked = tables.Column(
        verbose_name=_("Account"),
        orderable=False,
        linkify=("bank_account_detail", {"pk": tables.A("pk")}),
    )
    organization = tables.Column(verbose_name=_("Organization"))
    currency = tables.Column(verbose_name=_("Currency"))
    state = StateColumn(verbose_name=_("State"))
    in_force_from = tables.DateTimeColumn(verbose_name=_("In force from"), default="—")

    class Meta(CentreTable.Meta):
        model = BankAccount
        fields = ("masked", "organization", "currency", "state", "in_force_from")
        empty_text = _("No bank account was stated yet.")
