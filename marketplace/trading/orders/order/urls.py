"""The addresses of orders."""

from django.urls import path

from marketplace.trading.orders.order import api, views

urlpatterns = [
    path("market/<uuid:pk>/order/", views.order_place, name="order_place"),
    path("orders/", views.order_list, name="order_list"),
    path("orders/<uuid:pk>/", views.order_detail, name="order_detail"),
    path("orders/<uuid:pk>/accept/", views.order_accept, name="order_accept"),
    path("orders/<uuid:pk>/decline/", views.order_decline, name="order_decline"),
    path("orders/<uuid:pk>/cancel/", views.order_cancel, name="order_cancel"),
    path("orders/<uuid:pk>/accept-delivery/", views.delivery_accept, name="delivery_accept"),
    path("orders/<uuid:pk>/object/", views.delivery_object, name="delivery_object"),
]

api_patterns = [
    path("market/<uuid:pk>/place-order/", api.PlaceOrder.as_view(), name="api_place_order"),
    path("orders/", api.Orders.as_view(), name="api_list_orders"),
    path("orders/<uuid:pk>/", api.OneOrder.as_view(), name="api_get_order"),
    path("orders/<uuid:pk>/sheet/", api.OrderSheet.as_view(), name="api_get_order_sheet"),
    path("orders/<uuid:pk>/accept/", api.AcceptOrder.as_view(), name="api_accept_order"),
    path("orders/<uuid:pk>/decline/", api.DeclineOrder.as_view(), name="api_decline_order"),
    path("orders/<uuid:pk>/cancel/", api.CancelOrder.as_view(), name="api_cancel_order"),
    path(
        "orders/<uuid:pk>/accept-delivery/",
        api.AcceptDelivery.as_view(),
        name="api_accept_delivery",
    ),
    path(
        "orders/<uuid:pk>/object/",
        api.ObjectToDelivery.as_view(),
        name="api_object_to_delivery",
    ),
    path(
        "orders/<uuid:pk>/transfers/",
        api.OrderTransfers.as_view(),
        name="api_list_order_transfers",
    ),
]
