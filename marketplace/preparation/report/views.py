"""The pages of risk reports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desensitize.policy import Policy
from marketplace.accounts.selectors import timeline_of
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.preparation.column.selectors import labels_of
from marketplace.preparation.policy.forms import ReasonForm
from marketplace.preparation.policy.presentation import roles_of_report
from marketplace.preparation.policy.relabelling import agreed_since
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.presentation import advice_of, explained
from marketplace.preparation.report.rules import acts_on_report
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.services import withdraw_report
from marketplace.preparation.version.presentation import (
    class_size_chart,
    loss_chart,
    rules_in_words,
)
from marketplace.preparation.version.rules import acts_on_source_version
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

# Pages of risk reports.


@signed_in
def risk_report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a re-identifier could do with a masked version."""
    return _report_page(request, visible(_reports(actor(request)), pk=pk), ReasonForm())


@require_POST
@signed_in
def risk_report_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a report not count any more."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        report = attempt(
            form, lambda: withdraw_report(pk, reason=form.cleaned_data["reason"], by=by)
        )
        if report is not None:
            messages.success(request, _("The report is withdrawn, and what relied on it stops."))
            return redirect("risk_report_detail", pk=pk)
    return _report_page(request, visible(_reports(by), pk=pk), form)


def _reports(by: Actor) -> QuerySet[RiskReport]:
    return reports_visible_to(by).select_related(
        "credential", "version__dataset", "version__parent__dataset"
    )


def _report_page(request: HttpRequest, report: RiskReport, form: ReasonForm) -> HttpResponse:
    by, labels = actor(request), labels_of(report.version)
    advice = advice_of(report, labels)
    context = {
        "report": report,
        "explanation": explained(report, labels),
        "advice": advice,
        "acts": acts_on_report(report, by),
        "acts_on_source": acts_on_source_version(
            report.version.source, by, "confirm_policy", "start_tradeoff"
        )
        if advice is not None
        else None,
        "class_chart": class_size_chart(report),
        "loss_chart": loss_chart(report, labels),
        "rules": rules_in_words(Policy.from_dict(report.run.policy.document), labels)
        if report.run.policy
        else [],
        "roles": roles_of_report(report),
        "waits_for_measure": agreed_since(report),
        "is_in_date": report.valid_until >= clock.today(),
        "form": form,
        "timeline": timeline_of(f"risk_report:{report.pk}", by=by),
    }
    return render(request, "preparation/risk_report_detail.html", context, status=form_status(form))
