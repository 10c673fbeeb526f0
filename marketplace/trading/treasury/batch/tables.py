import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.batch.models import PayoutBatch
from marketplace.web.tables import CentreTable, MoneyColumn


class BatchTable(CentreTable):
    caption = _("Batches of payouts")
    stacks = True
    reference = tables.Column(
        verbose_name=_("Batch"),
        orderable=False,
        linkify=("batch_detail", {"pk": tables.A("pk")}),
    )
    count = tables.Column(verbose_name=_("Payouts"))
    control_sum = MoneyColumn(verbose_name=_("Control sum"))
    execute_on = tables.DateColumn(verbose_name=_("To be executed on"))

    class Meta(CentreTable.Meta):
        model = PayoutBatch
        fields = ("reference", "count", "control_sum", "execute_on")
        empty_text = _("No batch was made yet.")
