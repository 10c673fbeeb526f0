"""The web app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Errors to HTTP, components, idempotency."""

    name = "marketplace.web"
    verbose_name = _("Web")
