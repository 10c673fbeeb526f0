"""Tables of the pages of price ceilings."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.ceilings.models import PriceCeiling
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class CeilingTable(CentreTable):
    """Price ceilings, the last period first."""

    caption = _("Price ceilings")
    dataset = tables.Column(
        linkify=("ceiling_detail", {"pk": tables.A("pk")}), verbose_name=_("Dataset")
    )
    maximum_revenue = MoneyColumn()
    deducted = MoneyColumn()
    price = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = PriceCeiling
        fields = (
            *("dataset", "organization", "period_from", "period_until", "maximum_revenue"),
            *("deducted", "price", "state"),
        )
        empty_text = _("There is no price ceiling yet. Open a dataset of public data to draft one.")
