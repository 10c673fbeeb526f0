"""The table of public notices."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.core.terms import last_day_shown
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.tables import RightsColumn
from marketplace.web.tables import CentreTable, StateColumn


class NoticeTable(CentreTable):
    """Claims that are in public notice."""

    caption = _("Claims in public notice")
    dataset = tables.Column(
        linkify=("public_notice", {"pk": tables.A("pk")}),
        accessor="dataset__title",
        verbose_name=_("Data"),
    )
    organization = tables.Column(accessor="organization__name", verbose_name=_("Claimant"))
    rights = RightsColumn(accessor="rights", orderable=False, verbose_name=_("Claimed rights"))
    state = StateColumn(verbose_name=_("State"))
    notice_from = tables.DateColumn(verbose_name=_("Notice from"))
    notice_until = tables.Column(verbose_name=_("Notice until"), default=_("stands still"))

    class Meta(CentreTable.Meta):
        fields = ("dataset", "organization", "rights", "state", "notice_from", "notice_until")
        empty_text = _("Nothing is in public notice at the moment.")

    def render_notice_until(self, record: Claim) -> str:
        """Show the day as provisional where it is."""
        return last_day_shown(record, "notice_until", "SHORT_DATE_FORMAT")
