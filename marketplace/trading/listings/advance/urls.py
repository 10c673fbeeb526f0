"""The addresses at which offers move on."""

from django.urls import path

from marketplace.trading.listings.advance.api import AdvanceProduct
from marketplace.trading.listings.advance.views import product_advance

urlpatterns = [
    path("versions/<uuid:pk>/advance/", product_advance, name="product_advance"),
]

api_patterns = [
    path("versions/<uuid:pk>/advance/", AdvanceProduct.as_view(), name="api_advance_product"),
]
