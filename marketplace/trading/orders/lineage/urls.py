from django.urls import path

from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.core import Scope
from marketplace.trading.orders.lineage import api, views
from marketplace.trading.orders.lineage.serializers import OriginOut
from marketplace.trading.orders.lineage.services import declare_bought_origin
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

ONE = "datasets/<uuid:pk>/lineage/"
WITHDRAW = "origins/<uuid:pk>/withdraw/"

urlpatterns = [
    path(ONE, views.dataset_lineage, name="dataset_lineage"),
    path(f"{ONE}declare/", views.origin_declare, name="origin_declare"),
    path(f"{ONE}declare-bought/", views.bought_origin_declare, name="bought_origin_declare"),
    path(WITHDRAW, views.origin_withdraw, name="origin_withdraw"),
]
api_patterns = [
    path(ONE, api.DatasetLineage.as_view(), name="api_get_lineage"),
    act_view(
        f"{ONE}declare/",
        declare_origin,
        scope=Scope.TRADE,
        takes=serializer_of(
            declare_origin,
            name="OriginIn",
            about="A dataset of your own (`upstream_id`), or the name of data from elsewhere.",
        ),
        gives=OriginOut,
        summary="Declare an origin of a dataset",
        about=(
            "Say that a dataset was made from another one of its organization, or from elsewhere. "
        ),
    ),
    act_view(
        f"{ONE}declare-bought/",
        declare_bought_origin,
        scope=Scope.TRADE,
        takes=serializer_of(
            declare_bought_origin,
            name="BoughtOriginIn",
            about="An order by which data was bought here.",
        ),
        gives=OriginOut,
        summary="Declare bought data as an origin",
        about="Say that a dataset was made from data that its organization bought here.",
    ),
    act_view(
        WITHDRAW,
        withdraw_origin,
        scope=Scope.TRADE,
        gives=OriginOut,
        about="Say, as a reviewer, that a dataset was not made from what was declared.",
    ),
]
