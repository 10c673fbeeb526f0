import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.dispute.models import Dispute
from marketplace.web.tables import CentreTable, HumanNumberColumn, MoneyColumn, StateColumn


class DisputeTable(CentreTable):
    """Disputes, newest first."""

    caption = _("Disputes")
    stacks = True
    title = tables.Column(
        accessor="order__listing__title",
        verbose_name=_("Data"),
        linkify=("dispute_detail", {"pk": tables.A("pk")}),
    )
    order = HumanNumberColumn(
        accessor="order__number",
        verbose_name=_("Order"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    seller = tables.Column(accessor="order__listing__organization", verbose_name=_("Seller"))
    buyer = tables.Column(accessor="order__buyer", verbose_name=_("Buyer"))
    state = StateColumn()
    refund = MoneyColumn(default="—")
    created_at = tables.DateColumn(verbose_name=_("Opened on"))

    class Meta(CentreTable.Meta):
        model = Dispute
        fields = ("title", "order", "seller", "buyer", "state", "refund", "created_at")
        empty_text = _("There is no dispute. A buyer opens one from the page of an order.")
