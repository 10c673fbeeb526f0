from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.endpoint.serializers import (
    EndpointIn,
    EndpointOut,
    EventsIn,
    OneEndpointOut,
    RevealedSecretOut,
)
from marketplace.outbound.endpoint.services import (
    choose_events,
    close_endpoint,
    enable_endpoint,
    register_endpoint,
    rotate_secret,
)
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    act_page(
        "webhooks/<uuid:pk>/enable/",
        enable_endpoint,
        done=_("The webhook is enabled. What still waits for it is sent now."),
        onto="endpoint_detail",
        name="endpoint_enable",
    ),
    act_page(
        "webhooks/<uuid:pk>/close/",
        close_endpoint,
        done=_("The webhook is closed and its secrets are destroyed."),
        onto="endpoint_detail",
        name="endpoint_close",
    ),
]

api_patterns = [
    list_view(
        "webhooks/",
        endpoints_visible_to,
        operation="list_endpoints",
        gives=EndpointOut,
        summary="List webhooks",
        about="The webhooks of the caller's organization, newest first.",
    ),
    act_view(
        "webhooks/register/",
        register_endpoint,
        scope=Scope.ADMINISTER,
        takes=EndpointIn,
        gives=RevealedSecretOut,
        keeps_answer=False,
        creates=True,
        made_at="get_endpoint",
        compares=False,
        summary="Register a webhook",
        about="Register an address that is told of events; the secret is in this answer alone.",
    ),
    thing_view(
        "webhooks/<uuid:pk>/",
        endpoints_visible_to,
        operation="get_endpoint",
        gives=OneEndpointOut,
        summary="Get a webhook",
        about="A webhook, and the acts on it that are open to the caller.",
    ),
    act_view(
        "webhooks/<uuid:pk>/choose-events/",
        choose_events,
        scope=Scope.ADMINISTER,
        takes=EventsIn,
        gives=EndpointOut,
        operation="choose_endpoint_events",
        summary="Choose the events of a webhook",
        about="Choose of which events a webhook is told.",
    ),
    act_view(
        "webhooks/<uuid:pk>/rotate/",
        rotate_secret,
        scope=Scope.ADMINISTER,
        gives=RevealedSecretOut,
        keeps_answer=False,
        operation="rotate_endpoint_secret",
        summary="Replace the secret of a webhook",
        about="Replace the secret; the old one signs beside the new one for 24 hours.",
    ),
    act_view(
        "webhooks/<uuid:pk>/enable/",
        enable_endpoint,
        scope=Scope.ADMINISTER,
        gives=EndpointOut,
        summary="Enable a webhook",
        about="Let a disabled webhook be told again; what still waits for it is sent at once.",
    ),
    act_view(
        "webhooks/<uuid:pk>/close/",
        close_endpoint,
        scope=Scope.ADMINISTER,
        gives=EndpointOut,
        summary="Close a webhook",
        about="Tell an address nothing any more, and destroy its secrets.",
    ),
]
