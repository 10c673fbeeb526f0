from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.trading.listings.inquiry.forms import AnswerForm
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.rules import acts_on_inquiry
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.services import withhold_inquiry
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def inquiry_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an inquiry, and let the seller answer it."""
    return inquiry_page(request, visible(inquiries_visible_to(actor(request)), pk=pk))


def inquiry_page(
    request: HttpRequest,
    inquiry: Inquiry,
    *,
    form: AnswerForm | None = None,
    reason_form: ActForm | None = None,
) -> HttpResponse:
    by, form, reason_form = (
        actor(request),
        form or AnswerForm(),
        reason_form or form_of(withhold_inquiry)(),
    )
    context = {
        "inquiry": inquiry,
        "form": form,
        "reason_form": reason_form,
        "acts": acts_on_inquiry(inquiry, by),
        "timeline": timeline_of(f"inquiry:{inquiry.pk}", by=by),
    }
    page = "trading/listings/inquiry_detail.html"
    status = max(form_status(form), form_status(reason_form))
    return render(request, page, context, status=status)
