"""The API of endpoints."""

from __future__ import annotations

from typing import Any

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.outbound.endpoint import serializers
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.endpoint.services import (
    RevealedSecret,
    choose_events,
    close_endpoint,
    enable_endpoint,
    register_endpoint,
    rotate_secret,
)
from marketplace.web.api import ActView, act_view, list_view, thing_view

Endpoints = list_view(
    endpoints_visible_to,
    operation="list_endpoints",
    gives=serializers.EndpointOut,
    summary="List webhooks",
    about="The webhooks of the caller's organization, newest first.",
)

OneEndpoint = thing_view(
    endpoints_visible_to,
    operation="get_endpoint",
    gives=serializers.OneEndpointOut,
    summary="Get a webhook",
    about="A webhook, and the acts on it that are open to the caller.",
)


class RegisterEndpoint(ActView):
    """Register an address that is told of events; the secret is in this answer alone."""

    takes = serializers.EndpointIn
    gives = serializers.RevealedSecretOut
    keeps_answer = False
    creates = True
    made_at = "get_endpoint"
    compares = False
    scope = Scope.ADMINISTER
    operation = "register_endpoint"
    summary = "Register a webhook"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> RevealedSecret:
        return register_endpoint(address=data["address"], events=data["events"], by=by)


ChooseEvents = act_view(
    choose_events,
    scope=Scope.ADMINISTER,
    takes=serializers.EventsIn,
    gives=serializers.EndpointOut,
    operation="choose_endpoint_events",
    summary="Choose the events of a webhook",
    about="Choose of which events a webhook is told.",
)

RotateSecret = act_view(
    rotate_secret,
    scope=Scope.ADMINISTER,
    gives=serializers.RevealedSecretOut,
    keeps_answer=False,
    operation="rotate_endpoint_secret",
    summary="Replace the secret of a webhook",
    about="Replace the secret; the old one signs beside the new one for 24 hours.",
)

EnableEndpoint = act_view(
    enable_endpoint,
    scope=Scope.ADMINISTER,
    gives=serializers.EndpointOut,
    summary="Enable a webhook",
    about="Let a disabled webhook be told again; what still waits for it is sent at once.",
)

CloseEndpoint = act_view(
    close_endpoint,
    scope=Scope.ADMINISTER,
    gives=serializers.EndpointOut,
    summary="Close a webhook",
    about="Tell an address nothing any more, and destroy its secrets.",
)
