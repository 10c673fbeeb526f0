from typing import Any

from marketplace.core import Actor, Scope
from marketplace.outbound.endpoint import serializers
from marketplace.outbound.endpoint.services import (
    RevealedSecret,
    register_endpoint,
)
from marketplace.web.api import ActView


class RegisterEndpoint(ActView):
    """Register an address that is told of events; the secret is in this answer alone."""

    takes = serializers.EndpointIn
    gives = serializers.RevealedSecretOut
    keeps_answer = False
    creates = True
    made_at = "get_endpoint"
    compares = False
    scope = Scope.ADMINISTER
    summary = "Register a webhook"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> RevealedSecret:
        return register_endpoint(address=data["address"], events=data["events"], by=by)
