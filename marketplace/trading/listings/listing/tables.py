"""Tables of listings."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.listing.models import Listing
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
