from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.trading.listings.revision.models import Revision


def revisions_visible_to(by: Actor) -> QuerySet[Revision]:
    """Return every revision to the centre's staff, else those of the actor's organization."""
    rows = Revision.objects.select_related("product__dataset", "version")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(product__organization_id=by.organization_id)


def live_before(revision: Revision) -> Revision | None:
    """Find the revision that was live before another one of the same product."""
    rows = Revision.objects.filter(product_id=revision.product_id, live_at__isnull=False)
    return rows.filter(number__lt=revision.number).order_by("-number").first()


def revisions_to_compare(before: datetime) -> QuerySet[Revision]:
    """Return the revisions that went live before a moment and were not compared yet."""
    return Revision.objects.filter(live_at__lt=before, difference=None).order_by("live_at")


def is_of_product(version_id: UUID, product_id: UUID) -> bool:
    return Revision.objects.filter(version_id=version_id, product_id=product_id).exists()


def products_with_revisions(by: Actor) -> QuerySet[Product]:
    """Return the products that the actor may see, each with its revisions, newest first."""
    revisions = Revision.objects.select_related("version").order_by("-number")
    return products_visible_to(by).prefetch_related(
        Prefetch("revisions", revisions), "revisions__listings"
    )


def products_of(dataset_id: UUID, by: Actor) -> list[Product]:
    """Return the products of a dataset that the actor may see, with their revisions."""
    return list(products_with_revisions(by).filter(dataset_id=dataset_id))
