"""The addresses of renewals, changes and cancellations."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.follow_up import views
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.rights.registration.serializers import ClaimOut
from marketplace.rights.title.rules import check_follows_up
from marketplace.web.act_pages import asking_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

CERTIFICATE = "certificates/<uuid:pk>/"

ASKED: dict[str, Any] = {
    "of": certificates_visible_to,
    "check": check_follows_up,
    "done": _("It is begun. Attach what is needed, then submit it."),
    "onto": "claim_detail",
}

urlpatterns = [
    asking_page(
        f"{CERTIFICATE}renew/",
        ask_renewal,
        partial(views.asked_page, template="certificate_renew"),
        **ASKED,
        form=views.renewal_form,
        name="certificate_renew",
    ),
    asking_page(
        f"{CERTIFICATE}change/",
        ask_change,
        partial(views.asked_page, template="certificate_change"),
        **ASKED,
        form=views.change_form,
        name="certificate_change",
    ),
    asking_page(
        f"{CERTIFICATE}give-up/",
        ask_cancellation,
        partial(views.asked_page, template="certificate_give_up"),
        **ASKED,
        name="certificate_give_up",
    ),
]

api_patterns = [
    act_view(
        f"{CERTIFICATE}ask-renewal/",
        ask_renewal,
        scope=Scope.TRADE,
        takes=serializer_of(ask_renewal, about="For how long a right is renewed."),
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
        takes=serializer_of(ask_change, about="What a certificate shall state, and why."),
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
        takes=serializer_of(
            ask_cancellation, name="AskCancellationIn", about="Why a right is given up."
        ),
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Ask for the cancellation of a registration",
        about="Begin to give a right up, for its holder.",
    ),
]
