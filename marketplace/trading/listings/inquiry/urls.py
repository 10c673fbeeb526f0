"""The addresses of inquiries."""

from django.urls import path

from marketplace.trading.listings.inquiry import api, views

INQUIRY = "inquiries/<uuid:pk>/"

urlpatterns = [
    path("market/<uuid:pk>/ask/", views.inquiry_make, name="inquiry_make"),
    path("inquiries/", views.inquiry_list, name="inquiry_list"),
    path(INQUIRY, views.inquiry_detail, name="inquiry_detail"),
    path(f"{INQUIRY}answer/", views.inquiry_answer, name="inquiry_answer"),
    path(f"{INQUIRY}withhold/", views.inquiry_withhold, name="inquiry_withhold"),
]

api_patterns = [
    path(
        "market/<uuid:pk>/inquiries/",
        api.MarketInquiries.as_view(),
        name="api_list_market_inquiries",
    ),
    path("market/<uuid:pk>/ask/", api.AskSeller.as_view(), name="api_ask_seller"),
    path("inquiries/", api.Inquiries.as_view(), name="api_list_inquiries"),
    path(INQUIRY, api.OneInquiry.as_view(), name="api_get_inquiry"),
    path(f"{INQUIRY}answer/", api.AnswerInquiry.as_view(), name="api_answer_inquiry"),
    path(f"{INQUIRY}withhold/", api.WithholdInquiry.as_view(), name="api_withhold_inquiry"),
]
