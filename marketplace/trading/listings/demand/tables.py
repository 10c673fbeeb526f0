"""Tables of requests for data."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.demand.models import Demand
from marketplace.web.tables import CentreTable, StateColumn


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
