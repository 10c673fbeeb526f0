"""Read notices: everybody their own, nobody another's."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, QuerySet

from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.notices.models import Notice


def notices_visible_to(by: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices."""
    rows = Notice.objects.all()
    return rows.filter(person_id=by.person_id) if by.person_id else rows.none()


def organizations_notified(notices: Collection[str]) -> set[UUID | None]:
    """Return the organizations whose people were told by these notices."""
    rows = Notice.objects.filter(pk__in=notices)
    return set(rows.values_list("person__organization_id", flat=True))


def failed_emails(by: Actor) -> QuerySet[Notice]:
    """Return the notices whose e-mail failed last, the latest first, to administrators alone."""
    rows = Notice.objects.filter(email_failed_at__isnull=False).order_by("-email_failed_at")
    rows = rows.select_related("person__organization")
    return rows if by.has(Role.ADMINISTRATOR) else rows.none()


def own_failure(by: Actor) -> Notice | None:
    """Return the notice to the actor whose e-mail failed last, unless a later one got through."""
    own = notices_visible_to(by)
    failed = own.filter(email_failed_at__isnull=False).order_by("-email_failed_at").first()
    if failed is None or own.filter(emailed_at__gt=failed.email_failed_at).exists():
        return None
    return failed


def notices_in_order(by: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices, unread first, then the newest."""
    return notices_visible_to(by).order_by(F("read_at").desc(nulls_first=True), "-created_at")


def unread_count(by: Actor) -> int:
    return notices_visible_to(by).filter(read_at=None).count()
