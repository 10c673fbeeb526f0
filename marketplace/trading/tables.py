"""Tables of the trading pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.models import Demand, Listing, Order
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class ListingTable(CentreTable):
    """Listings as their sellers and the centre see them."""

    caption = _("Listings")
    title = tables.Column(linkify=("listing_detail", {"pk": tables.A("pk")}))
    organization = tables.Column(verbose_name=_("Seller"))
    price = MoneyColumn()
    state = StateColumn()
    published_at = tables.DateColumn(verbose_name=_("Published on"))

    class Meta(CentreTable.Meta):
        model = Listing
        fields = ("title", "organization", "price", "state", "published_at")
        empty_text = _("There is no listing yet.")


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


class DemandTable(CentreTable):
    """Requests for data, for buyers and officers."""

    caption = _("Requests for data")
    title = tables.Column(linkify=("demand_detail", {"pk": tables.A("pk")}))
    buyer = tables.Column(verbose_name=_("Buyer"))
    state = StateColumn()
    open_until = tables.DateColumn(verbose_name=_("Open until"))

    class Meta(CentreTable.Meta):
        model = Demand
        fields = ("title", "buyer", "state", "open_until")
        empty_text = _("There is no request yet.")
