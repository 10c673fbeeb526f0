"""Tables of the preparation pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.preparation.models import Run
from marketplace.web.tables import CentreTable, StateColumn


class RunTable(CentreTable):
    """Runs, newest first."""

    caption = _("Preparation runs")
    kind = tables.Column(linkify=("run_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(
        accessor="version__dataset__title",
        verbose_name=_("Dataset"),
        linkify=("preparation_detail", {"pk": tables.A("version_id")}),
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(verbose_name=_("Requested"), format="SHORT_DATETIME_FORMAT")
    ended_at = tables.DateTimeColumn(verbose_name=_("Ended"), format="SHORT_DATETIME_FORMAT")

    class Meta(CentreTable.Meta):
        model = Run
        fields = ("kind", "dataset", "state", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = _("Nothing has been profiled or desensitized yet.")
