import django_tables2 as tables
from django.utils.translation import gettext_lazy

from marketplace.trading.orders.order.models import Order
from marketplace.web.tables import CentreTable, HumanNumberColumn, MoneyColumn, StateColumn


class OrderTable(CentreTable):
    caption = gettext_lazy("Orders")
    stacks = True
    number = HumanNumberColumn()
    title = tables.Column(
        accessor="listing__title",
        verbose_name=gettext_lazy("Data"),
        linkify=("order_detail", {"pk": tables.A("pk")}),
    )
    seller = tables.Column(accessor="listing__organization", verbose_name=gettext_lazy("Seller"))
    buyer = tables.Column(verbose_name=gettext_lazy("Buyer"))
    price = MoneyColumn()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Ordered on"))

    class Meta(CentreTable.Meta):
        model = Order
        fields = ("number", "title", "seller", "buyer", "price", "state", "created_at")
        empty_text = gettext_lazy("There is no order yet.")
