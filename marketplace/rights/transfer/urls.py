"""The addresses of transfers."""

from django.urls import path

from marketplace.rights.transfer import api, views

CLAIM = "claims/<uuid:pk>/"
CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    path(f"{CLAIM}join/", views.claim_join, name="claim_join"),
    path(f"{CERTIFICATE}transfer/", views.certificate_transfer, name="certificate_transfer"),
]

api_patterns = [
    path(f"{CLAIM}join/", api.JoinTransfer.as_view(), name="api_join_transfer"),
    path(
        f"{CERTIFICATE}open-transfer/",
        api.OpenTransfer.as_view(),
        name="api_open_transfer",
    ),
]
