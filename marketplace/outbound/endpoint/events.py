from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class EndpointRegistered(Fact, kind="outbound.endpoint_registered", label=_("Webhook registered")):
    """An organization has itself told of these kinds of events at an address."""

    events: tuple[str, ...]


class EndpointEventsChosen(
    Fact, kind="outbound.endpoint_events_chosen", label=_("Events of a webhook chosen")
):
    """An endpoint is told of these kinds of events from now on."""

    events: tuple[str, ...]


class EndpointSecretRotated(
    Fact, kind="outbound.endpoint_secret_rotated", label=_("Secret of a webhook replaced")
):
    """The secret of an endpoint was replaced; the old one signs beside it until a moment."""

    old_until: str


class EndpointDisabled(Fact, kind="outbound.endpoint_disabled", label=_("Webhook disabled")):
    """An endpoint failed for days, or said that it is gone, and is told nothing any more."""

    code: str


class EndpointEnabled(Fact, kind="outbound.endpoint_enabled", label=_("Webhook enabled")):
    """An endpoint that was disabled is told again."""


class EndpointClosed(Fact, kind="outbound.endpoint_closed", label=_("Webhook closed")):
    """An endpoint is told nothing any more, and its secrets are destroyed."""
