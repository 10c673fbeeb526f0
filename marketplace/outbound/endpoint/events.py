from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EndpointRegistered(Fact):
    """An organization has itself told of these kinds of events at an address."""

    kind = "outbound.endpoint_registered"
    label = _("Webhook registered")
    events: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EndpointEventsChosen(Fact):
    """An endpoint is told of these kinds of events from now on."""

    kind = "outbound.endpoint_events_chosen"
    label = _("Events of a webhook chosen")
    events: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EndpointSecretRotated(Fact):
    """The secret of an endpoint was replaced; the old one signs beside it until a moment."""

    kind = "outbound.endpoint_secret_rotated"
    label = _("Secret of a webhook replaced")
    old_until: str


@dataclass(frozen=True, kw_only=True)
class EndpointDisabled(Fact):
    """An endpoint failed for days, or said that it is gone, and is told nothing any more."""

    kind = "outbound.endpoint_disabled"
    label = _("Webhook disabled")
    code: str


@dataclass(frozen=True, kw_only=True)
class EndpointEnabled(Fact):
    """An endpoint that was disabled is told again."""

    kind = "outbound.endpoint_enabled"
    label = _("Webhook enabled")


@dataclass(frozen=True, kw_only=True)
class EndpointClosed(Fact):
    """An endpoint is told nothing any more, and its secrets are destroyed."""

    kind = "outbound.endpoint_closed"
    label = _("Webhook closed")
