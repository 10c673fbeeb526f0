"""A second person decides what is booked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounting import presentation
from marketplace.accounting.forms import BookingChecklistForm, BookingReasonForm
from marketplace.accounting.models import Recognition
from marketplace.accounting.rules import acts_on_recognition
from marketplace.accounting.selectors import recognitions_visible_to, stale_vouchers
from marketplace.accounting.services.bookings import approve_recognition, return_recognition
from marketplace.accounts.selectors import timeline_of
from marketplace.core.locking import visible
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def recognition_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer everything that decides on what is booked."""
    return _review(request, visible(recognitions_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def recognition_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a decision in force."""
    by, form = actor(request), BookingChecklistForm(request.POST)
    if form.is_valid():
        checklist = form.cleaned_data["checklist"]
        if attempt(form, lambda: approve_recognition(pk, checklist=checklist, by=by)) is not None:
            messages.success(request, _("The decision is in force."))
            return redirect("recognition_detail", pk=pk)
    return _review(request, visible(recognitions_visible_to(by), pk=pk), approve_form=form)


@require_POST
@signed_in
def recognition_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a decision back."""
    by, form = actor(request), BookingReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: return_recognition(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The decision is returned for correction."))
            return redirect("recognition_detail", pk=pk)
    return _review(request, visible(recognitions_visible_to(by), pk=pk), return_form=form)


def _review(
    request: HttpRequest,
    recognition: Recognition,
    *,
    approve_form: BookingChecklistForm | None = None,
    return_form: BookingReasonForm | None = None,
) -> HttpResponse:
    by = actor(request)
    approve_form, return_form = (
        approve_form or BookingChecklistForm(),
        return_form or BookingReasonForm(),
    )
    context = {
        **presentation.shown(recognition),
        "timeline": timeline_of(f"recognition:{recognition.pk}", by=by),
        "approve_form": approve_form,
        "return_form": return_form,
        "is_stale": stale_vouchers(recognition),
        "acts": acts_on_recognition(recognition, by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "accounting/recognition_review.html", context, status=status)
