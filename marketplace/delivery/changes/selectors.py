"""Read which revisions a grant gave one after another, as somebody asks."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.models import GivenRevision, Grant
from marketplace.delivery.grant.selectors import given_revisions, grant_as_of, not_given


def given_between(grant: Grant, *, since: AsOf, until: AsOf) -> list[GivenRevision]:
    """Return what a grant gave after one revision or moment up to another, oldest first.

    `since` is not among them, as `until` is; None begins with the first, and ends with the newest.
    A number between two that it gave, or before the first, stands for the place where it would be.

    Raises:
        NotFound: it gave no such revision (`revision-not-given`).
    """
    last = grant_as_of(grant, until).revision.number
    rows = given_revisions(grant).filter(revision__number__lte=last)
    if isinstance(since, int):
        rows = rows.filter(revision__number__gt=since)
    elif since is not None:
        rows = rows.filter(created_at__gt=since)
    return list(rows.order_by("revision__number"))


def first_since(grant: Grant, moment: datetime) -> int:
    """Return the number of the first revision that a grant gave at a moment or after it.

    Raises:
        NotFound: it gave none since (`revision-not-given`).
    """
    found = given_revisions(grant).filter(created_at__gte=moment).last()
    if found is None:
        raise not_given()
    return found.revision.number


def given_before(given: GivenRevision) -> GivenRevision | None:
    """Return what the same grant gave last before a revision; None of its first one."""
    rows = given_revisions(given.grant)
    return rows.filter(revision__number__lt=given.revision.number).first()


def kept_changes(given: Sequence[GivenRevision]) -> QuerySet[RevisionChanges]:
    """Return what was worked out already of how revisions differ from those before them."""
    rows = RevisionChanges.objects.select_related("file", "given__revision")
    return rows.filter(given__in=given)
