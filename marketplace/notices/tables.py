import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from marketplace.notices.models import Notice
from marketplace.notices.rules import acts_on_failed_email
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable


class FailedEmailTable(CentreTable):
    """E-mails that failed, the latest first."""

    caption = _("E-mails that failed")
    stacks = True
    organization = tables.Column(
        accessor="person__organization", verbose_name=_("Organization"), default="—"
    )
    person = tables.Column(accessor="person__name", verbose_name=_("Person"))
    kind = tables.Column(verbose_name=_("Notice"))
    email_failed_at = tables.DateTimeColumn(verbose_name=_("Failed at"), short=True)
    email_failure = tables.Column(verbose_name=_("Why"))
    email_tries = tables.Column(verbose_name=_("Tries"))
    again = tables.Column(
        empty_values=(), verbose_name=_("Send again"), orderable=False, exclude_from_export=True
    )

    class Meta(CentreTable.Meta):
        model = Notice
        fields = (
            *("organization", "person", "kind", "email_failed_at", "email_failure"),
            *("email_tries", "again"),
        )
        empty_text = _("No e-mail has failed, or each got through since.")

    def render_again(self, record: Notice) -> str:
        acts = acts_on_failed_email(record, actor(self.request))
        return render_to_string(
            "notices/partials/send_again.html", {"notice": record, "acts": acts}, self.request
        )
