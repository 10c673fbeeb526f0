"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and organizations."""

    name = "marketplace.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register the system check."""
        from marketplace.accounts import checks  # noqa: F401, PLC0415
