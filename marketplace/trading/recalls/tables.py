"""The table of reports of re-identifications."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.models import Reidentification
from marketplace.web.tables import CentreTable, StateColumn


class ReidentificationTable(CentreTable):
    """Reports as their examiners see them."""

    caption = _("Reports of re-identifications")
    reference = tables.Column(linkify=("reidentification_detail", {"pk": tables.A("pk")}))
    data = tables.Column(
        accessor="risk_report__version__dataset__title", verbose_name=_("Data"), orderable=False
    )
    cause = tables.Column()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=_("Received on"))

    class Meta(CentreTable.Meta):
        model = Reidentification
        fields = ("reference", "data", "cause", "state", "created_at")
        empty_text = _("Nobody has reported a re-identification.")
