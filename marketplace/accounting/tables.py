"""Tables of the accounting pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.accounting.models import Recognition
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn


class RecognitionTable(CentreTable):
    """Decisions, newest first."""

    caption = _("Recognition decisions")
    dataset = tables.Column(
        linkify=("recognition_detail", {"pk": tables.A("pk")}), verbose_name=_("Dataset")
    )
    carrying = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = Recognition
        fields = (
            *("dataset", "organization", "profile", "category"),
            *("carrying", "ready_on", "state"),
        )
        empty_text = _("Nothing is decided yet. Record the costs of a dataset, then book it.")
