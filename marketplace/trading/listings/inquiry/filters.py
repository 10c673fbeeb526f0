from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.web.lists import Day, Facet, ListFilters, Words


class InquiryFilters(ListFilters):
    q = Words("text", "answer", "listing__title")
    state = Facet.of(Inquiry, "state")
    since = Day(_("Asked from"), "created_at", "gte")
    until = Day(_("Asked until"), "created_at", "lte")
