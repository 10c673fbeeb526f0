from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Registers the check that no trigger is missing."""

    name = "marketplace.ledger"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Register the system check."""
        from marketplace.ledger import checks  # noqa: F401, PLC0415
