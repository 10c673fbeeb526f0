"""The addresses of disagreements."""

from django.urls import path

from marketplace.annotation.arbitration import api, views

urlpatterns = [
    path("labelled-items/<uuid:pk>/", views.item_arbitrate, name="item_arbitrate"),
]
api_patterns = [
    path("labelled-items/<uuid:pk>/", api.OneItem.as_view(), name="api_get_labelled_item"),
    path(
        "labelled-items/<uuid:pk>/arbitrate/",
        api.ArbitrateItem.as_view(),
        name="api_arbitrate_item",
    ),
]
