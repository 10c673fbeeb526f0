"""The notices app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Messages to people."""

    name = "marketplace.notices"
    verbose_name = _("Notices")
