from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "marketplace.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Load the kinds of notices, which the apps that write them declare."""
        autodiscover_modules("notices")
