from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.listings.inquiry import api, views
from marketplace.trading.listings.inquiry.filters import InquiryFilters
from marketplace.trading.listings.inquiry.forms import AnswerForm
from marketplace.trading.listings.inquiry.selectors import inquiries_visible_to
from marketplace.trading.listings.inquiry.serializers import (
    AnswerInquiryIn,
    AskSellerIn,
    InquiryOut,
    OneInquiryOut,
)
from marketplace.trading.listings.inquiry.services import (
    answer_inquiry,
    ask_seller,
    withhold_inquiry,
)
from marketplace.trading.listings.inquiry.tables import InquiryTable
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of

INQUIRY = "inquiries/<uuid:pk>/"

urlpatterns = [
    list_of(
        "inquiries/",
        inquiries_visible_to,
        InquiryTable,
        "trading/listings/inquiry_list.html",
        filters=InquiryFilters,
        name="inquiry_list",
    ),
    path(INQUIRY, views.inquiry_detail, name="inquiry_detail"),
    form_page(
        f"{INQUIRY}answer/",
        answer_inquiry,
        AnswerForm,
        done=_("Your answer stands on the page of the data."),
        onto="inquiry_detail",
        again=views.inquiry_page,
        of=inquiries_visible_to,
        name="inquiry_answer",
    ),
    form_page(
        f"{INQUIRY}withhold/",
        withhold_inquiry,
        done=_("The inquiry is off the page."),
        onto="inquiry_detail",
        again=views.inquiry_page,
        of=inquiries_visible_to,
        form_as="reason_form",
        name="inquiry_withhold",
    ),
]

api_patterns = [
    path(
        "market/<uuid:pk>/inquiries/",
        api.MarketInquiries.as_view(),
        name="api_list_market_inquiries",
    ),
    act_view(
        "market/<uuid:pk>/ask/",
        ask_seller,
        scope=Scope.TRADE,
        takes=AskSellerIn,
        gives=InquiryOut,
        creates=True,
        made_at="get_inquiry",
        compares=False,
        about="Ask the seller about data on offer. The same inquiry again is one.",
    ),
    list_view(
        "inquiries/",
        inquiries_visible_to,
        operation="list_inquiries",
        filters=InquiryFilters,
        gives=InquiryOut,
        about="The inquiries about one's data, and those that one's organization asked.",
    ),
    thing_view(
        INQUIRY,
        inquiries_visible_to,
        operation="get_inquiry",
        gives=OneInquiryOut,
        about="An inquiry, with the acts on it that are open to whoever asks.",
    ),
    act_view(
        f"{INQUIRY}answer/",
        answer_inquiry,
        scope=Scope.TRADE,
        takes=AnswerInquiryIn,
        gives=InquiryOut,
        about="Answer an inquiry, for everybody to read.",
    ),
    act_view(
        f"{INQUIRY}withhold/",
        withhold_inquiry,
        scope=Scope.ADMINISTER,
        gives=InquiryOut,
        about="Take an inquiry and its answer off the page, with a reason that its sides read.",
    ),
]
