"""Read grants, what was downloaded, and the copies that are written for them."""

from copy import copy
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor, NotFound, clock, visible
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.bought import asked_for
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.grant.states import GrantState
from marketplace.jobs.states import JobState
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import copy_for
from marketplace.trading.listings.plans import following_kinds
from marketplace.trading.listings.revision.promises import with_rules
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to


def grants_visible_to(by: Actor) -> QuerySet[Grant]:
    """Return every grant to the centre's staff, else those that the actor bought or sold."""
    rows = Grant.objects.select_related(
        "order__listing__organization",
        *("organization", "revision", "version__file", "copy__file", "certificate"),
    )
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(organization_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def grants_to_open(by: Actor) -> QuerySet[Grant]:
    """Return the grants that the actor may see, with what is asked when one is opened."""
    rows = grants_visible_to(by).select_related(None)
    return rows.select_related("order__listing", "version__file", "revision")


def grants_ending(by: Actor) -> QuerySet[Grant]:
    """Return the grants that the actor may see whose licence runs out within the centre's days."""
    last = clock.now() + timedelta(days=int(settings.CENTRE["LICENCE_REMINDER_DAYS"]))
    rows = grants_visible_to(by).filter(state=GrantState.ACTIVE, expires_at__lte=last)
    return rows.select_related("order__listing")


def given_revisions(grant: Grant) -> QuerySet[GivenRevision]:
    """Return the revisions that a grant gave, newest first."""
    rows = GivenRevision.objects.filter(grant=grant)
    return rows.select_related("grant", "revision__version__file", "copy__file").order_by(
        "-revision__number"
    )


def told_revisions(grant: Grant) -> QuerySet[GivenRevision]:
    """Return the revisions that a grant gave, newest first, with the rules of each."""
    return with_rules(given_revisions(grant), "revision")


def at_revision(grant: Grant, given: GivenRevision) -> Grant:
    """Return a grant as it was while it gave a revision; it is not to be saved."""
    seen = copy(grant)
    seen.revision, seen.version = given.revision, given.revision.version
    seen.copy, seen.sha256, seen.size = given.copy, given.sha256, given.size
    return seen


def grant_as_of(grant: Grant, as_of: AsOf) -> Grant:
    """Return a grant as it gave a revision, by its number, or at a moment; None is now.

    Raises:
        NotFound: it gave no such revision, or none yet at that moment (`revision-not-given`).
    """
    if as_of is None or as_of == grant.revision.number:
        return grant
    rows = given_revisions(grant)
    if isinstance(as_of, int):
        found = rows.filter(revision__number=as_of).first()
    else:
        found = rows.filter(created_at__lte=as_of).first()
    if found is None:
        raise not_given()
    return at_revision(grant, found)


def not_given() -> NotFound:
    """Return the refusal of a revision that a grant did not give."""
    return NotFound(
        _("This grant gave no such revision. Its page and its list of revisions say which."),
        code="revision-not-given",
    )


def grants_behind(listing_id: UUID | None = None) -> QuerySet[Grant]:
    """Return the grants that do not give what is due to their buyers now.

    Of one that follows its listing, that is what the listing offers; of the others, what takes the
    place of a delivery that was objected to.
    """
    follows = Q(order__plan__kind__in=following_kinds())
    behind = (follows & ~Q(listing__revision=F("revision"))) | (
        ~follows & ~Q(order__revision=F("revision"))
    )
    rows = Grant.objects.filter(behind, state=GrantState.ACTIVE)
    return rows if listing_id is None else rows.filter(listing_id=listing_id)


def grant_of_order(order_id: UUID) -> Grant | None:
    """Return the grant of an order. The caller has checked that the actor may see the order."""
    return Grant.objects.filter(order_id=order_id).first()


def grant_visible_to(by: Actor, order_id: UUID) -> Grant:
    """Return the grant of an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or its access is not open yet.
    """
    order = visible(orders_visible_to(by), pk=order_id)
    grant = grants_visible_to(by).filter(order=order).first()
    if grant is None:
        raise NotFound(_("Access is not open. It opens a few seconds after the payment is held."))
    return grant


def grants_with_digest(sha256: str) -> QuerySet[Grant]:
    """Return every grant that gives or gave bytes of a digest, for whoever traces a leak."""
    rows = Grant.objects.select_related("organization").filter(given__sha256=sha256)
    return rows.distinct()


def copy_of_order(order_id: UUID) -> Copy | None:
    """Return the copy of an order. The caller has checked that the actor may see the order."""
    return copy_for(asked_for(order_id))


def orders_with_broken_copies(by: Actor) -> QuerySet[Order]:
    """Return the orders that the actor may see whose copy was not written, oldest first."""
    broken = Copy.objects.filter(passed=None, run__state__in=(JobState.FAILED, JobState.CANCELLED))
    names = broken.filter(asked_for__startswith="order:").values_list("asked_for", flat=True)
    ids = [UUID(name.split(":")[1]) for name in names]
    return orders_visible_to(by).filter(pk__in=ids).order_by("created_at")


def copy_visible_to(by: Actor, order_id: UUID) -> Copy:
    """Return the copy of an order that the actor may see.

    Raises:
        NotFound: the actor sees no such order, or nothing is written for it.
    """
    copy = copy_of_order(visible(orders_visible_to(by), pk=order_id).pk)
    if copy is None:
        raise NotFound(_("Nothing is written for this order: the data is delivered as it is."))
    return copy


def downloads_of(grant: Grant) -> QuerySet[Download]:
    """Return the requests for a grant's bytes, newest first."""
    return Download.objects.filter(grant=grant)
