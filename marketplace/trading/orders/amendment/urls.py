from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.amendment import api, views
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.amendment.serializers import (
    AmendmentDocumentOut,
    AmendmentOut,
    OneAmendmentOut,
)
from marketplace.trading.orders.amendment.services import decline_amendment, withdraw_amendment
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, thing_view

AMENDMENT = "amendments/<uuid:pk>/"
OF_CONTRACT = "contracts/<uuid:pk>/"

urlpatterns = [
    path(f"{OF_CONTRACT}amend/", views.contract_amend, name="contract_amend"),
    path(AMENDMENT, views.amendment_detail, name="amendment_detail"),
    path(f"{AMENDMENT}sign/", views.amendment_sign, name="amendment_sign"),
    path(
        f"{AMENDMENT}sign-by-passkey/",
        views.amendment_sign_by_passkey,
        name="amendment_sign_by_passkey",
    ),
    form_page(
        f"{AMENDMENT}decline/",
        decline_amendment,
        done=_("The amendment is declined. The contract stays as it is."),
        onto="amendment_detail",
        again=views.amendment_page,
        form_as="reason_form",
        name="amendment_decline",
    ),
    act_page(
        f"{AMENDMENT}withdraw/",
        withdraw_amendment,
        done=_("The amendment is withdrawn. The contract stays as it is."),
        onto="amendment_detail",
        name="amendment_withdraw",
    ),
    path(f"{AMENDMENT}amendment.json", views.amendment_file, name="amendment_file"),
]

api_patterns = [
    path(f"{OF_CONTRACT}amendments/", api.Amendments.as_view(), name="api_list_amendments"),
    path(
        f"{OF_CONTRACT}propose-amendment/",
        api.ProposeAmendment.as_view(),
        name="api_propose_amendment",
    ),
    thing_view(
        AMENDMENT,
        amendments_visible_to,
        operation="get_amendment",
        gives=OneAmendmentOut,
        about=(
            "An amendment with its frozen text, and the acts on it that are open to whoever asks. "
        ),
    ),
    thing_view(
        f"{AMENDMENT}document/",
        amendments_visible_to,
        operation="get_amendment_document",
        gives=AmendmentDocumentOut,
        summary="Get an amendment's document",
        about=(
            "The signed document of an amendment as JSON to read. What `verify.py` checks is "
            "its file."
        ),
    ),
    path(
        f"{AMENDMENT}amendment.json",
        api.AmendmentFile.as_view(),
        name="api_get_amendment_file",
    ),
    path(f"{AMENDMENT}sign/", api.SignAmendment.as_view(), name="api_sign_amendment"),
    act_view(
        f"{AMENDMENT}decline/",
        decline_amendment,
        scope=Scope.TRADE,
        gives=AmendmentOut,
        about="Decline what the other side proposed.",
    ),
    act_view(
        f"{AMENDMENT}withdraw/",
        withdraw_amendment,
        scope=Scope.TRADE,
        gives=AmendmentOut,
        about="Take back what one's side proposed.",
    ),
]
