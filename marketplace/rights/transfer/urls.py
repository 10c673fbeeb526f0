from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.registration.serializers import ClaimOut
from marketplace.rights.title.rules import check_transfers
from marketplace.rights.transfer import views
from marketplace.rights.transfer.forms import TransferForm
from marketplace.rights.transfer.services import join_transfer, open_transfer
from marketplace.web.act_pages import act_page, asking_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

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
    asking_page(
        f"{CERTIFICATE}transfer/",
        open_transfer,
        views.transfer_page,
        of=certificates_visible_to,
        check=check_transfers,
        form=TransferForm,
        done=_("The transfer is begun. The acquirer is asked to join; attach the file."),
        onto="claim_detail",
        name="certificate_transfer",
    ),
]

api_patterns = [
    act_view(
        f"{CLAIM}join/",
        join_transfer,
        scope=Scope.TRADE,
        gives=ClaimOut,
        about="Ask for a transfer too, on the acquirer's side.",
    ),
    act_view(
        f"{CERTIFICATE}open-transfer/",
        open_transfer,
        scope=Scope.TRADE,
        takes=serializer_of(
            open_transfer,
            about="What passes, and to whom; no rights named means all of the certificate's.",
        ),
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Open a transfer of certified rights",
        about="Begin to pass certified rights to another organization.",
    ),
]
