from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListingsConfig(AppConfig):
    """Listings, terms, the market, requests for data."""

    name = "marketplace.trading.listings"
    verbose_name = _("Listings")
