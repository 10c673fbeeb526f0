from django.urls import URLPattern, path

from marketplace.trading.orders.signature import api

urlpatterns: list[URLPattern] = []

api_patterns = [
    path("contracts/<uuid:pk>/sign/", api.SignContract.as_view(), name="api_sign_contract"),
    path("amendments/<uuid:pk>/sign/", api.SignAmendment.as_view(), name="api_sign_amendment"),
]
