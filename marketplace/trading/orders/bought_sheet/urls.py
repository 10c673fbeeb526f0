from django.urls import URLPattern, path

from marketplace.trading.orders.bought_sheet import views

urlpatterns = [
    path("orders/<uuid:pk>/sheet/", views.order_sheet, name="order_sheet"),
    path("orders/<uuid:pk>/policy/", views.order_policy, name="order_policy"),
]

api_patterns: list[URLPattern] = []
