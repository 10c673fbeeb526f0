"""The addresses of products."""

from django.urls import path

from marketplace.trading.listings.product.api import OneProduct, Products
from marketplace.trading.listings.product.views import dataset_products

urlpatterns = [
    path("datasets/<uuid:pk>/products/", dataset_products, name="dataset_products"),
]

api_patterns = [
    path("products/", Products.as_view(), name="api_list_products"),
    path("products/<uuid:pk>/", OneProduct.as_view(), name="api_get_product"),
]
