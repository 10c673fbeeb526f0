"""The addresses of renewals, changes and cancellations."""

from django.urls import path

from marketplace.core import Scope
from marketplace.rights.follow_up import views
from marketplace.rights.follow_up.serializers import AskCancellationIn, AskChangeIn, AskRenewalIn
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.rights.registration.serializers import ClaimOut
from marketplace.web.api import act_view

CERTIFICATE = "certificates/<uuid:pk>/"

urlpatterns = [
    path(f"{CERTIFICATE}renew/", views.certificate_renew, name="certificate_renew"),
    path(f"{CERTIFICATE}change/", views.certificate_change, name="certificate_change"),
    path(f"{CERTIFICATE}give-up/", views.certificate_give_up, name="certificate_give_up"),
]

api_patterns = [
    act_view(
        f"{CERTIFICATE}ask-renewal/",
        ask_renewal,
        scope=Scope.TRADE,
        takes=AskRenewalIn,
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Ask for the renewal of a certificate",
        about="Begin the renewal of a certificate, for its holder.",
    ),
    act_view(
        f"{CERTIFICATE}ask-change/",
        ask_change,
        scope=Scope.TRADE,
        takes=AskChangeIn,
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Ask for a change of a registration",
        about="Begin a change of what a certificate states, for its holder.",
    ),
    act_view(
        f"{CERTIFICATE}ask-cancellation/",
        ask_cancellation,
        scope=Scope.TRADE,
        takes=AskCancellationIn,
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Ask for the cancellation of a registration",
        about="Begin to give a right up, for its holder.",
    ),
]
