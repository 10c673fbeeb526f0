"""The addresses of products."""

from django.urls import path

from marketplace.trading.listings.product.api import DeclareKey, OneProduct, Products
from marketplace.trading.listings.product.views import dataset_products, product_key

urlpatterns = [
    path("datasets/<uuid:pk>/products/", dataset_products, name="dataset_products"),
    path("products/<uuid:pk>/key/", product_key, name="product_key"),
]

api_patterns = [
    path("products/", Products.as_view(), name="api_list_products"),
    path("products/<uuid:pk>/declare-key/", DeclareKey.as_view(), name="api_declare_key"),
    path("products/<uuid:pk>/", OneProduct.as_view(), name="api_get_product"),
]
