from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.core import is_open
from marketplace.ledger.selectors import label_of
from marketplace.pipeline.filters import SetAsideFilters
from marketplace.pipeline.health import checked
from marketplace.pipeline.models import SetAside
from marketplace.pipeline.rules import check_retries
from marketplace.pipeline.selectors import pipeline_state, set_asides_visible_to
from marketplace.pipeline.services import retry_all_set_asides, retry_set_aside
from marketplace.web.lists import list_page
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, NumberColumn, StateColumn


class SetAsideTable(CentreTable):
    caption = gettext_lazy("Automatic steps put aside")
    entry = tables.Column(verbose_name=gettext_lazy("Step"), orderable=False)
    error = tables.Column(
        accessor="worded_error", verbose_name=gettext_lazy("What went wrong"), orderable=False
    )
    attempts = NumberColumn(verbose_name=gettext_lazy("Attempts"))
    tried_at = tables.DateTimeColumn(verbose_name=gettext_lazy("Last tried"), short=True)
    state = StateColumn()
    retry = tables.TemplateColumn(
        template_name="pipeline/partials/retry.html",
        verbose_name=gettext_lazy("Action"),
        orderable=False,
        exclude_from_export=True,
    )

    class Meta(CentreTable.Meta):
        model = SetAside
        fields = ("entry", "error", "attempts", "tried_at", "state", "retry")
        empty_text = gettext_lazy("Nothing was put aside: every automatic step has happened.")

    def render_entry(self, record: SetAside) -> SafeString:
        """Say by which name the log calls the step, and what it follows from."""
        return format_html(
            '{}<br><a href="{}">{}</a>',
            record.reaction.replace("_", " "),
            reverse("ledger_entry", args=[record.entry.reference]),
            label_of(record.entry.kind),
        )

    def value_entry(self, record: SetAside) -> str:
        """Say the same in a line, for a spreadsheet."""
        return f"{record.reaction.replace('_', ' ')}: {label_of(record.entry.kind)}"


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Tell a watchdog which part of the centre works; 503 where one does not."""
    checks = {check.name: check.is_ok for check in checked()}
    is_ok = all(checks.values())
    body = {"status": "ok" if is_ok else "failing", "checks": checks}
    return JsonResponse(body, status=200 if is_ok else 503)


@signed_in
def pipeline(request: HttpRequest) -> HttpResponse:
    """Show how far the automatic steps are, and what was put aside."""
    by = actor(request)
    state = pipeline_state(by)
    retries = is_open(check_retries, None, by)
    exclude = () if retries else ("retry",)
    # What still waits stands first: "put_aside" sorts behind "done".
    return list_page(
        request,
        "pipeline/pipeline.html",
        SetAsideTable,
        set_asides_visible_to(by).order_by("-state", "-created_at"),
        filters=SetAsideFilters,
        context={"state": state, "retries": state.put_aside and retries},
        exclude=exclude,
    )


@require_POST
@signed_in
def set_aside_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    set_aside = retry_set_aside(pk, by=actor(request))
    if set_aside.is_done:
        messages.success(request, _("The step has happened now."))
    else:
        messages.error(request, _("It failed again: %(error)s") % {"error": set_aside.worded_error})
    return redirect("pipeline")


@require_POST
@signed_in
def set_asides_retry(request: HttpRequest) -> HttpResponse:
    """Try every step again that waits aside."""
    tried = retry_all_set_asides(by=actor(request))
    failed = sum(not set_aside.is_done for set_aside in tried)
    if failed:
        messages.error(request, _("%(count)d steps failed again.") % {"count": failed})
    else:
        messages.success(request, _("Every step has happened now."))
    return redirect("pipeline")
