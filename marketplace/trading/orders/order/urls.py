from marketplace.trading.orders.order.filters import OrderFilters
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.trading.orders.order.tables import OrderTable
from marketplace.web.api import list_view
from marketplace.web.lists import list_of

urlpatterns = [
    list_of(
        "orders/",
        orders_visible_to,
        OrderTable,
        "trading/orders/order_list.html",
        filters=OrderFilters,
        name="order_list",
    ),
]

api_patterns = [
    list_view(
        "orders/",
        orders_visible_to,
        operation="list_orders",
        filters=OrderFilters,
        gives=OrderOut,
        about="The orders of which one is a side; all for the centre.",
    ),
]
