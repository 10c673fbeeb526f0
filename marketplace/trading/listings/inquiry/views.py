"""The pages of inquiries."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from marketplace.accounts.selectors import timeline_of
from marketplace.core.locking import visible
from marketplace.trading.listings.acts import acts_on_inquiry
from marketplace.trading.listings.inquiry.filters import InquiryFilters
from marketplace.trading.listings.inquiry.forms import AnswerForm, AskForm
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.services import (
    answer_inquiry,
    ask_seller,
    withhold_inquiry,
)
from marketplace.trading.listings.inquiry.tables import InquiryTable
from marketplace.trading.listings.market.selectors import published_listings
from marketplace.trading.listings.market.views import listing_page
from marketplace.web.act_pages import form_page
from marketplace.web.forms import ReasonForm
from marketplace.web.lists import list_of
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor

inquiry_list = list_of(
    inquiries_visible_to,
    InquiryTable,
    "trading/listings/inquiry_list.html",
    filters=InquiryFilters,
)


@signed_in
def inquiry_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an inquiry, and let the seller answer it."""
    return inquiry_page(request, visible(inquiries_visible_to(actor(request)), pk=pk))


def inquiry_page(
    request: HttpRequest,
    inquiry: Inquiry,
    *,
    form: AnswerForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    by, form, reason_form = actor(request), form or AnswerForm(), reason_form or ReasonForm()
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


inquiry_make = form_page(
    ask_seller,
    AskForm,
    done=gettext_lazy("Your inquiry is with the seller. You are told when it is answered."),
    onto="listing_public",
    again=listing_page,
    of=published_listings,
    form_as="ask_form",
)
inquiry_answer = form_page(
    answer_inquiry,
    AnswerForm,
    done=gettext_lazy("Your answer stands on the page of the data."),
    onto="inquiry_detail",
    again=inquiry_page,
    of=inquiries_visible_to,
)
inquiry_withhold = form_page(
    withhold_inquiry,
    ReasonForm,
    done=gettext_lazy("The inquiry is off the page."),
    onto="inquiry_detail",
    again=inquiry_page,
    of=inquiries_visible_to,
    form_as="reason_form",
)
