from uuid import UUID

from django.db.models import Prefetch, QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.models import Revision


def products_visible_to(by: Actor) -> QuerySet[Product]:
    """Return every product to the centre's staff, else those of the actor's organization.

    A buyer reads what is sold in the sheet of its offer.
    """
    rows = Product.objects.select_related("organization", "dataset")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def products_with_revisions(by: Actor) -> QuerySet[Product]:
    """Return the products that the actor may see, each with its revisions, newest first."""
    revisions = Revision.objects.select_related("version").order_by("-number")
    return products_visible_to(by).prefetch_related(
        Prefetch("revisions", revisions), "revisions__listings"
    )


def products_of(dataset_id: UUID, by: Actor) -> list[Product]:
    """Return the products of a dataset that the actor may see, with their revisions."""
    return list(products_with_revisions(by).filter(dataset_id=dataset_id))
