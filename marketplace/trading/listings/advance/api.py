from uuid import UUID

from marketplace.core import Actor, visible
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.selectors import products_with_revisions
from marketplace.trading.listings.revision.serializers import OneProductOut
from marketplace.web.api import ThingView


class OneProduct(ThingView):
    """A product with its revisions and the listings that offer it."""

    gives = OneProductOut
    operation = "get_product"

    def thing(self, by: Actor, **ids: UUID) -> Product:
        """Select."""
        return visible(products_with_revisions(by), pk=ids["pk"])
