from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.message.states import MessageState


def is_told() -> bool:
    """Return whether the operator has named a receiver of lineage."""
    return bool(settings.CENTRE["OPENLINEAGE_URL"])


def due_events(now: datetime) -> QuerySet[LineageEvent]:
    """Return the events that are to be sent and that no worker sends, in their order."""
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    rows = LineageEvent.objects.filter(free, state=MessageState.WAITING, next_at__lte=now)
    return rows.order_by("created_at", "number")


def is_any_due(now: datetime) -> bool:
    """Return whether a worker has an event to send."""
    return is_told() and due_events(now).exists()


def settled_before(moment: datetime) -> QuerySet[LineageEvent]:
    """Return the events from before a moment that nobody sends any more."""
    rows = LineageEvent.objects.filter(created_at__lt=moment)
    return rows.exclude(state=MessageState.WAITING) if is_told() else rows
