"""Every address of the centre."""

from importlib import import_module

from allauth.account.urls import urlpatterns as allauth_routes
from django.contrib import admin
from django.urls import include, path

from marketplace.web.manual import views as manual
from marketplace.web.openapi import OpenApiView
from marketplace.web.routes import by_first_word

APPS = (
    # First, since buyers' programs ask most often, and addresses are tried one after the other.
    "delivery",
    "desk",
    "ledger",
    "accounts",
    "credentials",
    "notices",
    "outbound",
    "review",
    "catalog",
    "preparation",
    "rights",
    "appraisal",
    "trading",
    "learning",
    "annotation",
    "accounting",
    "pipeline",
)
SIGN_IN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
"""What allauth does here. Its other pages would change the sign-in address outside any act.

`account_signup` only says that nobody signs up alone: the sign-in page needs its address.
"""

handler400 = "marketplace.web.errors.unreadable"
handler404 = "marketplace.web.errors.missing"
handler500 = "marketplace.web.errors.fault"

_routes = [import_module(f"marketplace.{app}.urls") for app in APPS]

urlpatterns = [
    # Before the pages, whose words are tried one after the other.
    path(
        "api/v1/",
        include(by_first_word(route for module in _routes for route in module.api_patterns)),
    ),
    *by_first_word(route for module in _routes for route in module.urlpatterns),
    path("api/v1/openapi/", OpenApiView.as_view(), name="openapi"),
    path("api/", manual.api_index, name="api_browser"),
    path("api/manual/", manual.api_manual, name="api_manual"),
    path("api/operations/<slug:group>/", manual.api_group, name="api_group"),
    path("api/operations/<slug:group>/<slug:name>/", manual.api_operation, name="api_operation"),
    path("account/", include([route for route in allauth_routes if route.name in SIGN_IN])),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
]
