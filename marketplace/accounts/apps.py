from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "marketplace.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Register the system check, and tell the admin what happened to its rows."""
        from marketplace.accounts import checks  # noqa: F401, PLC0415
        from marketplace.accounts.timeline import timeline_of  # noqa: PLC0415
        from marketplace.web.admin import CentreAdminSite  # noqa: PLC0415

        CentreAdminSite.timeline = staticmethod(timeline_of)
