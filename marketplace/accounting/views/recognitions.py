"""What data is booked as: decided, shown, withdrawn, tested for impairment."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounting import presentation
from marketplace.accounting.forms import (
    BookingReasonForm,
    ImpairmentForm,
    RecognitionForm,
    StandardForm,
)
from marketplace.accounting.models import Origin, Recognition
from marketplace.accounting.rules import acts_on_recognition, check_books
from marketplace.accounting.selectors import (
    recognitions_visible_to,
    standing_costs,
    totals_under,
)
from marketplace.accounting.services.bookings import record_impairment
from marketplace.accounting.services.recognitions import propose_recognition, withdraw_recognition
from marketplace.accounting.standards.profiles import profile_named
from marketplace.accounting.tables import RecognitionTable
from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@signed_in
def recognition_list(request: HttpRequest) -> HttpResponse:
    """List the decisions."""
    table = RecognitionTable(recognitions_visible_to(actor(request)))
    return render(request, "accounting/recognition_list.html", {"table": arranged(request, table)})


@signed_in
def recognition_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the questions of a standard, and submit the decision that follows from the answers."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    check_books(dataset, by)
    asked = {"profile": "CAS", "origin": Origin.SELF_DEVELOPED.value}
    standard_form = StandardForm(request.GET if "profile" in request.GET else asked)
    chosen = standard_form.cleaned_data if standard_form.is_valid() else asked
    profile = profile_named(chosen["profile"])
    form = RecognitionForm(request.POST or None, profile=profile, origin=chosen["origin"])
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        recognition = attempt(
            form,
            lambda: propose_recognition(
                pk,
                profile=profile.name,
                purpose=sent["purpose"],
                origin=chosen["origin"],
                answers=form.answers(),
                ready_on=sent["ready_on"],
                life_months=sent["life_months"],
                by=by,
            ),
        )
        if recognition is not None:
            messages.success(request, _("The decision is with the reviewers."))
            return redirect("recognition_detail", pk=recognition.pk)
    context = {
        "dataset": dataset,
        "form": form,
        "standard": profile,
        "standard_title": profile.title_in(get_language()),
        "standard_form": standard_form,
        "totals": totals_under(profile, standing_costs(dataset)),
    }
    return render(request, "accounting/recognition_propose.html", context, status=form_status(form))


@signed_in
def recognition_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a decision with its schedule."""
    return _detail(request, visible(recognitions_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def recognition_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a decision back."""
    by, form = actor(request), BookingReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_recognition(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The decision is withdrawn."))
            return redirect("recognition_detail", pk=pk)
    return _detail(request, visible(recognitions_visible_to(by), pk=pk), reason_form=form)


@require_POST
@signed_in
def impairment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record a test of what a booked asset is still worth."""
    by, form = actor(request), ImpairmentForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data
        if attempt(form, lambda: record_impairment(pk, **sent, by=by)) is not None:
            messages.success(request, _("The test is recorded."))
            return redirect("recognition_detail", pk=pk)
    return _detail(request, visible(recognitions_visible_to(by), pk=pk), impairment_form=form)


def _detail(
    request: HttpRequest,
    recognition: Recognition,
    *,
    reason_form: BookingReasonForm | None = None,
    impairment_form: ImpairmentForm | None = None,
) -> HttpResponse:
    by = actor(request)
    reason_form, impairment_form = (
        reason_form or BookingReasonForm(),
        impairment_form or ImpairmentForm(),
    )
    context = {
        **presentation.shown(recognition),
        "timeline": timeline_of(f"recognition:{recognition.pk}", by=by),
        "reason_form": reason_form,
        "impairment_form": impairment_form,
        "is_stale": presentation.is_outdated(recognition),
        "acts": acts_on_recognition(recognition, by),
    }
    status = max(form_status(reason_form), form_status(impairment_form))
    return render(request, "accounting/recognition_detail.html", context, status=status)
