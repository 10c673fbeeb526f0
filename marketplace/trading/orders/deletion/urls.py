"""The addresses of statements of deletion."""

from django.urls import path

from marketplace.trading.orders.deletion import api, views

OVERDUE = "deletions/overdue/"
ONE = "orders/<uuid:pk>/deletion/"

urlpatterns = [
    path(OVERDUE, views.overdue_deletion_list, name="overdue_deletion_list"),
    path(ONE, views.deletion_state, name="deletion_state"),
]

api_patterns = [
    path(OVERDUE, api.OverdueDeletions.as_view(), name="api_list_overdue_deletions"),
    path(ONE, api.OrderDeletion.as_view(), name="api_get_order_deletion"),
    path(f"{ONE}state/", api.StateDeletion.as_view(), name="api_state_deletion"),
]
