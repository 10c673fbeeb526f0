"""Organizations register endpoints, replace their secrets, and close them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked
from marketplace.core.addresses import AddressError, Allowed, check_literal, check_port
from marketplace.core.arguments import Several, Text
from marketplace.core.webhooks import new_secret
from marketplace.ledger.services.recording import record
from marketplace.outbound.adapters import sentence_of
from marketplace.outbound.endpoint import rules
from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.endpoint.events import (
    EndpointClosed,
    EndpointEnabled,
    EndpointEventsChosen,
    EndpointRegistered,
    EndpointSecretRotated,
)
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.secrets import wrapped
from marketplace.outbound.endpoint.selectors import endpoints_of, endpoints_visible_to
from marketplace.outbound.endpoint.states import ENDPOINT, EndpointState
from marketplace.outbound.posting import LONGEST_ADDRESS, target_of
from marketplace.outbound.schedule import OLD_SECRET_FOR

EVENTS = Several(label=gettext_lazy("Events"), choices=Event)


@dataclass(frozen=True)
class RevealedSecret:
    """An endpoint with its secret, which is shown once."""

    endpoint: Endpoint
    secret: str = field(repr=False)


def allowed() -> Allowed:
    """Return the networks and ports that the settings allow."""
    ports = [int(port) for port in settings.CENTRE["WEBHOOK_PORTS"]]
    return Allowed(settings.CENTRE["WEBHOOK_NETWORKS"], ports)


@transaction.atomic
def register_endpoint(
    *,
    address: Annotated[
        str,
        Text(
            label=gettext_lazy("Address"),
            longest=LONGEST_ADDRESS,
            help=gettext_lazy(
                "It begins with https://. For example: https://hooks.example.org/centre"
            ),
        ),
    ],
    events: Annotated[Collection[str], EVENTS],
    by: Actor,
) -> RevealedSecret:
    """Register an address at which the actor's organization is told of kinds of events.

    No name is resolved here: it may lead elsewhere by the time of a message.

    Raises:
        NotAllowed: the actor is no owner, officer or buyer.
        Invalid: the address is none that the centre posts to, or registered already; no event is
            chosen, or one that there is not; or the organization has as many as it may.
    """
    rules.check_register_endpoint(None, by)
    organization = locked(Organization.objects.all(), pk=str(by.organization_id))
    address = address.strip()
    wrong = _wrong_events(events) | _wrong_address(address)
    existing = endpoints_of(organization.pk)
    if existing.filter(address=address).exists():
        wrong["address"] = [_("This address is registered already.")]
    elif existing.count() >= settings.CENTRE["WEBHOOKS"]:
        wrong["address"] = [
            _("An organization has at most %(most)d webhooks. Close one first.")
            % {"most": settings.CENTRE["WEBHOOKS"]}
        ]
    if wrong:
        raise Invalid(_("The webhook needs corrections."), fields=wrong)
    endpoint = Endpoint(organization=organization, address=address, events=_sorted(events))
    secret = new_secret()
    endpoint.wrapped_secret = wrapped(endpoint, secret)
    endpoint.save(force_insert=True)
    record(
        EndpointRegistered(
            subject=f"endpoint:{endpoint.pk}",
            about=endpoint.concerns,
            events=tuple(endpoint.events),
        ),
        by=by,
    )
    return RevealedSecret(endpoint, secret)


def _wrong_address(address: str) -> dict[str, list[str]]:
    try:
        target = target_of(address)
        if target.scheme != "https":
            raise AddressError("bad-address")
        check_port(target.port, allowed())
        check_literal(target.host, allowed())
    except AddressError as error:
        return {"address": [sentence_of(error.code, error.parameters)]}
    return {}


def _wrong_events(events: Collection[str]) -> dict[str, list[str]]:
    if events and set(events) <= set(Event.values):
        return {}
    return {"events": [_("Choose at least one event of the list.")]}


def _sorted(events: Collection[str]) -> list[str]:
    return [event for event in Event.values if event in events]


@transaction.atomic
def choose_events(
    endpoint_id: UUID, *, events: Annotated[Collection[str], EVENTS], by: Actor
) -> Endpoint:
    """Choose of which kinds of events an endpoint is told. The same again changes nothing.

    Raises:
        NotFound: there is no such endpoint among those the actor may see.
        NotAllowed: the actor is no owner, officer or buyer.
        WrongState: it is closed (`endpoint-closed`).
        Invalid: no event is chosen, or one that there is not.
    """
    endpoint = locked(endpoints_visible_to(by), pk=endpoint_id)
    rules.check_manage_endpoint(endpoint, by)
    wrong = _wrong_events(events)
    if wrong:
        raise Invalid(_("The webhook needs corrections."), fields=wrong)
    chosen = _sorted(events)
    if chosen == endpoint.events:
        return endpoint
    endpoint.events = chosen
    endpoint.save(update_fields=["events"])
    record(
        EndpointEventsChosen(
            subject=f"endpoint:{endpoint.pk}", about=endpoint.concerns, events=tuple(chosen)
        ),
        by=by,
    )
    return endpoint


@transaction.atomic
def rotate_secret(endpoint_id: UUID, *, by: Actor) -> RevealedSecret:
    """Replace the secret of an endpoint; the old one goes on signing beside it for a day.

    The one before the old one, where it still signed, does no longer.

    Raises:
        NotFound, NotAllowed, WrongState: as for `choose_events`.
    """
    endpoint = locked(endpoints_visible_to(by), pk=endpoint_id)
    rules.check_manage_endpoint(endpoint, by)
    secret = new_secret()
    endpoint.wrapped_secret_before = endpoint.wrapped_secret
    endpoint.secret_before_until = clock.now() + OLD_SECRET_FOR
    endpoint.wrapped_secret = wrapped(endpoint, secret)
    endpoint.save(update_fields=["wrapped_secret", "wrapped_secret_before", "secret_before_until"])
    record(
        EndpointSecretRotated(
            subject=f"endpoint:{endpoint.pk}",
            about=endpoint.concerns,
            old_until=endpoint.secret_before_until.isoformat(timespec="seconds"),
        ),
        by=by,
    )
    return RevealedSecret(endpoint, secret)


@transaction.atomic
def enable_endpoint(endpoint_id: UUID, *, by: Actor) -> Endpoint:
    """Let a disabled endpoint be told again; what still waits for it is sent at once.

    Raises:
        NotFound: there is no such endpoint among those the actor may see.
        NotAllowed: the actor is no owner, officer or buyer.
        WrongState: it is not disabled.
    """
    endpoint = locked(endpoints_visible_to(by), pk=endpoint_id)
    rules.check_enable_endpoint(endpoint, by)
    ENDPOINT.move(endpoint, EndpointState.IN_USE)
    endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    endpoint.disabled_code = ""
    endpoint.save(
        update_fields=["state", "failures", "failing_since", "rests_until", "disabled_code"]
    )
    record(EndpointEnabled(subject=f"endpoint:{endpoint.pk}", about=endpoint.concerns), by=by)
    return endpoint


@transaction.atomic
def close_endpoint(endpoint_id: UUID, *, by: Actor) -> Endpoint:
    """Tell an endpoint nothing any more, and destroy its secrets.

    Raises:
        NotFound, NotAllowed, WrongState: as for `choose_events`.
    """
    endpoint = locked(endpoints_visible_to(by), pk=endpoint_id)
    rules.check_manage_endpoint(endpoint, by)
    ENDPOINT.move(endpoint, EndpointState.CLOSED)
    endpoint.wrapped_secret = endpoint.wrapped_secret_before = b""
    endpoint.secret_before_until = None
    endpoint.save(
        update_fields=["state", "wrapped_secret", "wrapped_secret_before", "secret_before_until"]
    )
    record(EndpointClosed(subject=f"endpoint:{endpoint.pk}", about=endpoint.concerns), by=by)
    return endpoint


@transaction.atomic
def forget_old_secrets(*, by: Actor) -> int:
    """Destroy the replaced secrets whose day is over; return how many.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    over = Endpoint.objects.filter(secret_before_until__lte=clock.now())
    return over.update(wrapped_secret_before=b"", secret_before_until=None)
