"""The pages of a risk report."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desensitize.policy import Policy
from marketplace.accounts.timeline import timeline_of
from marketplace.core import Actor, clock, visible
from marketplace.preparation.advice.presentation import advice_of
from marketplace.preparation.column.selectors import labels_of
from marketplace.preparation.policy.presentation import rules_in_words
from marketplace.preparation.preparation.rules import acts_on_source_version
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.presentation import (
    class_size_chart,
    explained,
    loss_chart,
    membership_in_words,
)
from marketplace.preparation.report.relabelled import agreed_since, roles_of_report
from marketplace.preparation.report.rules import acts_on_report
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.services import withdraw_report
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def risk_report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what a re-identifier could do with a masked version."""
    return report_page(
        request, visible(reports_of_actor(actor(request)), pk=pk), form_of(withdraw_report)()
    )


def reports_of_actor(by: Actor) -> QuerySet[RiskReport]:
    return reports_visible_to(by).select_related(
        "credential", "version__dataset", "version__parent__dataset"
    )


def report_page(request: HttpRequest, report: RiskReport, form: ActForm) -> HttpResponse:
    if report.is_of_model:
        return _model_page(request, report, form)
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
        "rules": rules_in_words(Policy.from_dict(report.measured_by.policy.document), labels)
        if report.measured_by.policy
        else [],
        "roles": roles_of_report(report),
        "waits_for_measure": agreed_since(report),
        "is_in_date": report.valid_until >= clock.today(),
        "form": form,
        "timeline": timeline_of(f"risk_report:{report.pk}", by=by),
    }
    return render(request, "preparation/risk_report_detail.html", context, status=form_status(form))


def _model_page(request: HttpRequest, report: RiskReport, form: ActForm) -> HttpResponse:
    """Show how well attackers could tell who a model was trained on."""
    by = actor(request)
    context = {
        "report": report,
        "sentences": membership_in_words(report.figures),
        "acts": acts_on_report(report, by),
        "is_in_date": report.valid_until >= clock.today(),
        "form": form,
        "timeline": timeline_of(f"risk_report:{report.pk}", by=by),
    }
    return render(
        request, "preparation/model_report_detail.html", context, status=form_status(form)
    )
