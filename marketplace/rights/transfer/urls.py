from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.rights.registration.serializers import ClaimOut
from marketplace.rights.transfer import api, views
from marketplace.rights.transfer.services import join_transfer
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view

CLAIM = "claims/<uuid:pk>/"
CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    act_page(
        f"{CLAIM}join/",
        join_transfer,
        done=_("You have joined. Either side can submit the transfer now."),
        onto="claim_detail",
        name="claim_join",
    ),
    path(f"{CERTIFICATE}transfer/", views.certificate_transfer, name="certificate_transfer"),
]

api_patterns = [
    act_view(
        f"{CLAIM}join/",
        join_transfer,
        scope=Scope.TRADE,
        gives=ClaimOut,
        about="Ask for a transfer too, on the acquirer's side.",
    ),
    path(
        f"{CERTIFICATE}open-transfer/",
        api.OpenTransfer.as_view(),
        name="api_open_transfer",
    ),
]
