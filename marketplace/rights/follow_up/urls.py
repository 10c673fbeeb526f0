"""The addresses of renewals, changes and cancellations."""

from django.urls import path

from marketplace.rights.follow_up import api, views

CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    path(f"{CERTIFICATE}renew/", views.certificate_renew, name="certificate_renew"),
    path(f"{CERTIFICATE}change/", views.certificate_change, name="certificate_change"),
    path(f"{CERTIFICATE}give-up/", views.certificate_give_up, name="certificate_give_up"),
]

api_patterns = [
    path(f"{CERTIFICATE}ask-renewal/", api.AskRenewal.as_view(), name="api_ask_renewal"),
    path(f"{CERTIFICATE}ask-change/", api.AskChange.as_view(), name="api_ask_change"),
    path(
        f"{CERTIFICATE}ask-cancellation/",
        api.AskCancellation.as_view(),
        name="api_ask_cancellation",
    ),
]
