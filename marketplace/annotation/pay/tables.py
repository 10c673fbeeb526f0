"""The statement of what was paid for labels."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.batch.models import Annotator
from marketplace.web.tables import CentreTable, MoneyColumn


class PayTable(CentreTable):
    """One line an annotator and project."""

    caption = _("Pay for labels")
    stacks = True
    project = tables.Column(accessor="project__title", verbose_name=_("Project"))
    pseudonym = tables.Column(verbose_name=_("Annotator"), order_by="number")
    organization = tables.Column(accessor="organization__name", verbose_name=_("Organization"))
    paid_batches = tables.Column(verbose_name=_("Accepted batches"))
    paid_items = tables.Column(verbose_name=_("Accepted items"))
    paid_amount = MoneyColumn(verbose_name=_("Amount"), accessor="paid_amount")

    class Meta(CentreTable.Meta):
        model = Annotator
        fields: tuple[Any, ...] = (
            *("project", "pseudonym", "organization", "paid_batches", "paid_items"),
            "paid_amount",
        )
        empty_text = _("Nothing was paid for labels yet.")
