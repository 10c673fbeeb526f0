"""The pages of impact assessments: an officer makes one, a second person decides."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import allowed, visible
from marketplace.trading.listings.assessment.choices import ImpactCase
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.assessment.rules import acts_on_assessment, check_make_assessment
from marketplace.trading.listings.assessment.selectors import assessment_of, assessments_visible_to
from marketplace.trading.listings.assessment.services import (
    approve_assessment,
    make_assessment,
    return_assessment,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of

PAGES = "trading/listings/assessments"


@signed_in
def assessment_make(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an officer assess what listed data does to persons."""
    by = actor(request)
    form = form_of(make_assessment)(
        request.POST or None, initial={"cases": [ImpactCase.HANDED_ON.value]}
    )
    listing: Listing = visible(listings_of_sellers(by), pk=pk)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: make_assessment(pk, **form.taken(), by=by))
        if made is not None:
            messages.success(request, _("The assessment waits for a second person."))
            return redirect("assessment_detail", pk=made.pk)
    context = {
        "form": form,
        "listing": listing,
        "known": assessment_of(listing.revision.version),
        "acts": allowed({"make_assessment": check_make_assessment}, listing, by),
    }
    return render(request, f"{PAGES}/make.html", context, status=form_status(form))


@signed_in
def assessment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, pk, form_of(return_assessment)())


@require_POST
@signed_in
def assessment_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    approve_assessment(pk, by=actor(request))
    messages.success(request, _("The assessment is approved."))
    return redirect("assessment_detail", pk=pk)


@require_POST
@signed_in
def assessment_return(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(return_assessment)(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: return_assessment(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The assessment is returned."))
            return redirect("assessment_detail", pk=pk)
    return _page(request, pk, form)


def _page(request: HttpRequest, pk: UUID, form: Form) -> HttpResponse:
    by = actor(request)
    assessment: ImpactAssessment = visible(assessments_visible_to(by), pk=pk)
    context = {
        "assessment": assessment,
        "cases": [ImpactCase(case).label for case in assessment.cases],
        "form": form,
        "acts": acts_on_assessment(assessment, by),
        "timeline": timeline_of(f"assessment:{assessment.pk}", by=by),
    }
    return render(request, f"{PAGES}/detail.html", context, status=form_status(form))
