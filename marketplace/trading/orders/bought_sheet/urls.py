from django.urls import path

from marketplace.trading.orders.bought_sheet import views
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.bought_sheet.serializers import BoughtSheetOut
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.web.api import thing_view

urlpatterns = [
    path("orders/<uuid:pk>/sheet/", views.order_sheet, name="order_sheet"),
    path("orders/<uuid:pk>/policy/", views.order_policy, name="order_policy"),
]

api_patterns = [
    thing_view(
        "orders/<uuid:pk>/sheet/",
        orders_visible_to,
        shown=bought_sheet,
        operation="get_order_sheet",
        gives=BoughtSheetOut,
        summary="Get the description of what was ordered",
        about="What was ordered, as its buyer read it, whatever became of the offer since.",
    ),
]
