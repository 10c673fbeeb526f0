from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import allowed, visible
from marketplace.trading.listings.abroad.forms import SecurityAssessmentForm
from marketplace.trading.listings.abroad.rules import check_record_security_assessment
from marketplace.trading.listings.abroad.selectors import security_assessments_visible_to
from marketplace.trading.listings.abroad.services import record_security_assessment
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def security_assessment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a reviewer record that important data may go to a buyer abroad."""
    by, form = actor(request), SecurityAssessmentForm(request.POST or None)
    listing: Listing = visible(listings_of_sellers(by), pk=pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: record_security_assessment(pk, **form.cleaned_data, by=by))
        is not None
    ):
        messages.success(request, _("The security assessment is recorded."))
        return redirect("security_assessment_record", pk=pk)
    rule = {"record_security_assessment": check_record_security_assessment}
    context = {
        "form": form,
        "listing": listing,
        "recorded": security_assessments_visible_to(by).filter(dataset=listing.product.dataset),
        "acts": allowed(rule, listing, by),
    }
    page = "trading/listings/security_assessment.html"
    return render(request, page, context, status=form_status(form))
