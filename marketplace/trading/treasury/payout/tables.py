from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class DisbursementTable(CentreTable):
    caption = _("Outgoing money")
    stacks = True
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
        """Return the beginning of a long reason."""
        return f"{value[:80]}…" if len(value) > 80 else str(value)
