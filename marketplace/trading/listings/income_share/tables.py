import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.income_share.models import IncomeShare
from marketplace.web.tables import CentreTable, StateColumn


class IncomeShareTable(CentreTable):
    """Income shares, newest first."""

    caption = _("Income shares")
    stacks = True
    organization = tables.Column(
        accessor="organization__name",
        verbose_name=_("Who gets it"),
        linkify=("income_share_detail", {"pk": tables.A("pk")}),
    )
    listing = tables.Column(accessor="listing__title", verbose_name=_("Data"))
    percent = tables.Column(verbose_name=_("Share of the income"), orderable=False)
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = IncomeShare
        fields = ("organization", "listing", "ground", "percent", "state")
        empty_text = _("Nobody has a share yet. A listing's page leads to where one is proposed.")
