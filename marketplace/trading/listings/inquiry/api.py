"""The API of inquiries."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.inquiry import serializers
from marketplace.trading.listings.inquiry.filters import InquiryFilters
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to, public_inquiries
from marketplace.trading.listings.inquiry.services import (
    answer_inquiry,
    ask_seller,
    withhold_inquiry,
)
from marketplace.trading.listings.market.selectors import published_listings
from marketplace.web.api import ListView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

AskSeller = act_view(
    ask_seller,
    scope=Scope.TRADE,
    takes=serializers.AskSellerIn,
    gives=serializers.InquiryOut,
    creates=True,
    made_at="get_inquiry",
    compares=False,
    about="Ask the seller about data on offer. The same inquiry again is one.",
)

AnswerInquiry = act_view(
    answer_inquiry,
    scope=Scope.TRADE,
    takes=serializers.AnswerInquiryIn,
    gives=serializers.InquiryOut,
    about="Answer an inquiry, for everybody to read.",
)

WithholdInquiry = act_view(
    withhold_inquiry,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.InquiryOut,
    about="Take an inquiry and its answer off the page, with a reason that its sides read.",
)

Inquiries = list_view(
    inquiries_visible_to,
    operation="list_inquiries",
    filters=InquiryFilters,
    gives=serializers.InquiryOut,
    about="The inquiries about one's data, and those that one's organization asked.",
)

OneInquiry = thing_view(
    inquiries_visible_to,
    operation="get_inquiry",
    gives=serializers.OneInquiryOut,
    about="An inquiry, with the acts on it that are open to whoever asks.",
)


class MarketInquiries(ListView):
    """The inquiries about data on offer that are answered, newest first."""

    gives = serializers.PublicInquiryOut
    operation = "list_market_inquiries"
    summary = "List the answered inquiries about a published listing"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Inquiry]:
        return public_inquiries(visible(published_listings(by), pk=ids["pk"]).product_id)
