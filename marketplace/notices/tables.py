import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from marketplace.notices.models import Notice
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
    again = tables.TemplateColumn(
        "{% if not record.read_at and record.person.is_active %}"
        '{% load i18n %}<form method="post" action="{% url \'email_send_again\' record.pk %}">'
        '{% csrf_token %}<button class="btn btn-outline-primary btn-sm" type="submit">'
        '{% translate "Send again" %}</button></form>{% endif %}',
        verbose_name=_("Send again"),
        orderable=False,
        exclude_from_export=True,
    )

    class Meta(CentreTable.Meta):
        model = Notice
        fields = (
            *("organization", "person", "kind", "email_failed_at", "email_failure"),
            *("email_tries", "again"),
        )
        empty_text = _("No e-mail has failed, or each got through since.")
