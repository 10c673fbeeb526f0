"""Tables of the appraisal pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.models import Appraisal
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class AppraisalTable(CentreTable):
    """Valuations, newest first."""

    caption = _("Valuations")
    dataset = tables.Column(
        linkify=("appraisal_detail", {"pk": tables.A("pk")}), verbose_name=_("Dataset")
    )
    amount = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = Appraisal
        fields = (
            *("dataset", "organization", "purpose", "amount"),
            *("valued_on", "valid_until", "state"),
        )
        empty_text = _(
            "There is no valuation yet. Open a dataset with a confirmed right to value it."
        )
