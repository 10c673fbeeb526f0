import django_tables2 as tables
from django.utils.translation import gettext_lazy

from marketplace.accounts.organization.models import Organization


class OrganizationTable(tables.Table):
    """Organizations by name."""

    name = tables.Column(linkify=("organization_detail", {"pk": tables.A("pk")}))
    state = tables.TemplateColumn("{% state_badge record.state record.get_state_display %}")

    class Meta:
        model = Organization
        fields = ("name", "kind", "uscc", "state")
        empty_text = gettext_lazy("There is no organization yet.")
