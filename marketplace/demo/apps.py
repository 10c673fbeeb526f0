from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """The story that shows a centre at work, and the command that plays it."""

    name = "marketplace.demo"
    verbose_name = _("Demo")
