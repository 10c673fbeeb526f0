import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.payment.models import Payment
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class PaymentTable(CentreTable):
    caption = _("Payments")
    stacks = True
    reference = tables.Column(
        verbose_name=_("Bank reference"), linkify=("payment_detail", {"pk": tables.A("pk")})
    )
    channel = tables.Column(verbose_name=_("Learnt by"))
    claimed_reference = tables.Column(verbose_name=_("Payment reference given"), default="—")
    amount = MoneyColumn(verbose_name=_("Amount"))
    received_on = tables.DateColumn(verbose_name=_("Received on"))
    state = StateColumn(verbose_name=_("State"))

    class Meta(CentreTable.Meta):
        model = Payment
        fields = ("reference", "channel", "claimed_reference", "amount", "received_on", "state")
        empty_text = _("No payment waits to be confirmed or allocated.")
