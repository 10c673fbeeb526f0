"""The tables of reports of re-identifications, and of deletions that are overdue."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.web.tables import CentreTable, StateColumn


class ReidentificationTable(CentreTable):
    """Reports as their examiners see them."""

    caption = _("Reports of re-identifications")
    stacks = True
    reference = tables.Column(linkify=("reidentification_detail", {"pk": tables.A("pk")}))
    data = tables.Column(
        accessor="risk_report__version__dataset__title", verbose_name=_("Data"), orderable=False
    )
    cause = tables.Column()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=_("Reported on"))

    class Meta(CentreTable.Meta):
        model = Reidentification
        fields = ("reference", "data", "cause", "state", "created_at")
        empty_text = _("Nobody has reported a re-identification.")


class OverdueDeletionTable(CentreTable):
    """Recalled data of which a buyer has not stated the deletion in time."""

    caption = _("Overdue statements of deletion")
    stacks = True
    title = tables.Column(
        accessor="order__listing__title",
        verbose_name=_("Data"),
        linkify=("order_detail", {"pk": tables.A("order_id")}),
    )
    seller = tables.Column(accessor="order__listing__organization", verbose_name=_("Seller"))
    buyer = tables.Column(accessor="order__buyer", verbose_name=_("Buyer"))
    deletion_due_on = tables.DateColumn(verbose_name=_("To be stated by"))
    reminded = tables.Column(verbose_name=_("Reminders"))

    class Meta(CentreTable.Meta):
        model = Recall
        fields = ("title", "seller", "buyer", "deletion_due_on", "reminded")
        empty_text = _("No buyer owes a statement of deletion.")
