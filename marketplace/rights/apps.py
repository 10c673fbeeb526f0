from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Claims, public notice, objections, certificates."""

    name = "marketplace.rights"
    verbose_name = _("Rights")

    def ready(self) -> None:
        """Register the system check."""
        from marketplace.rights import checks  # noqa: F401, PLC0415
