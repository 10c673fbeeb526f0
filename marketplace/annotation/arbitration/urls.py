"""The addresses of disagreements."""

from django.urls import path

from marketplace.annotation.arbitration import api, views

urlpatterns = [
    path("labelled-items/<uuid:pk>/", views.item_arbitrate, name="item_arbitrate"),
    path("labelled-items/<uuid:pk>/doubt/", views.label_doubt, name="label_doubt"),
    path("labelling/<uuid:pk>/likely-errors/", views.likely_errors, name="likely_errors"),
]
api_patterns = [
    path("labelled-items/<uuid:pk>/", api.OneItem.as_view(), name="api_get_labelled_item"),
    path("labelled-items/<uuid:pk>/doubt/", api.DoubtLabel.as_view(), name="api_doubt_label"),
    path(
        "labelled-items/<uuid:pk>/arbitrate/",
        api.ArbitrateItem.as_view(),
        name="api_arbitrate_item",
    ),
]
