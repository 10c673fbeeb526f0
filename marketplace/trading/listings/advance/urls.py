from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.advance import api, views
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.revision.serializers import RevisionOut
from marketplace.web.api import act_view

urlpatterns = [
    path("products/<uuid:pk>/key/", views.product_key, name="product_key"),
    path("datasets/<uuid:pk>/products/", views.dataset_products, name="dataset_products"),
    path("versions/<uuid:pk>/advance/", views.product_advance, name="product_advance"),
]

api_patterns = [
    path("products/<uuid:pk>/", api.OneProduct.as_view(), name="api_get_product"),
    act_view(
        "versions/<uuid:pk>/advance/",
        advance_product,
        scope=Scope.TRADE,
        gives=RevisionOut,
        summary="Let the offers of a product move on to a version",
        about=(
            "Put a later version live in every offer of its product; its id stands in the address."
        ),
    ),
]
