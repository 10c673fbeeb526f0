from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnnotationConfig(AppConfig):
    """Labelling of masked records by people."""

    name = "marketplace.annotation"
    verbose_name = _("Labelling")
