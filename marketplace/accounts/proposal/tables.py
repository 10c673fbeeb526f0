import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.web.tables import CentreTable


class ProposalTable(CentreTable):
    """Changes of people, the newest first."""

    kind = tables.Column(linkify=("change_detail", {"pk": tables.A("pk")}))
    organization = tables.Column(verbose_name=_("Organization"))
    person = tables.Column(verbose_name=_("Person"), default="—")
    created_at = tables.DateColumn(verbose_name=_("Proposed on"))
    state = tables.TemplateColumn("{% state_badge record.state record.get_state_display %}")

    class Meta(CentreTable.Meta):
        model = ChangeProposal
        fields = ("kind", "organization", "person", "created_at", "state")
        caption = _("Changes of people that take two")
        empty_text = _(
            "No change of people was proposed yet. Propose one on a person's page or that of an "
            "organization."
        )
