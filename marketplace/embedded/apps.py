from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmbeddedConfig(AppConfig):
    """The whole centre as one tree of processes, with nothing to install."""

    name = "marketplace.embedded"
    verbose_name = _("Process tree")
