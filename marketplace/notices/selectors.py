"""Read notices: everybody their own, nobody another's."""

from __future__ import annotations

from django.db.models import F, QuerySet

from marketplace.core.actor import Actor
from marketplace.notices.models import Notice


def notices_visible_to(by: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices."""
    rows = Notice.objects.all()
    return rows.filter(person_id=by.person_id) if by.person_id else rows.none()


def notices_in_order(by: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices, unread first, then the newest."""
    return notices_visible_to(by).order_by(F("read_at").desc(nulls_first=True), "-created_at")


def unread_count(by: Actor) -> int:
    """Count what the actor has not read."""
    return notices_visible_to(by).filter(read_at=None).count()
