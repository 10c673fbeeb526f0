from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreparationConfig(AppConfig):
    """Profile, classify, desensitize, measure: recorded runs."""

    name = "marketplace.preparation"
    verbose_name = _("Preparation")
