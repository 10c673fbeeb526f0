"""The addresses of lineage."""

from django.urls import path

from marketplace.trading.orders.lineage import api, views

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
    path(f"{ONE}declare/", api.DeclareOrigin.as_view(), name="api_declare_origin"),
    path(
        f"{ONE}declare-bought/",
        api.DeclareBoughtOrigin.as_view(),
        name="api_declare_bought_origin",
    ),
    path(WITHDRAW, api.WithdrawOrigin.as_view(), name="api_withdraw_origin"),
]
