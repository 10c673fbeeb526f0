from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreasuryConfig(AppConfig):
    """Payments, payouts, bank statements, closed days."""

    name = "marketplace.trading.treasury"
    verbose_name = _("Treasury")

    def ready(self) -> None:
        """Have closed days computed again whenever the whole ledger is checked."""
        from marketplace.trading.treasury.closing import computing  # noqa: F401, PLC0415
