from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreasuryConfig(AppConfig):
    """Payments, payouts, bank statements, closed days."""

    name = "marketplace.trading.treasury"
    verbose_name = _("Treasury")
