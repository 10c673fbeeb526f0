"""The web app."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

from marketplace.web import converters


class WebConfig(AppConfig):
    """Errors to HTTP, components, idempotency."""

    default = True
    name = "marketplace.web"
    verbose_name = _("Web")

    def ready(self) -> None:
        """Name the bounded parts of addresses before any address is read; register the check."""
        from marketplace.web import checks  # noqa: F401, PLC0415

        converters.register()


class CentreAdminConfig(admin_apps.AdminConfig):
    """Django's admin, with the centre's own entrance."""

    default = False
    default_site = "marketplace.web.admin.CentreAdminSite"
