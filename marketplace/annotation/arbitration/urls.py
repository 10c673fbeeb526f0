from django.urls import path

from marketplace.annotation.arbitration import api, views
from marketplace.annotation.arbitration.selectors import items_of_owner
from marketplace.annotation.arbitration.serializers import ItemOut
from marketplace.annotation.arbitration.services import doubt_label
from marketplace.core import Scope
from marketplace.web.api import act_view, thing_view

urlpatterns = [
    path("labelled-items/<uuid:pk>/", views.item_arbitrate, name="item_arbitrate"),
    path("labelled-items/<uuid:pk>/doubt/", views.label_doubt, name="label_doubt"),
]
api_patterns = [
    thing_view(
        "labelled-items/<uuid:pk>/",
        items_of_owner,
        operation="get_labelled_item",
        gives=ItemOut,
        summary="Get a labelled item",
        about="An item with what annotators said of it in accepted batches, for its owner.",
    ),
    act_view(
        "labelled-items/<uuid:pk>/doubt/",
        doubt_label,
        scope=Scope.TRADE,
        gives=ItemOut,
        summary="Doubt the label of an item",
        about=(
            "Have an item decided on whose label is likely wrong, though nobody disagrees about it."
        ),
    ),
    path(
        "labelled-items/<uuid:pk>/arbitrate/",
        api.ArbitrateItem.as_view(),
        name="api_arbitrate_item",
    ),
]
