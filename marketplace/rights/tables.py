"""Tables of the rights pages."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from marketplace.core.terms import last_day_shown
from marketplace.rights.choices import Right
from marketplace.rights.models import Claim
from marketplace.web.tables import CentreTable, StateColumn

PILL = '<span class="pill pill-neutral">{}</span>'


class RightsColumn(tables.Column):
    """Rights, as pills in the order of the register."""

    def render(self, value: list[str]) -> SafeString:
        """Return the pills."""
        return format_html_join(" ", PILL, [(Right(code).label,) for code in value])


class ClaimTable(CentreTable):
    """Claims of rights."""

    caption = _("Claims of rights")
    dataset = tables.Column(
        linkify=("claim_detail", {"pk": tables.A("pk")}),
        accessor="dataset__title",
        verbose_name=_("Data"),
    )
    organization = tables.Column(accessor="organization__name", verbose_name=_("Claimant"))
    rights = RightsColumn(accessor="rights", orderable=False, verbose_name=_("Claimed rights"))
    state = StateColumn(verbose_name=_("State"))
    submitted_on = tables.DateColumn(verbose_name=_("Submitted on"))
    certificate = tables.Column(
        linkify=("certificate_detail", {"pk": tables.A("certificate__pk")}),
        accessor="certificate__number",
        verbose_name=_("Certificate"),
    )

    class Meta(CentreTable.Meta):
        fields = ("dataset", "organization", "rights", "state", "submitted_on", "certificate")
        empty_text = _("No rights have been claimed yet.")


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
