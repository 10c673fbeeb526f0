from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.deletion import api, views
from marketplace.trading.orders.deletion.filters import DeletionFilters
from marketplace.trading.orders.deletion.selectors import overdue_deletions_visible_to
from marketplace.trading.orders.deletion.serializers import DeletionOut
from marketplace.trading.orders.deletion.services import state_deletion
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view
from marketplace.web.taking import serializer_of

OVERDUE = "deletions/overdue/"
ONE = "orders/<uuid:pk>/deletion/"

urlpatterns = [
    path(OVERDUE, views.overdue_deletion_list, name="overdue_deletion_list"),
    form_page(
        ONE,
        state_deletion,
        done=_("Your statement is recorded."),
        onto="order_detail",
        again=views.deletion_page,
        name="deletion_state",
    ),
]

api_patterns = [
    list_view(
        OVERDUE,
        overdue_deletions_visible_to,
        operation="list_overdue_deletions",
        filters=DeletionFilters,
        gives=DeletionOut,
        summary="List overdue statements of deletion",
        about=(
            "What buyers have not stated in time: for reviewers all, for sellers those of "
            "their data."
        ),
    ),
    path(ONE, api.OrderDeletion.as_view(), name="api_get_order_deletion"),
    act_view(
        f"{ONE}state/",
        state_deletion,
        scope=Scope.TRADE,
        takes=serializer_of(
            state_deletion,
            name="DeletionIn",
            about="That use has stopped, and where, when and how every copy was deleted.",
        ),
        gives=DeletionOut,
        summary="State the deletion of data",
        about="State for the buyer that every copy of data whose use has ended is deleted.",
    ),
]
