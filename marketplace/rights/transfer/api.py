"""Transfers in the API."""

from typing import Any

from marketplace.core import Actor, Scope
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.serializers import ClaimOut
from marketplace.rights.transfer import serializers
from marketplace.rights.transfer.services import open_transfer
from marketplace.web.api import ActView


class OpenTransfer(ActView):
    """Begin to pass certified rights to another organization."""

    takes = serializers.OpenTransferIn
    gives = ClaimOut
    creates = True
    made_at = "get_claim"
    scope = Scope.TRADE
    summary = "Open a transfer of certified rights"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Claim:
        rights = frozenset(data.pop("rights"))
        return open_transfer(ids["pk"], rights=rights, **data, by=by)
