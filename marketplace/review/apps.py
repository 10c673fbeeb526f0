from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    """Four-eyes cases: who submits never decides."""

    name = "marketplace.review"
    verbose_name = _("Review")
