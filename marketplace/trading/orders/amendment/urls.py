from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.amendment import api
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.amendment.serializers import AmendmentDocumentOut, AmendmentOut
from marketplace.trading.orders.amendment.services import decline_amendment, withdraw_amendment
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, thing_view

AMENDMENT = "amendments/<uuid:pk>/"
OF_CONTRACT = "contracts/<uuid:pk>/"

urlpatterns = [
    act_page(
        f"{AMENDMENT}withdraw/",
        withdraw_amendment,
        done=_("The amendment is withdrawn. The contract stays as it is."),
        onto="amendment_detail",
        name="amendment_withdraw",
    ),
]

api_patterns = [
    path(f"{OF_CONTRACT}amendments/", api.Amendments.as_view(), name="api_list_amendments"),
    path(
        f"{OF_CONTRACT}propose-amendment/",
        api.ProposeAmendment.as_view(),
        name="api_propose_amendment",
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
