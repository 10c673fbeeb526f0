"""Tables of orders."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.order.models import Order
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class OrderTable(CentreTable):
    """Orders for both sides."""

    caption = _("Orders")
    title = tables.Column(
        accessor="listing__title",
        verbose_name=_("Data"),
        linkify=("order_detail", {"pk": tables.A("pk")}),
    )
    seller = tables.Column(accessor="listing__organization", verbose_name=_("Seller"))
    buyer = tables.Column(verbose_name=_("Buyer"))
    price = MoneyColumn()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=_("Ordered on"))

    class Meta(CentreTable.Meta):
        model = Order
        fields = ("title", "seller", "buyer", "price", "state", "created_at")
        empty_text = _("There is no order yet.")
