from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import Actor
from marketplace.trading.listings.product.models import Product


def products_visible_to(by: Actor) -> QuerySet[Product]:
    """Return every product to the centre's staff, else those of the actor's organization.

    A buyer reads what is sold in the sheet of its offer.
    """
    rows = Product.objects.select_related("organization", "dataset")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()
