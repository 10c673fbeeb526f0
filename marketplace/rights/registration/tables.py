import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.rights.right.tables import RightsColumn
from marketplace.web.tables import CentreTable, HumanNumberColumn, StateColumn


class ClaimTable(CentreTable):
    caption = _("Claims of rights")
    stacks = True
    number = HumanNumberColumn()
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
        fields = (
            *("number", "dataset", "organization", "rights", "state"),
            *("submitted_on", "certificate"),
        )
        empty_text = _("No rights have been claimed yet.")
