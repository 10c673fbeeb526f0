from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """Training runs, models, their scoring."""

    name = "marketplace.learning"
    verbose_name = _("Learning")
