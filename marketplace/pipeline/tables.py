"""Tables of the pipeline page."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.selectors import label_of
from marketplace.pipeline.models import SetAside
from marketplace.web.tables import CentreTable, NumberColumn, StateColumn


class SetAsideTable(CentreTable):
    """Reactions that were put aside."""

    caption = _("Automatic steps put aside")
    entry = tables.Column(
        verbose_name=_("After"),
        linkify=("ledger_entry", {"reference": tables.A("entry__reference")}),
        orderable=False,
    )
    reaction = tables.Column(verbose_name=_("Step"))
    error = tables.Column(verbose_name=_("What went wrong"), orderable=False)
    attempts = NumberColumn(verbose_name=_("Attempts"))
    tried_at = tables.DateTimeColumn(verbose_name=_("Last tried"), short=True)
    state = StateColumn()
    retry = tables.TemplateColumn(
        template_name="pipeline/partials/retry.html", verbose_name=_("Action"), orderable=False
    )

    class Meta(CentreTable.Meta):
        model = SetAside
        fields = ("entry", "reaction", "error", "attempts", "tried_at", "state", "retry")
        empty_text = _("Nothing was put aside: every automatic step has happened.")

    def render_entry(self, record: SetAside) -> str:
        """Say what the step followed from."""
        return label_of(record.entry.kind)

    def render_reaction(self, value: str) -> SafeString:
        """Show the name by which the log calls it."""
        return format_html("<code>{}</code>", value)
