from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """Valuations on record, of a right that is held."""

    name = "marketplace.appraisal"
    verbose_name = _("Appraisal")
