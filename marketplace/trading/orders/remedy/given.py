"""Whom a version went to: the orders of it, and those that follow its product."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.trading.listings.past_offer.models import PastOffer
from marketplace.trading.listings.plans import following_kinds
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.remedy.models import Remedy

FOLLOWING = Q(plan__kind__in=following_kinds())


def orders_given(versions: Iterable[UUID]) -> QuerySet[Order]:
    """Return the orders whose buyers were given one of some versions, or are to be.

    One that gets each later revision was given what its listing offered at any time since it was
    ordered. What was replaced after an objection was given too.
    """
    asked = list(versions)
    since = PastOffer.objects.filter(
        listing=OuterRef("listing"),
        revision__version__in=asked,
        created_at__gt=OuterRef("created_at"),
    )
    followed = Q(listing__revision__version__in=asked) | Exists(since)
    replaced = Remedy.objects.filter(order=OuterRef("pk"), replaced__version__in=asked)
    return Order.objects.filter(
        (~FOLLOWING & (Q(revision__version__in=asked) | Exists(replaced))) | (FOLLOWING & followed)
    )


def versions_given(order: Order) -> list[UUID]:
    """Return the versions that the buyer of an order was given, or is to be."""
    if not order.follows:
        before = order.remedies.filter(replaced__isnull=False)
        return [order.revision.version_id, *before.values_list("replaced__version_id", flat=True)]
    since = PastOffer.objects.filter(listing_id=order.listing_id, created_at__gt=order.created_at)
    past = since.values_list("revision__version_id", flat=True)
    return [order.listing.revision.version_id, *past]
