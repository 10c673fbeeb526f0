"""The addresses of remedies."""

from django.urls import path

from marketplace.trading.orders.remedy import api, views

REMEDY = "remedies/<uuid:pk>/"

urlpatterns = [
    path("orders/<uuid:pk>/remedy/", views.remedy_offer, name="remedy_offer"),
    path(f"{REMEDY}accept/", views.remedy_accept, name="remedy_accept"),
    path(f"{REMEDY}decline/", views.remedy_decline, name="remedy_decline"),
]
api_patterns = [
    path("orders/<uuid:pk>/remedies/", api.OrderRemedies.as_view(), name="api_list_order_remedies"),
    path("orders/<uuid:pk>/offer-remedy/", api.OfferRemedy.as_view(), name="api_offer_remedy"),
    path(REMEDY, api.OneRemedy.as_view(), name="api_get_remedy"),
    path(f"{REMEDY}accept/", api.AcceptRemedy.as_view(), name="api_accept_remedy"),
    path(f"{REMEDY}decline/", api.DeclineRemedy.as_view(), name="api_decline_remedy"),
]
