"""Prices of data: menus without arbitrage, covers, versions, tiers, and the public ceiling."""

from valuation.pricing.arbitrage import Attack, Offer, attacks
from valuation.pricing.ceiling import (
    FREE_PURPOSES,
    Ceiling,
    public_data_ceiling,
    refuse_charge_for_free_use,
)
from valuation.pricing.covers import cheapest_cover
from valuation.pricing.versions import Buyers, best_single, best_versions

__all__ = [
    "FREE_PURPOSES",
    "Attack",
    "Buyers",
    "Ceiling",
    "Offer",
    "attacks",
    "best_single",
    "best_versions",
    "cheapest_cover",
    "public_data_ceiling",
    "refuse_charge_for_free_use",
]
