from django.urls import URLPattern

from marketplace.core import Scope
from marketplace.trading.listings.product.selectors import products_visible_to
from marketplace.trading.listings.product.serializers import ProductOut
from marketplace.trading.listings.product.services import declare_key
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

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
        takes=serializer_of(
            declare_key,
            name="RowKeyIn",
            about="The columns that tell each row of a product from every other; none takes the "
            "key back.",
        ),
        gives=ProductOut,
        summary="Declare the key of a product's rows",
        about="Say by which columns rows are told apart, so that changes are told with updates.",
    ),
]
