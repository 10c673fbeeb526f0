from django.urls import URLPattern

from marketplace.core import Scope
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.trading.listings.product.serializers import ProductOut, RowKeyIn
from marketplace.trading.listings.product.services import declare_key
from marketplace.web.api import act_view, list_view

urlpatterns: list[URLPattern] = []

api_patterns = [
    list_view(
        "products/",
        products_visible_to,
        operation="list_products",
        gives=ProductOut,
        about="The products that one sells, or all for the centre's staff.",
    ),
    act_view(
        "products/<uuid:pk>/declare-key/",
        declare_key,
        scope=Scope.TRADE,
        takes=RowKeyIn,
        gives=ProductOut,
        summary="Declare the key of a product's rows",
        about="Say by which columns rows are told apart, so that changes are told with updates.",
    ),
]
