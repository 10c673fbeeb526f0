from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core import Actor, visible
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.inquiry import serializers
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.inquiry.selectors import public_inquiries
from marketplace.web.api import ListView


class MarketInquiries(ListView):
    """The inquiries about data on offer that are answered, newest first."""

    gives = serializers.PublicInquiryOut
    operation = "list_market_inquiries"
    summary = "List the answered inquiries about a published listing"
    is_public = True

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Inquiry]:
        return public_inquiries(visible(published_listings(by), pk=ids["pk"]).product_id)
