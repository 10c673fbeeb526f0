"""The API of products."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.trading.listings.product import selectors
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.serializers import OneProductOut, ProductOut, RowKeyIn
from marketplace.trading.listings.product.services import declare_key
from marketplace.web.api import ListView, ThingView, act_view

DeclareKey = act_view(
    declare_key,
    scope=Scope.TRADE,
    takes=RowKeyIn,
    gives=ProductOut,
    summary="Declare the key of a product's rows",
    about="Say by which columns rows are told apart, so that changes are told with updates.",
)


class Products(ListView):
    """The products that one sells, or all for the centre's staff."""

    gives = ProductOut
    operation = "list_products"
    summary = "List products"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Any]:
        """Select."""
        return selectors.products_visible_to(by)


class OneProduct(ThingView):
    """A product with its revisions and the listings that offer it."""

    gives = OneProductOut
    operation = "get_product"
    summary = "Get a product"

    def thing(self, by: Actor, **ids: UUID) -> Product:
        """Select."""
        return visible(selectors.products_with_revisions(by), pk=ids["pk"])
