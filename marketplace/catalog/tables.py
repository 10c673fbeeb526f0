"""Tables of the catalog pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models import Dataset
from marketplace.web.tables import CentreTable, StateColumn


class DatasetTable(CentreTable):
    """Datasets, newest first."""

    caption = _("Datasets")
    title = tables.Column(linkify=("dataset_detail", {"pk": tables.A("pk")}))
    organization = tables.Column(accessor="organization__name", verbose_name=_("Organization"))
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=_("Registered"))

    class Meta(CentreTable.Meta):
        model = Dataset
        fields = ("title", "organization", "theme", "grade", "state", "created_at")
        empty_text = _("No dataset fits.")
