"""What the figures and fields of the market approach are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "comparables": _("Comparables"),
    "Q": _("Price of the comparable"),
    "price": _("Price of the comparable"),
    "coefficients": _("Adjustments"),
    "quality": _("Quality adjustment"),
    "supply_demand": _("Supply and demand adjustment"),
    "date": _("Date adjustment"),
    "capacity": _("Capacity adjustment"),
    "other": _("Other adjustments"),
    "subject": _("Score of the data"),
    "comparable": _("Score of the comparable"),
    "price_index.valuation_date": _("Price index on the valuation date"),
    "price_index.transaction_date": _("Price index on the day of the transaction"),
    "adjusted": _("Adjusted price"),
    "weights": _("Weight"),
    "weight": _("Weight"),
    "weighted": _("Weighted mean"),
    "mean": _("Mean"),
    "median": _("Median"),
    "min": _("Lowest"),
    "max": _("Highest"),
    "spread": _("Spread over the mean"),
    "product": _("Product of the adjustments"),
}
