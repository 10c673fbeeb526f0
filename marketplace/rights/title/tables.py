import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.right.tables import RightsColumn
from marketplace.web.tables import CentreTable, StateColumn


class CertificateTable(CentreTable):
    """Certificates, newest first."""

    caption = _("Certificates")
    stacks = True
    number = tables.Column(linkify=("certificate_detail", {"pk": tables.A("pk")}))
    dataset = tables.Column(accessor="dataset__title", verbose_name=_("Data"))
    organization = tables.Column(accessor="organization__name", verbose_name=_("Holder"))
    rights = RightsColumn(orderable=False, verbose_name=_("Rights"))
    state = StateColumn()
    valid_from = tables.DateColumn()
    valid_until = tables.DateColumn()

    class Meta(CentreTable.Meta):
        model = Certificate
        fields = (
            *("number", "dataset", "organization", "rights", "state"),
            *("valid_from", "valid_until"),
        )
        empty_text = _("No certificate was issued yet. A claim that is confirmed gets one.")
