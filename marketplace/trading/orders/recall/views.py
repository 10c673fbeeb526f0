"""The pages of recalls: public to report, for reviewers to examine, for buyers to state."""

from urllib.parse import urlencode
from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.roles import Role
from marketplace.accounts.timeline import timeline_of
from marketplace.core import Actor, NotAllowed, visible
from marketplace.trading.orders.recall.filters import ReidentificationFilters
from marketplace.trading.orders.recall.forms import (
    ProposeForm,
    ReferenceForm,
)
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.rules import acts_on_reidentification
from marketplace.trading.orders.recall.selectors import (
    named_data,
    reidentification_of,
    reidentifications_visible_to,
)
from marketplace.trading.orders.recall.services import (
    decide_reidentification,
    examine_reidentification,
    propose_recall,
    report_reidentification,
)
from marketplace.trading.orders.settlement.references import in_groups
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import form_of


class ReidentificationTable(CentreTable):
    caption = gettext_lazy("Reports of re-identifications")
    stacks = True
    reference = tables.Column(linkify=("reidentification_detail", {"pk": tables.A("pk")}))
    data = tables.Column(
        accessor="risk_report__version__dataset__title",
        verbose_name=gettext_lazy("Data"),
        orderable=False,
    )
    cause = tables.Column()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Reported on"))

    class Meta(CentreTable.Meta):
        model = Reidentification
        fields = ("reference", "data", "cause", "state", "created_at")
        empty_text = gettext_lazy("Nobody has reported a re-identification.")


def examines(by: Actor) -> bool:
    """Reviewers read what was reported."""
    return by.has(Role.REVIEWER)


def reidentification_report(request: HttpRequest) -> HttpResponse:
    """Let anybody report, without an account, that a person can be found in data."""
    named = request.GET.get("data", "")[:200]
    form = form_of(report_reidentification)(request.POST or None, initial={"named": named})
    if request.method == "POST" and form.is_valid():
        reported = attempt(form, lambda: report_reidentification(**form.taken(), by=actor(request)))
        if reported is not None:
            messages.success(request, _("Your report is in. Keep the reference."))
            query = urlencode({"reference": reported.reference})
            return redirect(f"{reverse('reidentification_reported')}?{query}")
    return render(
        request, "trading/orders/recalls/report.html", {"form": form}, status=form_status(form)
    )


def reidentification_reported(request: HttpRequest) -> HttpResponse:
    """Show whoever has a reference how far the report is."""
    form = ReferenceForm(request.GET if "reference" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        reported = reidentification_of(form.cleaned_data["reference"])
        context |= {"reported": reported, "reference": in_groups(reported.reference)}
    status = form_status(form)
    return render(request, "trading/orders/recalls/reported.html", context, status=status)


@signed_in
def reidentification_list(request: HttpRequest) -> HttpResponse:
    return _list(request, ProposeForm())


def _list(request: HttpRequest, form: ProposeForm) -> HttpResponse:
    by = actor(request)
    if not examines(by):
        raise NotAllowed(_("Only reviewers of the centre read these reports."))
    return list_page(
        request,
        "trading/orders/recalls/list.html",
        ReidentificationTable,
        reidentifications_visible_to(by),
        filters=ReidentificationFilters,
        context={"form": form},
        status=form_status(form),
    )


@require_POST
@signed_in
def recall_propose(request: HttpRequest) -> HttpResponse:
    """Propose to recall a verdict which the centre itself doubts."""
    by, form = actor(request), ProposeForm(request.POST)
    if form.is_valid():
        named = form.cleaned_data["named"]
        proposed = attempt(
            form, lambda: propose_recall(named_data(named)[0].pk, **form.taken(), by=by)
        )
        if proposed is not None:
            messages.success(request, _("Proposed. A second reviewer confirms it."))
            return redirect("reidentification_detail", pk=proposed.pk)
    return _list(request, form)


@require_POST
@signed_in
def reidentification_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm an outcome, or have it examined anew."""
    form = form_of(decide_reidentification)(request.POST)
    if not form.is_valid():
        return reidentification_page(request, pk, decision=form)
    decided = decide_reidentification(pk, **form.taken(), by=actor(request))
    if decided.decided_at and decided.outcome:
        said = _("The verdict is recalled: what rests on it is being undone.")
    else:
        said = _("Your decision is recorded.")
    messages.success(request, said)
    return redirect("reidentification_detail", pk=pk)


def reidentification_page(
    request: HttpRequest, pk: UUID, *, form: Form | None = None, decision: Form | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(examine_reidentification)()
    doubt: Reidentification = visible(reidentifications_visible_to(by), pk=pk)
    context = {
        "doubt": doubt,
        "reference": in_groups(doubt.reference),
        "report": doubt.risk_report,
        "form": form,
        "decision": decision,
        "acts": acts_on_reidentification(doubt, by),
        "is_first_examiner": doubt.examined_by_id == by.person_id,
        "timeline": timeline_of(f"reidentification:{doubt.pk}", by=by),
    }
    status = max(form_status(one) for one in (form, decision) if one is not None)
    return render(request, "trading/orders/recalls/detail.html", context, status=status)
