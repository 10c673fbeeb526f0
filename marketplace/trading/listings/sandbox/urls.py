from django.urls import path

from marketplace.trading.listings.sandbox import api, views

urlpatterns = [
    path("listings/<uuid:pk>/sandbox/", views.sandbox_declare, name="sandbox_declare"),
]

api_patterns = [
    path(
        "listings/<uuid:pk>/declare-sandbox/",
        api.DeclareSandbox.as_view(),
        name="api_declare_sandbox",
    ),
]
