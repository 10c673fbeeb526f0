"""Tables of the pipeline page."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.selectors import label_of
from marketplace.pipeline.models import SetAside
from marketplace.web.tables import CentreTable, NumberColumn, StateColumn


class SetAsideTable(CentreTable):
    """Reactions that were put aside."""

    caption = _("Automatic steps put aside")
    entry = tables.Column(verbose_name=_("Step"), orderable=False)
    error = tables.Column(
        accessor="worded_error", verbose_name=_("What went wrong"), orderable=False
    )
    attempts = NumberColumn(verbose_name=_("Attempts"))
    tried_at = tables.DateTimeColumn(verbose_name=_("Last tried"), short=True)
    state = StateColumn()
    retry = tables.TemplateColumn(
        template_name="pipeline/partials/retry.html", verbose_name=_("Action"), orderable=False
    )

    class Meta(CentreTable.Meta):
        model = SetAside
        fields = ("entry", "error", "attempts", "tried_at", "state", "retry")
        empty_text = _("Nothing was put aside: every automatic step has happened.")

    def render_entry(self, record: SetAside) -> SafeString:
        """Say by which name the log calls the step, and what it follows from."""
        return format_html(
            '{}<br><a href="{}">{}</a>',
            record.reaction.replace("_", " "),
            reverse("ledger_entry", args=[record.entry.reference]),
            label_of(record.entry.kind),
        )
