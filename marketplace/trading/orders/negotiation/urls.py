"""The addresses of negotiations."""

from django.urls import path

from marketplace.trading.orders.negotiation import api, views

urlpatterns = [
    path("market/<uuid:pk>/order/terms/", views.order_offer, name="order_offer"),
    path("orders/<uuid:pk>/counter/", views.order_counter, name="order_counter"),
    path("orders/<uuid:pk>/terminate/", views.order_terminate, name="order_terminate"),
]

api_patterns = [
    path(
        "orders/<uuid:pk>/counter/",
        api.CounterOrder.as_view(),
        name="api_counter_order",
    ),
    path(
        "orders/<uuid:pk>/terminate/",
        api.TerminateContract.as_view(),
        name="api_terminate_contract",
    ),
    path(
        "orders/<uuid:pk>/offers/",
        api.OrderOffers.as_view(),
        name="api_list_order_offers",
    ),
]
