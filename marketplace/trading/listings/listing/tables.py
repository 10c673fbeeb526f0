from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.listing.models import Listing
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class PriceColumn(MoneyColumn):
    """The price of an offer as it is paid, in words; in a spreadsheet the amount."""

    def render(self, value: Any, record: Listing) -> str:
        return record.price_brief


class ListingTable(CentreTable):
    caption = gettext_lazy("Listings")
    stacks = True
    title = tables.Column(linkify=("listing_detail", {"pk": tables.A("pk")}))
    organization = tables.Column(verbose_name=gettext_lazy("Seller"))
    price = PriceColumn()
    state = StateColumn()
    published_at = tables.DateColumn(verbose_name=gettext_lazy("Published on"))

    class Meta(CentreTable.Meta):
        model = Listing
        fields = ("title", "organization", "price", "state", "published_at")
        empty_text = gettext_lazy("There is no listing yet.")
