from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from marketplace.core import Actor
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.states import EndpointState
from marketplace.outbound.message.models import Message, Try
from marketplace.outbound.message.states import MessageState


def messages_visible_to(by: Actor) -> QuerySet[Message]:
    """Return every message to the centre's software, else those of the actor's organization."""
    rows = Message.objects.select_related("endpoint__organization")
    if by.is_system:
        return rows
    if not by.is_signed_in or by.organization_id is None:
        return rows.none()
    return rows.filter(endpoint__organization_id=by.organization_id)


def messages_of(endpoint: Endpoint) -> QuerySet[Message]:
    """Return the messages of an endpoint, newest first."""
    return Message.objects.filter(endpoint=endpoint).order_by("-created_at", "-pk")


def tries_of(message: Message) -> QuerySet[Try]:
    """Return the tries to send a message, newest first."""
    return Try.objects.filter(message=message).order_by("-number")


def due_messages(endpoint: Endpoint, now: datetime) -> QuerySet[Message]:
    """Return what an endpoint is to be told at a moment, as it happened."""
    rows = Message.objects.filter(endpoint=endpoint, state=MessageState.WAITING, next_at__lte=now)
    return rows.order_by("happened_at", "created_at")


def endpoints_to_serve(now: datetime) -> QuerySet[Endpoint]:
    """Return the endpoints that a message is due for, which nobody serves and none rests.

    Whichever was served longest ago comes first, so that none waits for the messages of another.
    """
    due = Message.objects.filter(
        endpoint=OuterRef("pk"), state=MessageState.WAITING, next_at__lte=now
    )
    free = Q(busy_until=None) | Q(busy_until__lte=now)
    rested = Q(rests_until=None) | Q(rests_until__lte=now)
    rows = Endpoint.objects.filter(free, rested, Exists(due), state=EndpointState.IN_USE)
    return rows.order_by(F("busy_until").asc(nulls_first=True), "created_at")


def is_any_due(now: datetime) -> bool:
    """Return whether a worker has something to send."""
    free = Q(endpoint__busy_until=None) | Q(endpoint__busy_until__lte=now)
    rested = Q(endpoint__rests_until=None) | Q(endpoint__rests_until__lte=now)
    rows = Message.objects.filter(state=MessageState.WAITING, next_at__lte=now)
    return rows.filter(free, rested, endpoint__state=EndpointState.IN_USE).exists()


def settled_before(moment: datetime) -> QuerySet[Message]:
    """Return the messages from before a moment that nobody sends any more."""
    waits = Message.objects.filter(
        pk=OuterRef("pk"), state=MessageState.WAITING, endpoint__state=EndpointState.IN_USE
    )
    return Message.objects.filter(~Exists(waits), created_at__lt=moment)
