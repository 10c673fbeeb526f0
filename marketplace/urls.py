"""Every address of the centre."""

from importlib import import_module

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

APPS = (
    "desk",
    "ledger",
    "accounts",
    "credentials",
    "notices",
    "catalog",
    "preparation",
    "rights",
    "appraisal",
    "trading",
    "delivery",
    "accounting",
    "pipeline",
)
_routes = [import_module(f"marketplace.{app}.urls") for app in APPS]

urlpatterns = [
    *(route for module in _routes for route in module.urlpatterns),
    path("api/v1/", include([route for module in _routes for route in module.api_patterns])),
    path("api/v1/openapi/", SpectacularAPIView.as_view(), name="openapi"),
    path("api/", SpectacularSwaggerSplitView.as_view(url_name="openapi"), name="api_browser"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
