from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Orders, contracts, amounts owed, disputes, recalls."""

    name = "marketplace.trading.orders"
    verbose_name = _("Orders")
