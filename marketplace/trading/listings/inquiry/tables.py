import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.web.tables import CentreTable, StateColumn


class InquiryTable(CentreTable):
    """Inquiries, newest first."""

    caption = _("Inquiries about data")
    stacks = True
    text = tables.Column(linkify=("inquiry_detail", {"pk": tables.A("pk")}))
    listing = tables.Column(accessor="listing__title", verbose_name=_("Data"))
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=_("Asked on"))

    class Meta(CentreTable.Meta):
        model = Inquiry
        fields = ("text", "listing", "state", "created_at")
        empty_text = _("Nobody has asked anything yet.")
